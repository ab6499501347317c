import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { BillingModel, ChargeCategory, Purpose } from "./facts";
import type { Month } from "./month";
import type { Period } from "./period";

/**
 * Only `cost` counts in a budget line. Recoverable tax, out of scope, credit bought (`prepaid`) and drawn from
 * (`prepaid_drawn`, the counterpart of each cost that it pays for) keep an invoice's entries summing to the invoice.
 * `covered` is use that credit given to us paid for: no cost, but part of "before credits".
 */
export const ENTRY_KINDS = [
  "cost",
  "recoverable_tax",
  "out_of_scope",
  "prepaid",
  "prepaid_drawn",
  "covered",
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const ENTRY_STATES = ["billed", "estimated"] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/** How an amount came to its target; all but `direct` show as allocated. */
export const ENTRY_BASES = ["direct", "seat_days", "shares", "usage"] as const;
export type EntryBasis = (typeof ENTRY_BASES)[number];

/** Where a part of a cost lands. */
export type Target = {
  readonly purpose: Purpose;
  readonly teamId: string | null;
  readonly memberId: string | null;
  readonly productId: string | null;
  /** A seat that nobody holds. */
  readonly unassigned: boolean;
};

/** An amount in its own currency and in the organization's, split side by side by the same weights. */
export type Amount = { readonly costMinor: number; readonly baseCostMinor: number };

/** What a fact costs, in one month, at one target. Made by posting alone; everything that reads reads these. */
export type LedgerEntry = Target &
  Amount & {
    readonly kind: EntryKind;
    /** The month in which it counts (effective basis). */
    readonly month: Month;
    /** The month in which it was invoiced (billed basis); of an estimate, its month. */
    readonly billingMonth: Month;
    readonly billingModel: BillingModel;
    readonly chargeCategory: ChargeCategory;
    readonly state: EntryState;
    readonly basis: EntryBasis;
    readonly serviceProviderId: string;
    readonly subscriptionId: string | null;
    readonly planId: string | null;
    readonly apiAccountId: string | null;
    readonly invoiceId: string | null;
    readonly chargeId: string | null;
    readonly chargePeriod: Period;
    /** Whole days, over the seats of this target; null where no seat is concerned. */
    readonly seatDays: number | null;
    readonly selfAssessed: boolean;
    readonly currency: Currency;
    /** The rate and its date, where the currency is not the organization's. */
    readonly rate: string | null;
    readonly rateDate: CalendarDate | null;
  };
