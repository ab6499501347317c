import "server-only";

import { getAssignment } from "@/lib/assignments/data";
import { assertOwn, changeAssignmentWithin, settle } from "@/lib/assignments/service";
import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { findTermOn } from "@/lib/idle-seats/data";
import type { ReductionInput } from "@/lib/idle-seats/schema";
import { getSubscription, insertTerm, updateTerm } from "@/lib/subscriptions/data";
import type { Subscription } from "@/lib/subscriptions/schema";

/**
 * Plans a smaller renewal: from its day on fewer seats of a plan, and the seats that are not wanted end with it; all of
 * it or nothing.
 *
 * @throws DomainError `seats_exceeded` where more seats stay held than are bought then
 */
export async function planReduction(ctx: Ctx, input: ReductionInput): Promise<Subscription> {
  authorize(ctx, "seat:write");
  return await write(ctx, async (db) => {
    const { subscriptionId, planId, startsOn, seats, unitPrice, endAssignmentIds } = input;
    await assertOwn(db, ctx, subscriptionId, planId);
    for (const id of endAssignmentIds) await endSeat(db, ctx, id, input);
    const termId = await findTermOn(db, ctx, { subscriptionId, planId, startsOn });
    const term = { id: subscriptionId, startsOn, seats, unitPrice };
    if (termId === null) await insertTerm(db, ctx, { ...term, planId });
    else await updateTerm(db, ctx, { ...term, termId });
    await settle(db, ctx, subscriptionId);
    await recordAudit(db, ctx, {
      action: "term.create",
      targetType: "subscription",
      targetId: subscriptionId,
      after: { planId, startsOn, seats, unitPrice },
    });
    return await getSubscription(db, ctx, subscriptionId);
  });
}

async function endSeat(
  db: Db,
  ctx: Ctx,
  id: string,
  { subscriptionId, planId, startsOn }: ReductionInput,
): Promise<void> {
  const before = await getAssignment(db, ctx, id);
  if (before.subscription.id !== subscriptionId || before.plan.id !== planId) {
    throw new DomainError("not_found", "This seat is not of the plan.", {
      fields: { endAssignmentIds: "Choose seats of the plan." },
    });
  }
  if (before.endsOn !== null && before.endsOn <= startsOn) return;
  await changeAssignmentWithin(db, ctx, before, { id, version: before.version, endsOn: startsOn });
}
