import { readSeatEffect } from "@/lib/budgets/effect";
import { seatEffectInput } from "@/lib/budgets/schema";
import { ok, route } from "@/lib/http/route";

export const GET = route(seatEffectInput, async (ctx, input) => ok(await readSeatEffect(ctx, input)));
