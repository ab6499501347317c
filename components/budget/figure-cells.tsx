"use client";

import { BeforeCredits } from "@/components/budget/before-credits";
import type { OpenCell } from "@/components/budget/budget-address";
import { Amount, AmountAction, MissingAmount, NotApplicable } from "@/components/ui/amount";
import { useToday } from "@/components/ui/reader";
import { Cell } from "@/components/ui/table";
import type { BudgetFigures, BudgetRow } from "@/lib/budget/schema";
import { monthText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import { type Month, monthOf } from "@/lib/domain/month";

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

/** Whether the months reach beyond what is over, so that where they land is said beside what they came to. */
export const hasForecast = ({ months }: Pick<BudgetRow, "months">, running: Month): boolean =>
  (months.at(-1)?.month ?? "") >= running;

/** One row's amounts, each month's, their sum, and where they land; a month to come shows what is expected of it. */
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
  const running = monthOf(useToday());
  return (
    <>
      {row.months.map((figures) => (
        <Cell key={figures.month} figures>
          {figures.opening ? (
            <Amount value={figures.actual} />
          ) : figures.month > running && figures.forecast ? (
            <Amount value={figures.forecast} state="forecast" tone="muted" />
          ) : figures.actual.minor === 0 && missing?.has(figures.month) ? (
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
        <BeforeCredits cost={row.total.actual} before={row.total.beforeCredits} />
      </Cell>
      {hasForecast(row, running) && (
        <Cell figures>
          {row.total.forecast ? (
            <Amount value={row.total.forecast} state="forecast" tone="muted" />
          ) : (
            <NotApplicable />
          )}
          <BeforeCredits cost={row.total.forecast} before={row.total.forecastBeforeCredits} />
        </Cell>
      )}
    </>
  );
}
