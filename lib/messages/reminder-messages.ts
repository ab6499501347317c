import "server-only";

import type { SystemCtx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Month } from "@/lib/domain/month";
import { reminderMessage } from "@/lib/domain/reminder-words";
import type { Named } from "@/lib/fields/schema";
import { mayEnter } from "@/lib/invoice-duties/data";
import { findConcerned, insertMessages } from "@/lib/messages/data";
import { tellWebhooks } from "@/lib/webhooks/outbox";

type RaisedReminder = {
  readonly id: string;
  readonly kind: "subscription" | "api_account";
  readonly contract: Named;
  readonly serviceProvider: Named;
  readonly month: Month;
  readonly dueOn: CalendarDate;
  readonly responsible: Named;
};

/**
 * Tells whoever is responsible that an invoice is late, in the transaction that raised it; owners and finance, when they
 * may not enter invoices any more.
 */
export async function writeReminderMessages(
  db: Db,
  ctx: SystemCtx,
  { id: reminderId, kind, contract, serviceProvider, month, dueOn, responsible }: RaisedReminder,
): Promise<void> {
  const words = reminderMessage({
    ...{ organization: ctx.organization.name, contract: contract.name, month, dueOn },
    ...{ serviceProvider: serviceProvider.name, responsible: responsible.name },
    address: process.env.NEXTAUTH_URL ?? "",
  });
  const told = (await mayEnter(db, ctx, responsible.id))
    ? [responsible.id]
    : await findConcerned(db, ctx, null);
  await insertMessages(
    db,
    ctx,
    told.map((userId) => ({ kind: "reminder", reminderId, userId, ...words })),
  );
  const data = {
    id: reminderId,
    month,
    dueOn,
    contract: { ...contract, kind },
    serviceProvider,
    responsible,
  };
  await tellWebhooks(db, ctx, {
    ...{ text: words.text, about: { kind: "reminder", reminderId } },
    event: { type: "invoice.reminder", data },
  });
}
