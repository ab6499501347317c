import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { type BridgeFigures, bridge } from "@/lib/domain/bridge";
import { PURPOSES } from "@/lib/domain/facts";
import { money, sumMinor } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import { findEntries, sumBridge } from "@/lib/entries/data";
import { readLedger } from "@/lib/ledger/read";
import {
  BRIDGE_STEPS,
  type Bridge,
  type BridgeStep,
  type LedgerInput,
  type LedgerPage,
} from "@/lib/ledger/schema";

/** The entries behind a number of the budget: those that the actor may see, largest first, with their sum. */
export async function listLedger(ctx: Ctx, input: LedgerInput): Promise<LedgerPage> {
  authorize(ctx, "books:read");
  return await readLedger(ctx, (db) => findEntries(db, ctx, input));
}

const FIGURE: Record<BridgeStep, keyof BridgeFigures> = {
  invoices_issued: "invoicesIssued",
  recoverable_tax: "recoverableTax",
  self_assessed_tax: "selfAssessedTax",
  out_of_scope: "outOfScope",
  spread_to_other_months: "spreadToOtherMonths",
  spread_from_other_months: "spreadFromOtherMonths",
  prepaid_opened: "prepaidOpened",
  credits_drawn: "creditsDrawn",
  estimates: "estimates",
  corrections: "corrections",
};

/** From a month's invoices to its three lines. */
export async function getBridge(ctx: Ctx, { month }: { month: Month }): Promise<Bridge> {
  authorize(ctx, "books:read");
  const sums = await readLedger(ctx, (db) => sumBridge(db, ctx, month));
  const { baseCurrency } = ctx.organization;
  const figures = bridge(sums, month);
  const inMonth = sums.filter((sum) => sum.kind === "cost" && sum.month === month);
  const amountOf = (part: typeof sums) => money(sumMinor(part.map((sum) => sum.baseCostMinor)), baseCurrency);
  return {
    month,
    steps: BRIDGE_STEPS.map((step) => ({ step, amount: money(figures[FIGURE[step]], baseCurrency) })),
    lines: PURPOSES.map((purpose) => ({
      purpose,
      amount: amountOf(inMonth.filter((sum) => sum.purpose === purpose)),
    })),
    total: amountOf(inMonth),
  };
}
