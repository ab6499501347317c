"use client";

import { Amount } from "@/components/ui/amount";
import { classNames } from "@/components/ui/class-names";
import { Row, RowHead, TableFoot } from "@/components/ui/table";
import type { GridRow } from "@/lib/budgets/schema";
import type { GridAmounts } from "@/lib/domain/budget-grid";
import { YEAR_MONTHS } from "@/lib/domain/budget-plan";
import { money, sumMinor } from "@/lib/domain/money";

type PlanTotalsProps = {
  readonly rows: readonly GridRow[];
  readonly amounts: GridAmounts;
  readonly currency: string;
};

/** What both lines come to in each month and in the year, as it stands in the grid. */
export function PlanTotals({ rows, amounts, currency }: PlanTotalsProps) {
  const months = Array.from({ length: YEAR_MONTHS }, (_, column) =>
    sumMinor(rows.map((_row, index) => amounts[index]?.[column] ?? 0)),
  );
  return (
    <TableFoot>
      <Row strong>
        <RowHead pinned className="z-20">
          Total
        </RowHead>
        {[...months, sumMinor(months)].map((minor, column) => (
          <td
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
            key={column}
            className={classNames(
              "whitespace-nowrap px-1 py-2 font-medium text-right tabular-nums",
              column === YEAR_MONTHS && "border-l md:right-0 md:z-20",
            )}
          >
            <Amount value={money(minor, currency)} />
          </td>
        ))}
      </Row>
    </TableFoot>
  );
}
