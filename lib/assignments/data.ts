import "server-only";

import type {
  Assignment,
  AssignmentChange,
  AssignmentFilter,
  AssignmentInput,
} from "@/lib/assignments/schema";
import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import type { Prisma } from "@/prisma/generated/client";

const NAMED = { select: { id: true, name: true } } as const;

const ASSIGNMENT = {
  id: true,
  member: NAMED,
  subscription: NAMED,
  plan: NAMED,
  startsOn: true,
  endsOn: true,
  purpose: true,
  product: NAMED,
  version: true,
} as const satisfies Prisma.AssignmentSelect;

const toAssignment = (row: Prisma.AssignmentGetPayload<{ select: typeof ASSIGNMENT }>): Assignment => ({
  ...row,
  startsOn: fromDbDate(row.startsOn),
  endsOn: fromDbDateOrNull(row.endsOn),
});

/** Everybody's seats, for those who see all; else those of the teams that the actor leads, and their own. */
/** The seats that the actor sees. */
export function seenAssignments(ctx: Ctx): Prisma.AssignmentWhereInput {
  const seen = visibility(ctx);
  if (seen.all) return {};
  const teamIds = [...seen.teamIds];
  return {
    OR: [
      { member: { teamMemberships: { some: { teamId: { in: teamIds } } } } },
      { subscription: { teamId: { in: teamIds } } },
      ...(seen.memberId ? [{ memberId: seen.memberId }] : []),
    ],
  };
}

export async function findAssignments(db: Db, ctx: Ctx, filter: AssignmentFilter): Promise<Page<Assignment>> {
  const { subscriptionId, memberId, on, ...page } = filter;
  const { where, ...rest } = pageById(page);
  const day = on ? toDbDate(on) : null;
  const rows = await db.assignment.findMany({
    where: {
      organizationId: ctx.organization.id,
      AND: [
        where,
        seenAssignments(ctx),
        { ...(subscriptionId && { subscriptionId }), ...(memberId && { memberId }) },
        day ? { startsOn: { lte: day }, OR: [{ endsOn: null }, { endsOn: { gt: day } }] } : {},
      ],
    },
    ...rest,
    select: ASSIGNMENT,
  });
  return toPage(rows.map(toAssignment), page.limit);
}

export async function getAssignment(db: Db, ctx: Ctx, id: string): Promise<Assignment> {
  const where = { organizationId: ctx.organization.id, id, AND: seenAssignments(ctx) };
  return toAssignment(required(await db.assignment.findFirst({ where, select: ASSIGNMENT })));
}

export async function insertAssignments(
  db: Db,
  ctx: Ctx,
  inputs: readonly AssignmentInput[],
): Promise<string[]> {
  const rows = inputs.map(({ startsOn, endsOn, ...fields }) => ({
    organizationId: ctx.organization.id,
    id: newId(),
    ...fields,
    startsOn: toDbDate(startsOn),
    endsOn: toDbDateOrNull(endsOn),
    createdAt: ctx.now,
  }));
  await db.assignment.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

export async function updateAssignment(db: Db, ctx: Ctx, change: AssignmentChange): Promise<void> {
  const { id, version, startsOn, endsOn, ...fields } = change;
  const organizationId = ctx.organization.id;
  const { count } = await db.assignment.updateMany({
    where: { organizationId, id, version },
    data: {
      ...fields,
      ...(startsOn !== undefined && { startsOn: toDbDate(startsOn) }),
      ...(endsOn !== undefined && { endsOn: toDbDateOrNull(endsOn) }),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => db.assignment.findFirst({ where: { organizationId, id } }));
}

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly aliases: readonly string[];
};

/** Members who are still there, for matching typed names. */
export async function findPeople(db: Db, ctx: Ctx): Promise<Person[]> {
  return await db.member.findMany({
    where: { organizationId: ctx.organization.id, archivedAt: null },
    select: { id: true, name: true, email: true, aliases: true },
  });
}

/** Whether the plan is one of the contract's. */
export async function hasPlan(db: Db, ctx: Ctx, subscriptionId: string, planId: string): Promise<boolean> {
  const where = { organizationId: ctx.organization.id, subscriptionId, planId };
  return (await db.subscriptionTerm.findFirst({ where, select: { id: true } })) !== null;
}
