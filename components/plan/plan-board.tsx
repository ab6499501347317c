"use client";

import { useMemo, useRef, useState } from "react";
import { usePlanEdits } from "@/components/plan/plan-edits";
import { PlanGrid } from "@/components/plan/plan-grid";
import { PlanReview } from "@/components/plan/plan-review";
import { shownRows } from "@/components/plan/plan-rows";
import { PlanToolbar } from "@/components/plan/plan-toolbar";
import { versionText } from "@/components/plan/plan-words";
import { useGridActs } from "@/components/plan/use-grid-acts";
import { useGridKeys } from "@/components/plan/use-grid-keys";
import { Card } from "@/components/ui/card";
import type { BudgetGrid } from "@/lib/budgets/schema";
import { YEAR_MONTHS } from "@/lib/domain/budget-plan";

/** A year's grid with what is done to it: typing, filling, looking at what changes, saving. */
export function PlanBoard({ grid }: { readonly grid: BudgetGrid }) {
  const { version, currency, months } = grid;
  const [all, setAll] = useState(false);
  const [reviewing, setReviewing] = useState(false);
  const [status, setStatus] = useState("");
  const rows = useMemo(() => shownRows(grid.rows, all), [grid.rows, all]);
  const edits = usePlanEdits(grid.rows);
  const shown = useMemo(
    () => rows.map((row) => edits.amounts[grid.rows.indexOf(row)] ?? []),
    [rows, edits.amounts, grid.rows],
  );
  const table = useRef<HTMLTableElement>(null);
  const acts = useGridActs({
    grid,
    rows,
    amounts: shown,
    edits,
    say: setStatus,
    review: () => setReviewing(true),
  });
  const keys = useGridKeys(table, { rows: rows.length, columns: YEAR_MONTHS + 1 }, acts);
  const frozen = version.approvedAt !== null;

  return (
    <>
      <PlanToolbar
        grid={grid}
        rows={rows}
        keys={keys}
        acts={acts}
        edits={edits}
        hidden={grid.rows.length - rows.length}
        all={all}
        onAll={setAll}
        onReview={() => setReviewing(true)}
      />
      <Card flush label={`Budget ${versionText(version)}`}>
        <PlanGrid
          label={`Budget ${versionText(version)}, in ${currency}`}
          currency={currency}
          months={months}
          rows={rows}
          amounts={shown}
          keys={keys}
          table={table}
        />
      </Card>
      <p id="plan-status" role="status" className="min-h-5 pt-2 text-muted">
        {keys.editing?.problem ??
          (status ||
            hintOf(
              frozen,
              rows.some(({ mayChange }) => mayChange),
            ))}
      </p>
      {reviewing && (
        <PlanReview
          grid={grid}
          rows={edits.changes}
          onClose={() => setReviewing(false)}
          onSaved={() => {
            edits.discard();
            setStatus("");
            setReviewing(false);
          }}
        />
      )}
    </>
  );
}

function hintOf(frozen: boolean, mayChange: boolean): string {
  if (frozen)
    return "Nothing of an approved budget changes. Plan in a new version, or take the approval back.";
  if (!mayChange) return "You may read this plan.";
  return "Type or paste amounts. An amount in the year's column is spread over its months.";
}
