import "server-only";

import type { BookedEntry } from "@/lib/domain/corrections";
import type { LedgerEntry } from "@/lib/domain/ledger-entry";

/** An entry that is to be kept: a closed month's correction, or what it is. */
export type EntryToKeep = LedgerEntry & Partial<BookedEntry>;

/** What an entry says, by the names of its columns: all of them but its id and organization. */
export const said = (entry: EntryToKeep) => ({
  kind: entry.kind,
  month: entry.month,
  billing_month: entry.billingMonth,
  purpose: entry.purpose,
  billing_model: entry.billingModel,
  state: entry.state,
  charge_category: entry.chargeCategory,
  basis: entry.basis,
  team_id: entry.teamId,
  product_id: entry.productId,
  service_provider_id: entry.serviceProviderId,
  member_id: entry.memberId,
  unassigned: entry.unassigned,
  subscription_id: entry.subscriptionId,
  plan_id: entry.planId,
  api_account_id: entry.apiAccountId,
  invoice_id: entry.invoiceId,
  charge_id: entry.chargeId,
  charge_period_start: entry.chargePeriod.start,
  charge_period_end: entry.chargePeriod.end,
  seat_days: entry.seatDays,
  self_assessed: entry.selfAssessed,
  cost_minor: entry.costMinor,
  currency: entry.currency,
  base_cost_minor: entry.baseCostMinor,
  rate: entry.rate,
  rate_date: entry.rateDate,
  correction_of: entry.correctionOf ?? null,
});

export type Said = ReturnType<typeof said>;

export const toEntry = (row: Said): BookedEntry => ({
  kind: row.kind,
  month: row.month,
  billingMonth: row.billing_month,
  purpose: row.purpose,
  billingModel: row.billing_model,
  state: row.state,
  chargeCategory: row.charge_category,
  basis: row.basis,
  teamId: row.team_id,
  productId: row.product_id,
  serviceProviderId: row.service_provider_id,
  memberId: row.member_id,
  unassigned: row.unassigned,
  subscriptionId: row.subscription_id,
  planId: row.plan_id,
  apiAccountId: row.api_account_id,
  invoiceId: row.invoice_id,
  chargeId: row.charge_id,
  chargePeriod: { start: row.charge_period_start, end: row.charge_period_end },
  seatDays: row.seat_days,
  selfAssessed: row.self_assessed,
  costMinor: row.cost_minor,
  currency: row.currency,
  baseCostMinor: row.base_cost_minor,
  rate: row.rate,
  rateDate: row.rate_date,
  correctionOf: row.correction_of,
});

/** The columns in the order in which `lineOf` writes them. */
export const SAID_COLUMNS = [
  "kind",
  "month",
  "billing_month",
  "purpose",
  "billing_model",
  "state",
  "charge_category",
  "basis",
  "team_id",
  "product_id",
  "service_provider_id",
  "member_id",
  "unassigned",
  "subscription_id",
  "plan_id",
  "api_account_id",
  "invoice_id",
  "charge_id",
  "charge_period_start",
  "charge_period_end",
  "seat_days",
  "self_assessed",
  "cost_minor",
  "currency",
  "base_cost_minor",
  "rate",
  "rate_date",
  "correction_of",
] as const satisfies readonly (keyof Said)[];

/** Of the column `rate`. */
const RATE_DECIMALS = 12;

/** A row as the database writes one as text: `(cost,2026-10,…)`. No value of an entry needs quotes. */
export function lineOf(entry: EntryToKeep): string {
  const row = said(entry);
  return `(${SAID_COLUMNS.map((column) => (column === "rate" ? rateText(row.rate) : textOf(row[column]))).join(",")})`;
}

const textOf = (value: string | number | boolean | null): string =>
  value === null ? "" : typeof value === "boolean" ? (value ? "t" : "f") : String(value);

function rateText(rate: string | null): string {
  if (rate === null) return "";
  const [whole = "", decimals = ""] = rate.split(".");
  return `${whole}.${decimals.padEnd(RATE_DECIMALS, "0")}`;
}
