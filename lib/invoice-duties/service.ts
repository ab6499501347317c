import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { notFound } from "@/lib/db/version";
import type { Month } from "@/lib/domain/month";
import { expectedWithin } from "@/lib/expected-invoices/service";
import type { Page } from "@/lib/fields/schema";
import {
  deleteDuty,
  findContractDuties,
  getContractDuty,
  mayEnter,
  saveDuty,
} from "@/lib/invoice-duties/data";
import { findReminders, monthKey } from "@/lib/invoice-duties/reminders-data";
import type { DutyInput, InvoiceDuty, InvoiceReminder } from "@/lib/invoice-duties/schema";

/** Every contract with who enters its invoice and until when. */
export async function listDuties(ctx: Ctx): Promise<Page<InvoiceDuty>> {
  authorize(ctx, "books:read_all");
  return { data: await read(ctx, (db) => findContractDuties(db, ctx)), nextCursor: null };
}

/** From now on somebody who may enter invoices enters a contract's, until a day of each month. */
export async function setDuty(ctx: Ctx, input: DutyInput): Promise<InvoiceDuty> {
  authorize(ctx, "invoice:change");
  return await write(ctx, async (db) => {
    const before = await getContractDuty(db, ctx, input.id);
    if (!(await mayEnter(db, ctx, input.userId))) throw notFound();
    await saveDuty(db, ctx, before, input);
    const after = await getContractDuty(db, ctx, input.id);
    await recordAudit(db, ctx, {
      action: "invoice_duty.set",
      targetType: before.kind,
      targetId: input.id,
      before: before.responsible && termsOf(before),
      after: termsOf(after),
    });
    return after;
  });
}

/** Nobody is responsible for it any more; what was reminded of stays. */
export async function removeDuty(ctx: Ctx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "invoice:change");
  await write(ctx, async (db) => {
    const before = await getContractDuty(db, ctx, id);
    if (before.responsible === null) throw notFound();
    await deleteDuty(db, ctx, before);
    await recordAudit(db, ctx, {
      action: "invoice_duty.remove",
      targetType: before.kind,
      targetId: id,
      before: termsOf(before),
    });
  });
}

const termsOf = ({ responsible, dueDay, monthsLater }: InvoiceDuty) => ({
  ...{ responsibleId: responsible?.id ?? null, dueDay, monthsLater },
});

/** What was reminded of lately and is not here yet, of what the actor may see, the last first. */
export async function listReminders(ctx: Ctx): Promise<Page<InvoiceReminder>> {
  authorize(ctx, "invoice:read");
  return await read(ctx, async (db) => {
    const reminders = await findReminders(db, ctx);
    const missing = new Set<string>();
    for (const month of new Set(reminders.map((one): Month => one.month))) {
      for (const { contract } of await expectedWithin(db, ctx, month))
        missing.add(monthKey({ contractId: contract.id, month }));
    }
    const open = ({ contract, month }: InvoiceReminder) =>
      missing.has(monthKey({ contractId: contract.id, month }));
    return { data: reminders.filter(open), nextCursor: null };
  });
}
