import { PURPOSES, type Purpose } from "./facts";
import { sumMinor } from "./money";
import type { Month } from "./month";

/** What is expected of a month of a line beyond its actual cost. */
export type ExpectedSum = {
  readonly month: Month;
  readonly purpose: Purpose;
  readonly expectedMinor: number;
  /** What credit given to us will cover beyond it. */
  readonly coveredMinor: number;
};

/** What is expected of each month and of all together, in minor units; null beyond the months that are forecast. */
export type ExpectedRow = { readonly months: readonly (number | null)[]; readonly total: number | null };

/** What is expected of the three lines and of all of them; nothing of a month that is over. */
export function expectedLines(
  sums: readonly ExpectedSum[],
  months: readonly Month[],
  until: Month,
  of: "expectedMinor" | "coveredMinor" = "expectedMinor",
): { readonly lines: Readonly<Record<Purpose, ExpectedRow>>; readonly total: ExpectedRow } {
  const rowOf = (purposes: readonly Purpose[]): ExpectedRow => {
    const byMonth = Map.groupBy(
      sums.filter(({ purpose }) => purposes.includes(purpose)),
      ({ month }) => month,
    );
    const own = months.map((month) =>
      month > until ? null : sumMinor((byMonth.get(month) ?? []).map((sum) => sum[of])),
    );
    const known = own.flatMap((minor) => minor ?? []);
    return { months: own, total: known.length === own.length ? sumMinor(known) : null };
  };
  return {
    lines: {
      developer_leverage: rowOf(["developer_leverage"]),
      product_running: rowOf(["product_running"]),
      unclassified: rowOf(["unclassified"]),
    },
    total: rowOf(PURPOSES),
  };
}

/** Where nothing can be told. */
export const nothingExpected = (months: readonly Month[]): ExpectedRow => ({
  months: months.map(() => null),
  total: null,
});
