import { z } from "zod";

import type { ChangeKind } from "@/lib/domain/cost-change";
import type { ChargeCategory, Purpose } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import { monthField, type Named } from "@/lib/fields/schema";

export const changesInput = z.strictObject({ month: monthField });

/** Whose cost changed: a contract with what of it, as the ledger's entries name it. */
export type ChangedThing = {
  readonly subscription: Named | null;
  readonly plan: Named | null;
  readonly apiAccount: Named | null;
  readonly product: Named | null;
  readonly serviceProvider: Named;
  readonly chargeCategory: ChargeCategory;
  readonly correction: boolean;
};

export type ChangeEffect = {
  readonly kind: ChangeKind;
  readonly amount: Money;
  /** "2 more seats (12 to 14)" */
  readonly text: string;
};

export type ChangeRow = ChangedThing & {
  readonly name: string;
  readonly before: Money;
  readonly after: Money;
  readonly difference: Money;
  /** They sum to the difference. */
  readonly effects: readonly ChangeEffect[];
};

export type LineChange = {
  readonly purpose: Purpose;
  readonly before: Money;
  readonly after: Money;
  readonly difference: Money;
  /** "Product running is up 412.00 USD on September 2026. Checkout assistant: moved to claude-opus-4-5 on 9 Oct 2026." */
  readonly text: string;
  /** The largest difference first; they sum to the line's. */
  readonly rows: readonly ChangeRow[];
};

export type Changes = {
  readonly month: Month;
  readonly earlier: Month;
  readonly currency: string;
  /** Whether the month is over: before, metered cost is what is known so far. */
  readonly complete: boolean;
  readonly lines: readonly LineChange[];
};

/** The filter that finds the ledger's entries of a thing, beside its line and month. */
export const entriesOf = (thing: ChangedThing): Readonly<Record<string, string>> => ({
  subscriptionId: thing.subscription?.id ?? "none",
  planId: thing.plan?.id ?? "none",
  apiAccountId: thing.apiAccount?.id ?? "none",
  productId: thing.product?.id ?? "none",
  serviceProviderId: thing.serviceProvider.id,
  chargeCategory: thing.chargeCategory,
  corrections: thing.correction ? "only" : "none",
});
