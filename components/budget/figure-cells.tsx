"use client";

import type { OpenCell } from "@/components/budget/budget-address";
import { AmountAction, MissingAmount } from "@/components/ui/amount";
import { Cell } from "@/components/ui/table";
import type { BudgetFigures, BudgetRow } from "@/lib/budget/schema";
import { monthText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import type { Month } from "@/lib/domain/month";

type FigureCellsProps = {
  readonly row: BudgetRow;
  /** Whose entries an amount opens: "Developer leverage, Anthropic". */
  readonly name: string;
  readonly purpose: Purpose | "all";
  readonly group: string;
  /** Months in which an invoice is expected and neither it nor an estimate is there. */
  readonly missing?: ReadonlySet<Month>;
  readonly onOpen: (cell: OpenCell) => void;
};

/** One row's amounts, each month's and their sum. */
export function FigureCells({ row, name, purpose, group, missing, onOpen }: FigureCellsProps) {
  const amount = (figures: BudgetFigures, month: Month | "all") => (
    <AmountAction
      value={figures.actual}
      state={figures.estimated.minor === 0 ? "billed" : "estimated"}
      tone={purpose === "unclassified" && figures.actual.minor !== 0 ? "warning" : "plain"}
      describes={`entries of ${name}, ${month === "all" ? "all months" : monthText(month)}`}
      onClick={() => onOpen({ purpose, month, group })}
    />
  );
  return (
    <>
      {row.months.map((figures) => (
        <Cell key={figures.month} figures>
          {figures.actual.minor === 0 && missing?.has(figures.month) ? (
            <MissingAmount
              reason={`no invoice for ${monthText(figures.month)}`}
              href={`/invoices?month=${figures.month}`}
            />
          ) : (
            amount(figures, figures.month)
          )}
        </Cell>
      ))}
      <Cell figures className="border-line border-l">
        {amount(row.total, "all")}
      </Cell>
    </>
  );
}
