import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { SeatEffectInput } from "@/lib/budgets/schema";
import type { Db } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { required } from "@/lib/db/version";
import { termInForce } from "@/lib/domain/seat-ledger";
import type { Named } from "@/lib/fields/schema";
import { getSubscription } from "@/lib/subscriptions/data";

/** The contract, and what its plan has in force on the day. */
export async function findPlanTerms(db: Db, ctx: Ctx, { subscriptionId, planId, startsOn }: SeatEffectInput) {
  const contract = await getSubscription(db, ctx, subscriptionId);
  const terms = contract.terms.map(({ plan, unitPrice, ...term }) => ({
    ...term,
    planId: plan.id,
    unitPriceMinor: unitPrice.minor,
    currency: unitPrice.currency,
  }));
  required(
    await db.plan.findFirst({
      where: { organizationId: ctx.organization.id, id: planId },
      select: { id: true },
    }),
  );
  return { contract, term: termInForce({ terms }, planId, startsOn) };
}

/** The team of each member on a day; a member without one is in none. */
export async function findTeamsOn(
  db: Db,
  ctx: Ctx,
  { memberIds, startsOn }: Pick<SeatEffectInput, "memberIds" | "startsOn">,
): Promise<Named[]> {
  const organizationId = ctx.organization.id;
  const wanted = [...new Set(memberIds)];
  required(
    (await db.member.count({ where: { organizationId, id: { in: wanted } } })) === wanted.length || null,
  );
  const day = toDbDate(startsOn);
  const rows = await db.teamMembership.findMany({
    where: {
      organizationId,
      memberId: { in: wanted },
      startsOn: { lte: day },
      OR: [{ endsOn: null }, { endsOn: { gt: day } }],
    },
    select: { team: { select: { id: true, name: true } } },
  });
  return rows.map(({ team }) => team);
}
