import { z } from "zod";
import type { CoverageState } from "@/lib/domain/coverage";
import {
  BILLING_MODELS,
  type BillingModel,
  CHARGE_CATEGORIES,
  type ChargeCategory,
  PURPOSES,
  type Purpose,
} from "@/lib/domain/facts";
import {
  ENTRY_KINDS,
  ENTRY_STATES,
  type EntryBasis,
  type EntryKind,
  type EntryState,
} from "@/lib/domain/ledger-entry";
import type { Money } from "@/lib/domain/money";
import { type Month, monthsBetween } from "@/lib/domain/month";
import type { Period } from "@/lib/domain/period";
import { idField, monthField, type Named, pageFields } from "@/lib/fields/schema";

/** Whether a cost counts in the months of its charge period, or whole in the month of its invoice. */
export const BASES = ["effective", "billed"] as const;
export type Basis = (typeof BASES)[number];

/** An id, or "none" for entries that have nothing there. */
const idOrNone = z.union([z.literal("none"), idField]).optional();

/** Which entries: those behind one number of the budget. */
export const ledgerFilter = {
  month: monthField.optional(),
  from: monthField.optional(),
  to: monthField.optional(),
  basis: z.enum(BASES).default("effective"),
  kind: z.enum(ENTRY_KINDS).default("cost"),
  purpose: z.enum(PURPOSES).optional(),
  billingModel: z.enum(BILLING_MODELS).optional(),
  state: z.enum(ENTRY_STATES).optional(),
  /** Only corrections of closed months, or none of them. */
  corrections: z.enum(["only", "none"]).optional(),
  teamId: idOrNone,
  memberId: idOrNone,
  productId: idOrNone,
  serviceProviderId: idField.optional(),
  subscriptionId: idOrNone,
  planId: idOrNone,
  apiAccountId: idOrNone,
  chargeCategory: z.enum(CHARGE_CATEGORIES).optional(),
  invoiceId: idField.optional(),
};

export const ledgerInput = z.strictObject({ ...ledgerFilter, ...pageFields });
export type LedgerInput = z.output<typeof ledgerInput>;

export const monthInput = z.strictObject({ month: monthField });

export const coverageInput = z
  .strictObject({ from: monthField, to: monthField })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last month is before the first." })
  .refine(({ from, to }) => monthsBetween(from, to).length <= 120, {
    path: ["to"],
    message: "Ask for at most 120 months.",
  });

/** An entry with the names of what it points at, so that it can be read as a sentence. */
export type LedgerRow = {
  readonly id: string;
  readonly kind: EntryKind;
  readonly month: Month;
  readonly billingMonth: Month;
  readonly purpose: Purpose;
  readonly billingModel: BillingModel;
  readonly chargeCategory: ChargeCategory;
  readonly state: EntryState;
  readonly basis: EntryBasis;
  readonly team: Named | null;
  readonly member: Named | null;
  readonly product: Named | null;
  readonly serviceProvider: Named;
  readonly subscription: Named | null;
  readonly plan: Named | null;
  readonly apiAccount: Named | null;
  readonly unassigned: boolean;
  readonly invoice: { readonly id: string; readonly number: string } | null;
  readonly charge: { readonly id: string; readonly description: string } | null;
  readonly chargePeriod: Period;
  readonly seatDays: number | null;
  readonly selfAssessed: boolean;
  readonly cost: Money;
  readonly baseCost: Money;
  readonly rate: string | null;
  readonly rateDate: string | null;
  /** The closed month that it corrects. */
  readonly correctionOf: Month | null;
};

/** A page of entries, largest first, with the sum and number of all that the filter finds. */
export type LedgerPage = {
  readonly data: readonly LedgerRow[];
  readonly nextCursor: string | null;
  readonly total: Money;
  readonly count: number;
};

/** From a month's invoices to its three lines; the steps sum to the lines, to the cent. */
export const BRIDGE_STEPS = [
  "invoices_issued",
  "recoverable_tax",
  "self_assessed_tax",
  "out_of_scope",
  "spread_to_other_months",
  "spread_from_other_months",
  "prepaid_opened",
  "credits_drawn",
  "estimates",
  "corrections",
] as const;
export type BridgeStep = (typeof BRIDGE_STEPS)[number];

export type Bridge = {
  readonly month: Month;
  /** Each with the sign with which it enters the sum. */
  readonly steps: readonly { readonly step: BridgeStep; readonly amount: Money }[];
  readonly lines: readonly { readonly purpose: Purpose; readonly amount: Money }[];
  readonly total: Money;
};

export type CoverageMonth = { readonly month: Month; readonly state: CoverageState };

/** Per contract and month, whether its invoice is there. */
export type Coverage = {
  readonly from: Month;
  readonly to: Month;
  readonly contracts: readonly {
    readonly kind: "subscription" | "api_account";
    readonly id: string;
    readonly name: string;
    readonly serviceProvider: Named;
    readonly months: readonly CoverageMonth[];
  }[];
  readonly serviceProviders: readonly {
    readonly serviceProvider: Named;
    readonly months: readonly CoverageMonth[];
  }[];
};
