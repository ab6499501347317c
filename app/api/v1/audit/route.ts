import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents } from "@/lib/audit/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(auditFilter, async (ctx, input) => ok(await listAuditEvents(ctx, input)));
