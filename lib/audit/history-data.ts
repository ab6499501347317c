import "server-only";

import { seenAssignments } from "@/lib/assignments/data";
import { findPage } from "@/lib/audit/data";
import type { AuditEvent, HistoryFilter } from "@/lib/audit/schema";
import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { seenMembers } from "@/lib/members/data";

/**
 * The history of a record that the actor sees, but not all around it: its own events and those of the seats on it that
 * they see, with the names of what they see.
 */
export async function findSeenHistory(
  db: Db,
  ctx: Ctx,
  { targetType, targetId, ...page }: HistoryFilter,
): Promise<Page<AuditEvent>> {
  const seats = await db.assignment.findMany({
    where: {
      organizationId: ctx.organization.id,
      AND: [seenAssignments(ctx), { OR: [{ subscriptionId: targetId }, { memberId: targetId }] }],
    },
    select: { id: true },
  });
  return await findPage(db, ctx, {
    where: {
      OR: [
        { targetType, targetId },
        { targetType: "assignment", targetId: { in: seats.map(({ id }) => id) } },
      ],
    },
    page,
    findNames: (ids) => findSeenNames(db, ctx, { ids, recordId: targetId }),
    withheld: true,
  });
}

/** Of the catalogue everybody knows the names; of people, those that the actor sees, and their own. */
async function findSeenNames(
  db: Db,
  ctx: Ctx,
  { ids, recordId }: { ids: readonly string[]; recordId: string },
): Promise<Map<string, string>> {
  const organizationId = ctx.organization.id;
  const { userId } = ctx.actor;
  const named = { where: { organizationId, id: { in: [...ids] } }, select: { id: true, name: true } };
  const people = await db.member.findMany({
    where: {
      organizationId,
      AND: [seenMembers(ctx), { OR: [{ id: { in: [...ids] } }, { userId: { in: [...ids] } }] }],
    },
    select: { id: true, name: true, userId: true },
  });
  const seats = await db.assignment.findMany({
    where: { organizationId, id: { in: [...ids] }, AND: seenAssignments(ctx) },
    select: {
      id: true,
      member: { select: { id: true, name: true } },
      subscription: { select: { id: true, name: true } },
    },
  });
  const self = await db.user.findUnique({ where: { id: userId }, select: { name: true } });
  const record = { ...named, where: { organizationId, id: recordId } };
  const invoices = await db.invoice.findMany({ where: record.where, select: { id: true, number: true } });
  const rows = [
    ...(await db.team.findMany(named)),
    ...(await db.product.findMany(named)),
    ...(await db.serviceProvider.findMany(named)),
    ...(await db.plan.findMany(named)),
    ...(await db.subscription.findMany(record)),
    ...(await db.apiAccount.findMany(record)),
    ...(await db.workload.findMany(record)),
    ...invoices.map(({ id, number }) => ({ id, name: number })),
    ...people.flatMap(({ id, name, userId: user }) => [{ id, name }, ...(user ? [{ id: user, name }] : [])]),
    ...seats.flatMap(({ id, member, subscription }) => [
      member,
      subscription,
      { id, name: `${member.name} · ${subscription.name}` },
    ]),
    ...(self ? [{ id: userId, name: self.name }] : []),
  ];
  return new Map(rows.map(({ id, name }) => [id, name]));
}
