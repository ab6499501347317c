import "server-only";

import { authorize, authorizeTeam, type Ctx } from "@/lib/auth/ctx";
import { assertTargets } from "@/lib/budgets/grid-data";
import { deleteOwner, findOwners, getOwner, insertOwner } from "@/lib/budgets/owners-data";
import type { BudgetOwner, OwnerInput } from "@/lib/budgets/schema";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { assertNotMerged } from "@/lib/members/data";

/** Who answers for which line, from which day. */
export async function listOwners(
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<BudgetOwner>> {
  authorize(ctx, "budget:read");
  return await read(ctx, (db) => findOwners(db, ctx, page));
}

/** From a day on, a member answers for a line, also while its budget is frozen. */
export async function addOwner(ctx: Ctx, input: OwnerInput): Promise<BudgetOwner> {
  authorize(ctx, "budget:write");
  authorizeLine(ctx, input.teamId);
  return await write(ctx, async (db) => {
    await assertTargets(db, ctx, [input]);
    await assertNotMerged(db, ctx, [input.memberId]);
    const id = await insertOwner(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "budget_owner.create",
      targetType: "budget_owner",
      targetId: id,
      after: input,
    });
    return await getOwner(db, ctx, id);
  });
}

/** Removes an owner who was entered wrongly: the one before answers again. */
export async function removeOwner(ctx: Ctx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "budget:write");
  await write(ctx, async (db) => {
    const before = await getOwner(db, ctx, id);
    authorizeLine(ctx, before.team?.id ?? null);
    await deleteOwner(db, ctx, id);
    await recordAudit(db, ctx, {
      action: "budget_owner.delete",
      targetType: "budget_owner",
      targetId: id,
      before,
    });
  });
}

function authorizeLine(ctx: Ctx, teamId: string | null): void {
  if (teamId === null) authorize(ctx, "budget:approve");
  else authorizeTeam(ctx, "budget:write", teamId);
}
