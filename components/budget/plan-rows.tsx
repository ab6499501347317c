"use client";

import type { ReactNode } from "react";

import { hasForecast } from "@/components/budget/figure-cells";
import { LeftText } from "@/components/budget/line-budget";
import { Amount, NotApplicable } from "@/components/ui/amount";
import { useToday } from "@/components/ui/reader";
import { Cell, Row, RowHead } from "@/components/ui/table";
import type { BudgetFigures, BudgetRow } from "@/lib/budget/schema";
import { monthOf } from "@/lib/domain/month";

type PlanRowsProps = {
  readonly row: BudgetRow;
  /** "Developer leverage", for readers who hear one row at a time. */
  readonly name: string;
  readonly level: 0 | 1;
};

/** Under a line: what was budgeted for its months, and what is left; no rows where nothing was. */
export function PlanRows({ row, name, level }: PlanRowsProps) {
  if (row.months.every(({ budgeted }) => budgeted === null)) return null;
  return (
    <>
      <PlanRow title="Budgeted" row={row} name={name} level={level}>
        {({ budgeted }) => budgeted && <Amount value={budgeted} tone="muted" />}
      </PlanRow>
      <PlanRow title="Left, or over" row={row} name={name} level={level}>
        {({ variance }) =>
          variance &&
          (variance.minor < 0 ? <LeftText value={variance} /> : <Amount value={variance} tone="muted" />)
        }
      </PlanRow>
    </>
  );
}

type PlanRowProps = PlanRowsProps & {
  readonly title: string;
  readonly children: (figures: BudgetFigures) => ReactNode;
};

function PlanRow({ title, row, name, level, children }: PlanRowProps) {
  return (
    <Row className="font-normal text-small">
      <RowHead pinned level={level} className="font-normal text-muted">
        {title}
        <span className={level === 0 ? undefined : "sr-only"}>, {name}</span>
      </RowHead>
      {row.months.map((figures) => (
        <Cell key={figures.month} figures className="pr-2">
          {children(figures) ?? <NotApplicable />}
        </Cell>
      ))}
      <Cell figures className="border-line border-l">
        {children(row.total) ?? <NotApplicable />}
      </Cell>
      {hasForecast(row, monthOf(useToday())) && <Cell />}
    </Row>
  );
}
