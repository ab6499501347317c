"use client";

import type { OpenCell } from "@/components/budget/budget-address";
import { groupRows } from "@/components/budget/budget-groups";
import { FigureCells, hasForecast } from "@/components/budget/figure-cells";
import { LineRows } from "@/components/budget/line-rows";
import { PlanRows } from "@/components/budget/plan-rows";
import { AmountLegend } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { useToday } from "@/components/ui/reader";
import { Column, Row, RowHead, Table, TableFoot, TableHead } from "@/components/ui/table";
import type { Budget } from "@/lib/budget/schema";
import { monthShortText, monthText } from "@/lib/domain/date-text";
import { type Month, monthOf } from "@/lib/domain/month";
import type { Coverage } from "@/lib/ledger/schema";

type BudgetTableProps = {
  readonly budget: Budget;
  /** Says which provider's months are missing, where the rows are providers. */
  readonly coverage: Coverage | undefined;
  readonly month: Month;
  readonly open: OpenCell | null;
  readonly onOpen: (cell: OpenCell) => void;
};

/** What the lines are made of, month by month. Every amount opens its entries. */
export function BudgetTable({ budget, coverage, month, open, onOpen }: BudgetTableProps) {
  const { currency, basis, lines, total } = budget;
  const shownLines = lines.filter(
    ({ purpose, months }) =>
      purpose !== "unclassified" ||
      months.some(({ actual, forecast }) => actual.minor !== 0 || forecast?.minor),
  );

  const ahead = hasForecast(total, monthOf(useToday()));

  return (
    <Card flush label="Budget lines by month">
      <Table
        caption={`Budget lines by month in ${currency}, ${basis} basis`}
        startAtEnd
        className="[&_tbody_th]:pr-1 [&_td]:px-1 [&_thead_th]:px-1"
      >
        <TableHead>
          <tr>
            <Column pinned>
              {currency}, {basis}
            </Column>
            {total.months.map((column, index) => (
              <Column
                key={column.month}
                figures
                aria-label={`${monthText(column.month)}${column.opening ? ", opening total" : ""}`}
                className={column.month === month ? "text-ink" : undefined}
              >
                {monthShortText(column.month)}
                {(index === 0 || column.month.endsWith("-01")) && ` ${column.month.slice(0, 4)}`}
                {column.opening && <span className="block font-normal">opening total</span>}
              </Column>
            ))}
            <Column figures>{total.months.length} months</Column>
            {ahead && <Column figures>Lands at</Column>}
          </tr>
        </TableHead>
        <tbody>
          {shownLines.map((line) => (
            <LineRows
              key={line.purpose}
              line={line}
              groups={groupRows(budget, line.purpose)}
              coverage={budget.groupBy.join() === "service_provider" ? coverage : undefined}
              open={open}
              onOpen={onOpen}
            />
          ))}
          <PlanRows row={total} name="all lines" level={0} />
        </tbody>
        <TableFoot>
          <Row strong>
            <RowHead pinned>Total</RowHead>
            <FigureCells row={total} name="all lines" purpose="all" group="all" onOpen={onOpen} />
          </Row>
        </TableFoot>
      </Table>
      <div className="border-line border-t px-4 py-2">
        <AmountLegend missing={coverage !== undefined} forecast={ahead} />
      </div>
    </Card>
  );
}
