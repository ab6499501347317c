import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import { type BudgetOwner, type OwnerInput, targetText } from "@/lib/budgets/schema";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { required } from "@/lib/db/version";
import type { PlannedPurpose } from "@/lib/domain/budget-plan";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Named, Page } from "@/lib/fields/schema";
import type { Prisma } from "@/prisma/generated/client";

const NAMED = { select: { id: true, name: true } } as const;
const OWNER = {
  id: true,
  purpose: true,
  startsOn: true,
  team: NAMED,
  product: NAMED,
  member: NAMED,
} as const;

type Row = Prisma.BudgetOwnerGetPayload<{ select: typeof OWNER }>;
const toOwner = ({ startsOn, purpose, ...row }: Row): BudgetOwner => ({
  ...row,
  // A check of the table allows no other.
  purpose: purpose as PlannedPurpose,
  startsOn: fromDbDate(startsOn),
});

function seenOwners(ctx: Ctx): Prisma.BudgetOwnerWhereInput {
  const seen = visibility(ctx);
  const organizationId = ctx.organization.id;
  return seen.all ? { organizationId } : { organizationId, teamId: { in: [...seen.teamIds] } };
}

/** Who answers for which line from which day, in the order of entry. */
export async function findOwners(
  db: Db,
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<BudgetOwner>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.budgetOwner.findMany({
    where: { ...seenOwners(ctx), ...where },
    ...rest,
    select: OWNER,
  });
  return toPage(rows.map(toOwner), page.limit);
}

/** Who answers for each line on a day, by the line's target. */
export async function findOwnersOn(db: Db, ctx: Ctx, day: CalendarDate): Promise<Map<string, Named>> {
  const rows = await db.budgetOwner.findMany({
    where: { ...seenOwners(ctx), startsOn: { lte: toDbDate(day) } },
    // The last of a line wins.
    orderBy: { startsOn: "asc" },
    select: OWNER,
  });
  return new Map(
    rows
      .map(toOwner)
      .map(({ team, product, purpose, member }) => [
        targetText({ teamId: team?.id ?? null, productId: product?.id ?? null, purpose }),
        member,
      ]),
  );
}

export async function getOwner(db: Db, ctx: Ctx, id: string): Promise<BudgetOwner> {
  return toOwner(
    required(await db.budgetOwner.findFirst({ where: { ...seenOwners(ctx), id }, select: OWNER })),
  );
}

export async function insertOwner(db: Db, ctx: Ctx, { startsOn, ...input }: OwnerInput): Promise<string> {
  const id = newId();
  await db.budgetOwner.create({
    data: { organizationId: ctx.organization.id, id, ...input, startsOn: toDbDate(startsOn) },
  });
  return id;
}

export async function deleteOwner(db: Db, ctx: Ctx, id: string): Promise<void> {
  await db.budgetOwner.delete({ where: { organizationId_id: { organizationId: ctx.organization.id, id } } });
}
