"use client";

import { Undo2 } from "lucide-react";
import { useState } from "react";

import { FileSheet } from "@/components/plan/file-sheet";
import { LastYearDialog } from "@/components/plan/last-year-dialog";
import { OwnerSheet } from "@/components/plan/owner-sheet";
import type { PlanEdits } from "@/components/plan/plan-edits";
import type { BoardActs } from "@/components/plan/use-grid-acts";
import type { GridKeys } from "@/components/plan/use-grid-keys";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import { GRID_FILE_PATH } from "@/lib/budgets/queries";
import type { BudgetGrid, GridRow } from "@/lib/budgets/schema";

type PlanToolbarProps = {
  readonly grid: BudgetGrid;
  readonly rows: readonly GridRow[];
  readonly keys: GridKeys;
  readonly acts: BoardActs;
  readonly edits: PlanEdits;
  /** How many rows are not shown. */
  readonly hidden: number;
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
  readonly onReview: () => void;
};

/** What is done to the selected rows, and with the whole grid. */
export function PlanToolbar(props: PlanToolbarProps) {
  const { grid, rows, keys, acts, edits, hidden, all, onAll, onReview } = props;
  const [open, setOpen] = useState<"last-year" | "owner" | "file" | null>(null);
  const { selection } = keys;
  const row = rows[selection.focus.row];
  const mayChange = grid.rows.some((one) => one.mayChange);
  const file = `${GRID_FILE_PATH}?${new URLSearchParams({ versionId: grid.version.id })}`;

  return (
    <div data-print="hide" className="flex flex-wrap items-center gap-2 pb-3">
      {mayChange && (
        <>
          <DropdownMenu align="start" trigger={<Button>Fill</Button>}>
            <MenuLabel>Selected rows</MenuLabel>
            <MenuItem hint="Ctrl R" onSelect={() => acts.fillRight(selection)}>
              Fill right
            </MenuItem>
            <MenuItem onSelect={() => acts.spreadRows(selection, "equal")}>Spread the year equally</MenuItem>
            <MenuItem onSelect={() => acts.spreadRows(selection, "last_year")}>
              Spread it as last year
            </MenuItem>
            <MenuItem onSelect={() => setOpen("last-year")}>Copy last year’s cost…</MenuItem>
            <MenuSeparator />
            <MenuItem hint="Delete" onSelect={() => acts.clear(selection)}>
              Clear
            </MenuItem>
          </DropdownMenu>
          <Button onClick={acts.undo} disabled={!edits.canUndo}>
            <Undo2 aria-hidden />
            Undo
          </Button>
        </>
      )}
      {row && <Button onClick={() => setOpen("owner")}>Owner</Button>}
      <DropdownMenu align="start" trigger={<Button>CSV</Button>}>
        <MenuItem onSelect={() => window.location.assign(file)}>Download</MenuItem>
        {mayChange && (
          <MenuItem disabled={edits.dirty} onSelect={() => setOpen("file")}>
            Bring a file in…
          </MenuItem>
        )}
      </DropdownMenu>
      {(hidden > 0 || all) && (
        <Checkbox checked={all} onChange={({ target }) => onAll(target.checked)} label="All rows" />
      )}
      <span className="grow" />
      {edits.dirty && <Button onClick={edits.discard}>Discard</Button>}
      {mayChange && (
        <Button variant="primary" disabled={!edits.dirty} onClick={onReview}>
          Review and save
        </Button>
      )}
      {open === "last-year" && (
        <LastYearDialog
          onClose={() => setOpen(null)}
          onCopy={(change) => acts.copyLastYear(selection, change)}
        />
      )}
      {open === "owner" && row && <OwnerSheet row={row} onClose={() => setOpen(null)} />}
      {open === "file" && <FileSheet version={grid.version} onClose={() => setOpen(null)} />}
    </div>
  );
}
