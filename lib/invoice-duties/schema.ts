import { z } from "zod";

import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Month } from "@/lib/domain/month";
import { idField, type Named } from "@/lib/fields/schema";

const DAY = "Use a day from 1 to 31.";
const LATER = "Use 0 for a day of the month itself, 1 for one of the month after.";

export const none = z.strictObject({});
/** The id is the contract's: a subscription, or an API account at the top of its tree. */
export const byId = z.strictObject({ id: idField });

export const dutyInput = z.strictObject({
  id: idField,
  userId: idField,
  dueDay: z.int(DAY).min(1, DAY).max(31, DAY),
  monthsLater: z.int(LATER).min(0, LATER).max(1, LATER),
});
export type DutyInput = z.output<typeof dutyInput>;

export type DutyContract = Named & {
  readonly kind: "subscription" | "api_account";
  readonly serviceProvider: Named;
};

/** A contract with who enters its invoice and until when, if anybody. */
export type InvoiceDuty = DutyContract & {
  readonly responsible: Named | null;
  readonly dueDay: number | null;
  readonly monthsLater: number | null;
};

/** Who enters the invoice of a month, and the last day on which it is in time. */
export type DueBy = {
  readonly responsible: Named;
  readonly dueOn: CalendarDate;
  readonly overdue: boolean;
};

/** That an invoice was not here when it was due, and still is not. */
export type InvoiceReminder = {
  readonly id: string;
  readonly contract: Named;
  readonly serviceProvider: Named;
  readonly month: Month;
  readonly dueOn: CalendarDate;
  /** Who was responsible when it was raised. */
  readonly responsible: Named;
  readonly raisedAt: string;
};
