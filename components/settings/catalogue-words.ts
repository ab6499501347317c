import type { BillingInterval, ProrationRule } from "@/lib/domain/facts";

/** What a provider charges for a seat that is added within a cycle, in words. */
export const PRORATION_NAMES = {
  prorated: "By days",
  full_cycle: "Whole cycle",
  calendar_month: "Whole calendar month",
  as_billed: "As billed",
} as const satisfies Record<ProrationRule, string>;

export const PRORATION_HINTS = {
  prorated: "A seat added within a cycle pays for the days that are left.",
  full_cycle: "A seat added within a cycle pays all of it.",
  calendar_month: "Any day held in a calendar month costs the month.",
  as_billed: "Nothing is expected or estimated before the invoice comes.",
} as const satisfies Record<ProrationRule, string>;

export const INTERVAL_NAMES = {
  month: "a month",
  year: "a year",
} as const satisfies Record<BillingInterval, string>;
