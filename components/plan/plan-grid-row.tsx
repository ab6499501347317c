"use client";

import { type KeyboardEvent, memo } from "react";

import { targetName } from "@/components/plan/plan-words";
import { Amount } from "@/components/ui/amount";
import { classNames } from "@/components/ui/class-names";
import { Row, RowHead } from "@/components/ui/table";
import type { GridRow } from "@/lib/budgets/schema";
import type { GridPlace } from "@/lib/domain/budget-grid";
import { YEAR_MONTHS, type YearAmounts, yearTotal } from "@/lib/domain/budget-plan";
import { money } from "@/lib/domain/money";
import { PURPOSE_NAMES } from "@/lib/domain/words";

export type Editing = { readonly place: GridPlace; readonly text: string; readonly problem: string | null };

/** What is being typed, and what becomes of it. */
export type RowEdit = {
  readonly editing: Editing;
  readonly onDraft: (text: string) => void;
  readonly onKey: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onLeave: () => void;
};

type PlanGridRowProps = {
  readonly row: GridRow;
  /** The line's first row, which names the line. */
  readonly first: boolean;
  readonly index: number;
  readonly currency: string;
  readonly amounts: YearAmounts;
  /** Columns of the row that are selected; `from` is -1 where none is. */
  readonly from: number;
  readonly to: number;
  /** The column that has the focus, else -1. */
  readonly active: number;
  /** Set while a cell of the row is typed into. */
  readonly edit: RowEdit | null;
};

const COLUMNS = Array.from({ length: YEAR_MONTHS + 1 }, (_, column) => column);
const ACCENTS = { developer_leverage: "leverage", product_running: "product" } as const;

/** One team or product of a line: twelve months and their sum. */
export const PlanGridRow = memo(function PlanGridRow(props: PlanGridRowProps) {
  const { row, first, index, currency, amounts, from, to, active, edit } = props;
  const year = yearTotal(amounts);
  return (
    <Row accent={ACCENTS[row.purpose]} ruled={first}>
      <RowHead pinned className="border-line border-b font-normal">
        <span className={first ? "block text-muted text-small" : "sr-only"}>
          {PURPOSE_NAMES[row.purpose]}
        </span>
        <span className="block">{targetName(row)}</span>
        {row.owner && <span className="block text-muted text-small">{row.owner.name}</span>}
      </RowHead>
      {COLUMNS.map((column) => {
        const minor = column === YEAR_MONTHS ? year : (amounts[column] ?? null);
        const isActive = active === column;
        const edited = edit?.editing.place.column === column ? edit : null;
        return (
          <td
            key={column}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell that is operated.
            role="gridcell"
            data-row={index}
            data-column={column}
            tabIndex={isActive && !edited ? 0 : -1}
            aria-selected={from !== -1 && from <= column && column <= to}
            aria-readonly={!row.mayChange || undefined}
            className={classNames(
              "relative h-9 min-w-16 scroll-ml-40 md:scroll-mr-26 cursor-cell whitespace-nowrap px-1 text-right tabular-nums -outline-offset-2 aria-selected:bg-sunken pointer-coarse:h-11",
              column === YEAR_MONTHS && "border-l bg-inherit font-medium md:sticky md:right-0 md:z-5",
            )}
          >
            {edited ? (
              <EditCell {...edited} name={targetName(row)} />
            ) : (
              minor !== null && <Amount value={money(minor, currency)} />
            )}
          </td>
        );
      })}
    </Row>
  );
});

function EditCell({ editing, onDraft, onKey, onLeave, name }: RowEdit & { readonly name: string }) {
  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      aria-label={`Amount, ${name}`}
      aria-invalid={editing.problem !== null}
      aria-describedby={editing.problem === null ? undefined : "plan-status"}
      // biome-ignore lint/a11y/noAutofocus: typing has begun in this cell.
      autoFocus
      value={editing.text}
      onChange={({ target }) => onDraft(target.value)}
      onKeyDown={onKey}
      onBlur={onLeave}
      className="absolute inset-0 w-full min-w-0 select-text bg-surface px-1.5 text-right text-ink tabular-nums outline-2 outline-focus -outline-offset-2 aria-invalid:outline-danger"
    />
  );
}
