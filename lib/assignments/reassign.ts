import "server-only";

import { getAssignment } from "@/lib/assignments/data";
import type { Assignment, Reassignment } from "@/lib/assignments/schema";
import {
  assertOwn,
  changeAssignmentWithin,
  createAssignmentsWithin,
  settle,
} from "@/lib/assignments/service";
import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { write } from "@/lib/db/client";
import { required } from "@/lib/db/version";

/**
 * Gives a seat to somebody else from a day on: the one ends and the other begins, both or neither.
 *
 * @throws DomainError `assignment_overlap`, `invalid_input` where the seat begins only then
 */
export async function reassignSeat(ctx: Ctx, input: Reassignment): Promise<Assignment> {
  authorize(ctx, "seat:write");
  return await write(ctx, async (db) => {
    const { id, version, memberId, startsOn } = input;
    const before = await getAssignment(db, ctx, id);
    const [subscriptionId, planId] = [before.subscription.id, before.plan.id];
    await assertOwn(db, ctx, subscriptionId, planId);
    await changeAssignmentWithin(db, ctx, before, { id, version, endsOn: startsOn });
    const next = {
      ...{ subscriptionId, planId, memberId, startsOn },
      endsOn: before.endsOn,
      purpose: before.purpose,
      productId: before.product?.id ?? null,
    };
    const [newId] = await createAssignmentsWithin(db, ctx, [next]);
    await settle(db, ctx, subscriptionId);
    await recordAudit(db, ctx, {
      action: "assignment.create",
      targetType: "assignment",
      targetId: required(newId),
      after: next,
    });
    return await getAssignment(db, ctx, required(newId));
  });
}
