import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, transact } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { remindedSince } from "@/lib/domain/invoice-due";
import type { Month } from "@/lib/domain/month";
import type { Duty } from "@/lib/invoice-duties/data";
import type { InvoiceReminder } from "@/lib/invoice-duties/schema";

const NAMED = { select: { id: true, name: true } } as const;
const CONTRACT = { select: { id: true, name: true, serviceProvider: NAMED } } as const;

/** A month of a contract. */
export type DutyMonth = Duty & { readonly month: Month; readonly dueOn: CalendarDate };

export const monthKey = ({ contractId, month }: Pick<DutyMonth, "contractId" | "month">): string =>
  `${contractId} ${month}`;

/** The reminders of the last months, the last raised first. */
export async function findReminders(
  db: Db,
  ctx: Pick<Ctx, "organization" | "now">,
): Promise<InvoiceReminder[]> {
  const rows = await db.invoiceReminder.findMany({
    where: {
      organizationId: ctx.organization.id,
      dueOn: { gte: toDbDate(remindedSince(utcDateOf(ctx.now))) },
    },
    orderBy: { id: "desc" },
    take: 1_000,
    select: {
      ...{ id: true, month: true, dueOn: true, raisedAt: true, user: NAMED },
      ...{ subscription: CONTRACT, apiAccount: CONTRACT },
    },
  });
  return rows.flatMap(({ subscription, apiAccount, user, dueOn, raisedAt, ...row }) => {
    const contract = subscription ?? apiAccount;
    if (!contract) return [];
    const { serviceProvider, ...named } = contract;
    return [
      {
        ...row,
        ...{ contract: named, serviceProvider, responsible: user },
        ...{ dueOn: fromDbDate(dueOn), raisedAt: raisedAt.toISOString() },
      },
    ];
  });
}

/** Raises reminders, one of each contract and month for ever. @returns the new ones */
export async function insertReminders(
  db: Db,
  ctx: Pick<Ctx, "organization" | "now">,
  late: readonly DutyMonth[],
): Promise<readonly (DutyMonth & { readonly id: string })[]> {
  const raised = late.map((one) => ({ ...one, id: newId() }));
  const rows = await db.invoiceReminder.createManyAndReturn({
    data: raised.map(({ id, kind, contractId, month, dueOn, responsible }) => ({
      ...{ organizationId: ctx.organization.id, id, month, dueOn: toDbDate(dueOn) },
      ...(kind === "subscription" ? { subscriptionId: contractId } : { apiAccountId: contractId }),
      ...{ userId: responsible.id, raisedAt: ctx.now },
    })),
    skipDuplicates: true,
    select: { id: true },
  });
  const kept = new Set(rows.map(({ id }) => id));
  return raised.filter(({ id }) => kept.has(id));
}

/** The organizations in which somebody is responsible for an invoice, for the worker. */
export async function findDutyOrganizations(): Promise<string[]> {
  const ids = await transact({}, async (db) => {
    await db.$executeRawUnsafe("SET LOCAL app.worker = 'on'");
    return await db.organization.findMany({ orderBy: { createdAt: "asc" }, select: { id: true } });
  });
  const found: string[] = [];
  for (const { id: organizationId } of ids) {
    const duty = await transact({ organizationId }, (db) =>
      db.invoiceDuty.findFirst({ where: { organizationId }, select: { id: true } }),
    );
    if (duty) found.push(organizationId);
  }
  return found;
}
