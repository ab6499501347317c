import { allocate } from "./allocate";
import type { Purpose } from "./facts";
import { divideHalfEven, INPUT_MINOR_MAX, sumMinor } from "./money";
import { type Month, monthsBetween, shiftMonth } from "./month";

/** A version is the year's budget, or what is expected of it later in the year. */
export const BUDGET_KINDS = ["budget", "reforecast"] as const;
export type BudgetKind = (typeof BUDGET_KINDS)[number];

/** The lines that are planned; what is unclassified belongs to neither. */
export const PLANNED_PURPOSES = ["developer_leverage", "product_running"] as const satisfies Purpose[];
export type PlannedPurpose = (typeof PLANNED_PURPOSES)[number];

/** Months of a fiscal year. */
export const YEAR_MONTHS = 12;

/** Amounts of a year's months in minor units; null where nothing is planned, which is not the same as 0. */
export type YearAmounts = readonly (number | null)[];

/** The twelve months of the fiscal year that begins with `first`. */
export function monthsOfYear(first: Month): Month[] {
  return monthsBetween(first, shiftMonth(first, YEAR_MONTHS - 1));
}

/** What a year comes to; null when nothing of it is planned. */
export function yearTotal(amounts: YearAmounts): number | null {
  const planned = amounts.filter((amount) => amount !== null);
  return planned.length === 0 ? null : sumMinor(planned);
}

/**
 * A year's amount over its months: equally, or in the proportion of another year's months.
 *
 * @param shape of the other year; a month in which credits outweighed cost weighs nothing, and a year of nothing but
 *   such months is spread equally
 */
export function spreadYear(totalMinor: number, shape?: YearAmounts): number[] {
  const weights = (shape ?? []).map((minor) => Math.max(0, minor ?? 0));
  const shaped = weights.length === YEAR_MONTHS && weights.some((weight) => weight > 0);
  return allocate(totalMinor, shaped ? weights : Array<number>(YEAR_MONTHS).fill(1));
}

/** 100 %, in basis points. */
const WHOLE = 10_000;

/**
 * Another year's month, so many percent more or less, half to even; a month in which credits outweighed cost is
 * planned with nothing.
 *
 * @param changeBasisPoints 500 for 5 % more, -1000 for 10 % less
 */
export function changedBy(minor: number | null, changeBasisPoints: number): number | null {
  if (minor === null) return null;
  const changed = divideHalfEven(
    BigInt(Math.max(0, minor)) * BigInt(WHOLE + changeBasisPoints),
    BigInt(WHOLE),
  );
  return Math.min(changed, INPUT_MINOR_MAX);
}

type Version = {
  readonly fiscalYear: Month;
  /** When it was approved; null of a draft. */
  readonly approvedAt: string | null;
  readonly createdAt: string;
};

/**
 * The version that counts for a month: of those whose year the month lies in, the one approved last, else the newest
 * draft; of two of the same moment, the later in the list. Null where there is none.
 */
export function currentVersion<T extends Version>(month: Month, versions: readonly T[]): T | null {
  const ofYear = versions.filter(
    ({ fiscalYear }) => fiscalYear <= month && month < shiftMonth(fiscalYear, YEAR_MONTHS),
  );
  const approved = ofYear.filter(({ approvedAt }) => approvedAt !== null);
  const latest = (of: readonly T[], at: (version: T) => string) =>
    of.reduce<T | null>((best, one) => (best === null || at(one) >= at(best) ? one : best), null);
  return latest(approved, (one) => one.approvedAt ?? "") ?? latest(ofYear, (one) => one.createdAt);
}
