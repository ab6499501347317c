import { z } from "zod";

import type { ExpectedCharge } from "@/lib/domain/expected-charges";
import type { ChargeCategory } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import type { Period } from "@/lib/domain/period";
import { DIFFERENCE_TYPES, type DifferenceType } from "@/lib/domain/reconciliation";
import { idField, moneyField, monthField, type Named, textField } from "@/lib/fields/schema";

export const reconciliationFilter = z.strictObject({ month: monthField });

/** A subscription or an API account at the top of its tree, in a month. */
export const contractMonth = z.strictObject({ month: monthField, id: idField });
export type ContractMonth = z.output<typeof contractMonth>;

export const acceptanceInput = z.strictObject({
  ...contractMonth.shape,
  /** Why it differs, as far as a person knows; "unexplained" accepts it as it is. */
  type: z.enum(DIFFERENCE_TYPES, "Choose what it is."),
  /** The difference that was looked at. */
  amount: moneyField,
  note: textField(1_000),
});
export type AcceptanceInput = z.output<typeof acceptanceInput>;

export const RECONCILIATION_STATES = ["agrees", "tolerated", "accepted", "unexplained"] as const;
export type ReconciliationState = (typeof RECONCILIATION_STATES)[number];

export type Acceptance = {
  readonly type: DifferenceType;
  readonly amount: Money;
  readonly note: string;
  readonly acceptedAt: string;
  readonly acceptedBy: string | null;
  /** Whether it is about what differs now. */
  readonly current: boolean;
};

/** A contract in a month, from what was foreseen to what was paid, in the currency of the books. */
export type ReconciledContract = {
  readonly kind: "subscription" | "api_account";
  readonly id: string;
  readonly name: string;
  readonly serviceProvider: Named;
  /** Null: that side says nothing. */
  readonly expected: Money | null;
  readonly metered: Money | null;
  readonly billed: Money | null;
  readonly settled: Money | null;
  readonly difference: Money;
  /** Sum to the difference. */
  readonly differences: readonly { readonly type: DifferenceType; readonly amount: Money }[];
  readonly unexplained: Money;
  readonly state: ReconciliationState;
  readonly acceptance: Acceptance | null;
  /** Nothing is compared until a rate of this month is entered. */
  readonly rateMissing: boolean;
};

export type Reconciliation = {
  readonly month: string;
  readonly tolerance: { readonly amount: Money; readonly perMille: number };
  readonly contracts: readonly ReconciledContract[];
};

/** The rows behind each side, in their own currencies. */
export type ReconciledRows = ReconciledContract & {
  readonly rows: {
    readonly expected: readonly {
      readonly plan: string;
      readonly kind: ExpectedCharge["kind"];
      readonly period: Period;
      readonly seats: number;
      readonly amount: Money;
      /** What of it no invoice covers yet. */
      readonly open: Money;
    }[];
    readonly metered: readonly { readonly account: string | null; readonly amount: Money }[];
    readonly billed: readonly {
      readonly chargeId: string;
      readonly invoice: Named;
      readonly description: string;
      readonly chargeCategory: ChargeCategory;
      readonly period: Period;
      readonly amount: Money;
      readonly baseAmount: Money;
    }[];
    readonly settled: readonly {
      readonly id: string;
      readonly invoice: Named;
      readonly paidOn: string;
      readonly amount: Money;
      readonly bankFee: Money;
    }[];
  };
};
