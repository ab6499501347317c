"use client";

import type { PlanEdits } from "@/components/plan/plan-edits";
import type { GridActs } from "@/components/plan/use-grid-keys";
import { useLocale } from "@/components/ui/reader";
import type { BudgetGrid, GridRow } from "@/lib/budgets/schema";
import {
  type CellChange,
  filledRight,
  type GridAmounts,
  type GridPlace,
  type GridSelection,
  placed,
  selected,
} from "@/lib/domain/budget-grid";
import { changedBy, spreadYear, YEAR_MONTHS, yearTotal } from "@/lib/domain/budget-plan";
import { money, toDecimal } from "@/lib/domain/money";
import { parseTypedAmount } from "@/lib/domain/typed-amount";

type Board = {
  readonly grid: BudgetGrid;
  readonly rows: readonly GridRow[];
  readonly amounts: GridAmounts;
  readonly edits: PlanEdits;
  /** Says what happened, under the grid and to who cannot see it. */
  readonly say: (text: string) => void;
  readonly review: () => void;
};

/** How the shape of a spread year is found. */
export type SpreadShape = "equal" | "last_year";

/** What is done to the amounts of the grid, in the words of the grid's rows and columns. */
export function useGridActs({ grid, rows, amounts, edits, say, review }: Board) {
  const locale = useLocale();
  const { currency } = grid;
  /** Rows of the grid as it is shown, in the order in which the edits know them. */
  const indexOf = (row: number) => grid.rows.indexOf(rows[row] as GridRow);
  const apply = (changes: readonly CellChange[], done = "") => {
    const refused = edits.apply(changes.map((change) => ({ ...change, row: indexOf(change.row) })));
    say(refused > 0 ? `${refused} cells stay: ${whyNot}` : done);
  };
  const whyNot =
    grid.version.approvedAt === null
      ? "they are planned by somebody else."
      : "this budget is approved and frozen.";

  const read = (text: string): { minor: number | null } | { problem: string } => {
    if (text.trim() === "" || text.trim() === "·") return { minor: null };
    const typed = parseTypedAmount(text, currency, locale);
    if (!("value" in typed)) return { problem: typed.reason };
    return typed.value.minor < 0 ? { problem: "A budget is not negative." } : { minor: typed.value.minor };
  };
  /** What a cell that was typed into makes of its row: a year's amount is spread over its months. */
  const typedInto = ({ row, column }: GridPlace, minor: number | null): CellChange[] => {
    if (column < YEAR_MONTHS) return [{ row, column, amountMinor: minor }];
    return spread(row, minor, amounts[row]);
  };
  const spread = (row: number, minor: number | null, shape?: readonly (number | null)[]): CellChange[] => {
    const parts = minor === null ? Array<null>(YEAR_MONTHS).fill(null) : spreadYear(minor, shape);
    return parts.map((amountMinor, column) => ({ row, column, amountMinor }));
  };
  const rowsOf = (selection: GridSelection) => [...new Set(selected(selection).map(({ row }) => row))];
  const inMonths = (changes: readonly CellChange[]) => changes.filter(({ column }) => column < YEAR_MONTHS);

  const acts: GridActs = {
    textOf: ({ row, column }) => {
      const own = amounts[row] ?? [];
      const minor = column === YEAR_MONTHS ? yearTotal(own) : (own[column] ?? null);
      return minor === null ? "" : toDecimal(money(minor, currency));
    },
    mayEdit: ({ row }) => {
      const may = rows[row]?.mayChange ?? false;
      if (!may) say(`This cell stays: ${whyNot}`);
      return may;
    },
    enter: (place, text) => {
      const typed = read(text);
      if ("problem" in typed) return typed.problem;
      if (acts.textOf(place) !== text) apply(typedInto(place, typed.minor));
      return null;
    },
    pasteBlock: (block, selection) => {
      const columns = selection.focus.column === YEAR_MONTHS ? YEAR_MONTHS + 1 : YEAR_MONTHS;
      const { cells, outside } = placed(block, selection, { rows: rows.length, columns });
      const readings = cells.map((cell) => ({ ...cell, typed: read(cell.text) }));
      const wrong = readings.filter(({ typed }) => "problem" in typed);
      apply(
        readings.flatMap(({ row, column, typed }) =>
          "minor" in typed ? typedInto({ row, column }, typed.minor) : [],
        ),
        pastedText(cells.length - wrong.length, wrong[0]?.text, wrong.length, outside),
      );
    },
    clear: (selection) => {
      const places = selected(selection);
      apply(places.flatMap((place) => typedInto(place, null)));
    },
    fillRight: (selection) => apply(inMonths(filledRight(amounts, selection)), "Filled right."),
    undo: () => {
      edits.undo();
      say(edits.canUndo ? "The last change was taken back." : "There is nothing to take back.");
    },
    review: () => edits.dirty && review(),
  };
  return {
    ...acts,
    spreadRows: (selection: GridSelection, shape: SpreadShape) =>
      apply(
        rowsOf(selection).flatMap((row) =>
          spread(
            row,
            yearTotal(amounts[row] ?? []),
            shape === "equal" ? undefined : rows[row]?.lastYearMinor,
          ),
        ),
        shape === "equal" ? "Spread equally." : "Spread as last year's cost was.",
      ),
    copyLastYear: (selection: GridSelection, changeBasisPoints: number) =>
      apply(
        rowsOf(selection).flatMap((row) =>
          (rows[row]?.lastYearMinor ?? []).map((minor, column) => ({
            ...{ row, column },
            amountMinor: changedBy(minor, changeBasisPoints),
          })),
        ),
        "Last year's cost was copied.",
      ),
  };
}
export type BoardActs = ReturnType<typeof useGridActs>;

function pastedText(taken: number, wrong: string | undefined, wrongCount: number, outside: number): string {
  return [
    taken === 1 ? "1 cell was pasted." : `${taken} cells were pasted.`,
    ...(wrongCount > 0
      ? [`${wrongCount} could not be read and stay as they were, the first “${wrong}”.`]
      : []),
    ...(outside > 0 ? [`${outside} lay beyond the grid.`] : []),
  ].join(" ");
}
