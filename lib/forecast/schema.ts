import { z } from "zod";

import type { Purpose } from "@/lib/domain/facts";
import type { ContractWords, MethodWords, Range } from "@/lib/domain/forecast-words";
import type { Money } from "@/lib/domain/money";
import { type Month, monthsBetween } from "@/lib/domain/month";
import { monthField, type Named } from "@/lib/fields/schema";

/** Ten years, as the budget is asked for. */
const MONTHS_MAX = 120;

export const forecastInput = z
  .strictObject({ from: monthField, to: monthField })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last month is before the first." })
  .refine(({ from, to }) => monthsBetween(from, to).length <= MONTHS_MAX, {
    path: ["to"],
    message: `Ask for at most ${MONTHS_MAX} months.`,
  });
export type ForecastInput = z.output<typeof forecastInput>;

/** Actual so far, and what is expected on top. Both come to the forecast; null beyond the months that are forecast. */
export type ForecastFigures = {
  readonly actual: Money;
  readonly expected: Money | null;
  readonly forecast: Money | null;
  /** Forecast, and what credit given to us paid for or will cover, which is no cost. */
  readonly forecastBeforeCredits: Money | null;
  /** The interval that holds the outcome four times in five; null where a part of it cannot be told. */
  readonly range: Range | null;
};

export type ForecastMonth = ForecastFigures & { readonly month: Month };

/** How the metered use of an account is forecast. */
export type AccountForecast = MethodWords & {
  /** Null: of what nobody has matched to an account, or of a contract beyond its seats. */
  readonly account: Named | null;
  readonly currency: string;
  /** What the running month comes to, in the account's own currency; null to who sees a part only. */
  readonly month: Money | null;
  readonly text: string;
};

export type ForecastContract = {
  readonly kind: "subscription" | "api_account" | "other";
  /** Null: on no contract. */
  readonly contract: Named | null;
  readonly serviceProvider: Named;
  readonly months: readonly ForecastMonth[];
  readonly total: ForecastFigures;
  readonly accounts: readonly AccountForecast[];
  /** What a seat contract's forecast follows from; null of metered ones. */
  readonly seats: ContractWords | null;
  readonly text: string;
};

/** The running month of an account, with all below it, beside its provider's limit. */
export type SpendLimitForecast = {
  readonly account: Named;
  readonly serviceProvider: Named;
  readonly month: Month;
  readonly limit: Money;
  readonly forecast: Money;
  readonly left: Money;
  readonly reachedOn: string | null;
  readonly text: string;
};

/** The most that a provider can bill for the running month, in one of its currencies. */
export type MaximumBill = {
  readonly serviceProvider: Named;
  readonly month: Month;
  readonly currency: string;
  readonly committed: Money;
  readonly spendLimits: Money;
  /** Null: something metered has no limit. */
  readonly maximum: Money | null;
  readonly unlimited: readonly Named[];
  readonly text: string;
};

export type Forecast = {
  readonly from: Month;
  readonly to: Month;
  readonly currency: string;
  readonly today: string;
  /** The last month that is forecast. */
  readonly until: Month;
  readonly total: { readonly months: readonly ForecastMonth[]; readonly total: ForecastFigures };
  /** Where the running fiscal year lands. */
  readonly fiscalYear: {
    readonly from: Month;
    readonly to: Month;
    readonly lines: readonly (ForecastFigures & { readonly purpose: Purpose })[];
    readonly total: ForecastFigures;
    readonly text: string;
  };
  readonly contracts: readonly ForecastContract[];
  readonly spendLimits: readonly SpendLimitForecast[];
  readonly maximumBills: readonly MaximumBill[];
};
