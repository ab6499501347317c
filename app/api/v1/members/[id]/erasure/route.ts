import { erasureInput } from "@/lib/erasure/schema";
import { erasePerson } from "@/lib/erasure/service";
import { ok, route } from "@/lib/http/route";

export const PUT = route(erasureInput, async (ctx, input) => ok(await erasePerson(ctx, input)));
