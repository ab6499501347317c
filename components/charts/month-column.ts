import type { Month } from "@/lib/domain/month";

/** One part of a month's bar, in minor units. */
export type ChartAmount = { readonly billed: number; readonly estimated: number };

/** One month of the chart: what it cost by line, what it is expected to, and what was planned. Minor units. */
export type MonthColumn = {
  readonly month: Month;
  readonly leverage: ChartAmount;
  readonly product: ChartAmount;
  readonly unclassified: ChartAmount;
  /** Outlined on top of what is there. */
  readonly forecast?: { readonly leverage: number; readonly product: number };
  /** The budget of both lines together; none draws no line. */
  readonly budget?: number;
};
