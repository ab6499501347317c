import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { alertMessage } from "@/lib/domain/alert-words";
import type { Purpose } from "@/lib/domain/facts";
import { money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import type { Named } from "@/lib/fields/schema";
import { findConcerned, insertMessages } from "@/lib/messages/data";
import { tellWebhooks } from "@/lib/webhooks/outbox";

type RaisedAlert = {
  readonly id: string;
  readonly share: { readonly percent: number; readonly purpose: Purpose | null; readonly team: Named | null };
  readonly month: Month;
  readonly budgetedMinor: number;
  readonly actualMinor: number;
  /** Of a forecast: what was expected beyond that. */
  readonly expectedMinor: number | null;
};

/** Tells whom an alert concerns, in the transaction that raised it: once each, and not at all if it is not raised. */
export async function writeAlertMessages(db: Db, ctx: Ctx, alert: RaisedAlert): Promise<void> {
  const { name: organization, baseCurrency } = ctx.organization;
  const { id: alertId, share, month, budgetedMinor, actualMinor, expectedMinor } = alert;
  const sums = {
    budgeted: money(budgetedMinor, baseCurrency),
    actual: money(actualMinor, baseCurrency),
    forecast: expectedMinor === null ? null : money(actualMinor + expectedMinor, baseCurrency),
  };
  const address = process.env.NEXTAUTH_URL ?? "";
  const words = alertMessage({ organization, share, month, address, ...sums });
  const concerned = await findConcerned(db, ctx, share.team?.id ?? null);
  await insertMessages(
    db,
    ctx,
    concerned.map((userId) => ({ kind: "alert", alertId, userId, ...words })),
  );
  const { team, purpose, percent } = share;
  await tellWebhooks(db, ctx, {
    ...{ text: words.text, about: { kind: "alert", alertId } },
    event: { type: "budget.alert", data: { id: alertId, month, purpose, team, percent, ...sums } },
  });
}
