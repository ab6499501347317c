import { z } from "zod";

import type { BillingInterval } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import { type Named, textField } from "@/lib/fields/schema";

const MONTHS = "Use a number of months from 1 to 36.";

export const renewalFilter = z.strictObject({
  /** How far to look ahead. */
  months: z.coerce.number(MONTHS).int(MONTHS).min(1, MONTHS).max(36, MONTHS).default(13),
});
export type RenewalFilter = z.output<typeof renewalFilter>;

/** "<token>.ics" */
export const calendarAsked = z.strictObject({ file: textField(100) });

export type RenewalRow = {
  readonly subscription: Named;
  readonly serviceProvider: Named;
  readonly team: Named;
  readonly renewsOn: string;
  readonly every: BillingInterval;
  readonly cancelBy: string;
  readonly noticeDays: number | null;
  /** Its last day to act is over. */
  readonly passed: boolean;
  readonly seats: readonly {
    readonly plan: Named;
    readonly seats: number;
    readonly unitPrice: Money;
    /** The price before, where a list price that begins by then changes it. */
    readonly before: Money | null;
    readonly listedOn: string | null;
  }[];
  /** Of one billing interval, without tax; one for each currency. */
  readonly costs: readonly Money[];
  readonly billingInterval: BillingInterval;
  /** How many billing intervals are bought with it. */
  readonly intervals: number;
  /** All of them in the books' currency, at the rate of today; null without one. */
  readonly baseCost: Money | null;
};

export type Renewals = {
  readonly today: string;
  /** The day after the last that is told. */
  readonly until: string;
  readonly currency: string;
  readonly data: readonly RenewalRow[];
  readonly nextCursor: null;
};

/** Whether a calendar program may read them, and since when. */
export type CalendarFeed = { readonly createdAt: string | null };

/** The address is shown now and never again. */
export type NewCalendarFeed = { readonly createdAt: string; readonly address: string };
