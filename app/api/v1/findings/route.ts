import { findingFilter } from "@/lib/findings/schema";
import { listFindings } from "@/lib/findings/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(findingFilter, async (ctx, input) => ok(await listFindings(ctx, input)));
