import "server-only";

import type { Ctx, SystemCtx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, lockBooks, read, transact } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { dueOn, monthsDue } from "@/lib/domain/invoice-due";
import { expectedWithin } from "@/lib/expected-invoices/service";
import { findDuties } from "@/lib/invoice-duties/data";
import {
  type DutyMonth,
  findReminders,
  insertReminders,
  monthKey,
} from "@/lib/invoice-duties/reminders-data";
import { writeReminderMessages } from "@/lib/messages/reminder-messages";

/**
 * Reminds of the invoices that are late: once of each contract and month, whatever happens to it afterwards.
 *
 * @param owner sees every contract; what is done is done by nobody
 * @returns how many were raised
 */
export async function raiseReminders(owner: Ctx, system: SystemCtx): Promise<number> {
  const candidates = await read(owner, (db) => findLate(db, owner));
  if (candidates.length === 0) return 0;
  return await transact({ organizationId: system.organization.id }, async (db) => {
    await lockBooks(db, system.organization.id);
    const names = new Map<string, { contract: string; serviceProvider: DutyMonth["responsible"] }>();
    for (const month of new Set(candidates.map((one) => one.month))) {
      for (const { contract, serviceProvider } of await expectedWithin(db, owner, month))
        names.set(monthKey({ contractId: contract.id, month }), { contract: contract.name, serviceProvider });
    }
    const missing = candidates.filter((one) => names.has(monthKey(one)));
    const raised = await insertReminders(db, system, missing);
    for (const reminder of raised) {
      const named = names.get(monthKey(reminder));
      if (named) await tell(db, system, { ...reminder, ...named });
    }
    return raised.length;
  });
}

/** What was due lately and was not reminded of. */
async function findLate(db: Db, ctx: Ctx): Promise<DutyMonth[]> {
  const today = utcDateOf(ctx.now);
  const known = new Set(
    (await findReminders(db, ctx)).map(({ contract, month }) => monthKey({ contractId: contract.id, month })),
  );
  const duties = [...(await findDuties(db, ctx)).values()];
  return duties
    .flatMap((duty) =>
      monthsDue(duty, duty.since, today).map((month) => ({ ...duty, month, dueOn: dueOn(month, duty) })),
    )
    .filter((one) => !known.has(monthKey(one)));
}

type Raised = DutyMonth & {
  readonly id: string;
  readonly contract: string;
  readonly serviceProvider: DutyMonth["responsible"];
};

async function tell(db: Db, ctx: SystemCtx, reminder: Raised): Promise<void> {
  const { id, kind, contractId, contract, month, dueOn: due, responsible, serviceProvider } = reminder;
  await recordAudit(db, ctx, {
    action: "invoice_duty.remind",
    targetType: kind,
    targetId: contractId,
    after: { month, dueOn: due, responsibleId: responsible.id },
  });
  await writeReminderMessages(db, ctx, {
    ...{ id, kind, month, responsible, serviceProvider, dueOn: due },
    contract: { id: contractId, name: contract },
  });
}
