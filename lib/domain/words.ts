import type { CoverageState } from "./coverage";
import type { BillingModel, ChargeCategory, Purpose } from "./facts";
import type { EntryBasis, EntryState } from "./ledger-entry";
import type { DifferenceType } from "./reconciliation";
import type { TaxTreatment } from "./tax";

/** What the domain's values are called on a screen; one word per thing, everywhere. */

export const PURPOSE_NAMES = {
  developer_leverage: "Developer leverage",
  product_running: "Product running",
  unclassified: "Unclassified",
} as const satisfies Record<Purpose, string>;

export const BILLING_MODEL_NAMES = { flat: "Flat", metered: "Metered" } as const satisfies Record<
  BillingModel,
  string
>;

export const CHARGE_CATEGORY_NAMES = {
  usage: "Usage",
  purchase: "Purchase",
  tax: "Tax",
  credit: "Credit",
  adjustment: "Adjustment",
} as const satisfies Record<ChargeCategory, string>;

export const TAX_TREATMENT_NAMES = {
  standard: "Standard",
  reverse_charge: "Reverse charge",
  exempt: "Exempt",
  outside_scope: "Outside the scope",
} as const satisfies Record<TaxTreatment, string>;

export const ENTRY_STATE_NAMES = { billed: "billed", estimated: "estimated" } as const satisfies Record<
  EntryState,
  string
>;

/** How an amount came to its target, as a label beside it. */
export const ENTRY_BASIS_NAMES = {
  direct: null,
  seat_days: "allocated",
  shares: "allocated by shares",
  usage: "allocated by usage",
} as const satisfies Record<EntryBasis, string | null>;

export const COVERAGE_NAMES = {
  billed: "billed",
  partly_billed: "partly billed",
  estimated: "estimated",
  missing: "missing",
  not_expected: "not expected",
} as const satisfies Record<CoverageState, string>;

export const DIFFERENCE_NAMES = {
  not_billed: "Not billed yet",
  proration: "Proration",
  tax: "Tax",
  credit: "Credit",
  price_change: "Price change",
  exchange_rate: "Exchange rate",
  late_revision: "Late revision",
  bank_fee: "Bank fee",
  unexplained: "Unexplained",
} as const satisfies Record<DifferenceType, string>;
