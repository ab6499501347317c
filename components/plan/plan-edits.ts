"use client";

import { useCallback, useEffect, useMemo, useState } from "react";

import { type GridChange, type GridRow, targetText } from "@/lib/budgets/schema";
import type { CellChange, GridAmounts } from "@/lib/domain/budget-grid";

/** Cells that were changed and not saved, by row and column. */
type Edits = ReadonlyMap<string, number | null>;

const UNDO_MAX = 100;
const NONE: Edits = new Map();

export const keyOf = ({ team, product, purpose }: GridRow) => ({
  teamId: team?.id ?? null,
  productId: product?.id ?? null,
  purpose,
});
const rowKey = (row: GridRow): string => targetText(keyOf(row));

/**
 * What was typed over the saved grid. Kept apart by cell, so that it outlasts a colleague's save: the cells that were
 * not touched are then theirs.
 */
export function usePlanEdits(rows: readonly GridRow[]) {
  const [history, setHistory] = useState<readonly Edits[]>([NONE]);
  const edits = history.at(-1) ?? NONE;
  const amounts: GridAmounts = useMemo(
    () =>
      rows.map((row) => {
        const key = rowKey(row);
        return row.amountsMinor.map(
          (minor, column) => edits.get(`${key} ${column}`) ?? blank(edits, key, column, minor),
        );
      }),
    [rows, edits],
  );
  const changedRows = useMemo(
    () =>
      rows.filter((row, index) =>
        row.amountsMinor.some((minor, column) => minor !== amounts[index]?.[column]),
      ),
    [rows, amounts],
  );
  const dirty = changedRows.length > 0;

  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);

  /** @returns how many of the cells may not be changed */
  const apply = useCallback(
    (changes: readonly CellChange[]): number => {
      const allowed = changes.filter(({ row }) => rows[row]?.mayChange);
      if (allowed.length > 0) {
        setHistory((before) => {
          const next = new Map(before.at(-1));
          for (const { row, column, amountMinor } of allowed) {
            const target = rows[row];
            if (target) next.set(`${rowKey(target)} ${column}`, amountMinor);
          }
          return [...before, next].slice(-UNDO_MAX);
        });
      }
      return changes.length - allowed.length;
    },
    [rows],
  );

  return {
    amounts,
    dirty,
    changes: changedRows.map((row): GridChange["rows"][number] => ({
      ...keyOf(row),
      amountsMinor: [...(amounts[rows.indexOf(row)] ?? [])],
    })),
    apply,
    canUndo: history.length > 1,
    undo: () => setHistory((before) => (before.length > 1 ? before.slice(0, -1) : before)),
    discard: () => setHistory([NONE]),
  };
}
export type PlanEdits = ReturnType<typeof usePlanEdits>;

/** A cell that was emptied is in the edits as null, and one that was not touched is not in them. */
const blank = (edits: Edits, key: string, column: number, saved: number | null): number | null =>
  edits.has(`${key} ${column}`) ? null : saved;
