import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Cast, idOf } from "@/lib/demo/cast";
import { type Calendar, DEMO_MONTHS } from "@/lib/demo/story";
import { firstDayOf } from "@/lib/domain/month";
import { createScenario } from "@/lib/scenarios/service";

/** A question of the next budget: the assistant grows, and two seats that nobody misses are given back. */
export async function buildScenario(
  ctx: Ctx,
  calendar: Calendar,
  cast: Cast,
  contract: ReadonlyMap<string, string>,
): Promise<void> {
  const next = calendar.month(DEMO_MONTHS);
  await createScenario(ctx, {
    name: "Checkout grows, two seats less",
    note: "For the next budget.",
    changes: [
      {
        kind: "growth",
        ...{ productId: idOf(cast.product, "Checkout assistant"), from: next },
        percent: 5,
        every: "month",
      },
      {
        kind: "seats",
        ...{ subscriptionId: idOf(contract, "Claude Team") },
        ...{ planId: idOf(cast.plan, "Claude Team Standard"), from: firstDayOf(next), seats: -2 },
      },
    ],
  });
}
