import "server-only";

import { findCtx, findSystemCtx } from "@/lib/auth/data";
import { read } from "@/lib/db/client";
import { raiseReminders } from "@/lib/invoice-duties/raising";
import { findDutyOrganizations } from "@/lib/invoice-duties/reminders-data";
import { findOwnerIds } from "@/lib/users/data";

/**
 * Reminds of late invoices in every organization.
 *
 * @param report told of an organization in which it failed; the others are reminded nonetheless
 */
export async function remindOfInvoices(now: Date, report: (error: unknown) => void): Promise<void> {
  for (const organizationId of await findDutyOrganizations()) {
    await remindIn(organizationId, now).catch(report);
  }
}

async function remindIn(organizationId: string, now: Date): Promise<void> {
  const system = await findSystemCtx(organizationId, now);
  const [userId] = await read(system, (db) => findOwnerIds(db, system));
  const owner = userId === undefined ? null : await findCtx({ userId, organizationId }, now);
  if (owner) await raiseReminders(owner, system);
}
