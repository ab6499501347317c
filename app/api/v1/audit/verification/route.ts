import { verificationInput } from "@/lib/audit/schema";
import { verifyAudit } from "@/lib/audit/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(verificationInput, async (ctx, input) => ok(await verifyAudit(ctx, input)));
