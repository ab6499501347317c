import { periodInput } from "@/lib/closing/schema";
import { readChecklist } from "@/lib/closing/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(periodInput, async (ctx, input) => ok(await readChecklist(ctx, input)));
