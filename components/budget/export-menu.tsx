"use client";

import { Download, Printer } from "lucide-react";
import { useMemo } from "react";

import { type Command, useRegisterCommands } from "@/components/shell/commands";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import type { BudgetGrouping } from "@/lib/budget/schema";
import { monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import type { Basis } from "@/lib/ledger/schema";

type ExportMenuProps = {
  readonly month: Month;
  readonly from: Month;
  readonly to: Month;
  /** What the months together are called. */
  readonly period: string;
  readonly basis: Basis;
  /** What the rows may be: no teams while there is one, and so on. */
  readonly groupings: readonly BudgetGrouping[];
};

/** The budget report as a file or on paper, for the months that the page shows. */
export function ExportMenu({ month, from, to, period, basis, groupings }: ExportMenuProps) {
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "export-report",
        label: "Export report (CSV)",
        group: "Budget",
        keywords: ["download", "csv", "spreadsheet"],
        run: () => download({ from, to, basis }),
      },
    ],
    [from, to, basis],
  );
  useRegisterCommands(commands);

  return (
    <DropdownMenu
      trigger={
        <Button variant="primary">
          <Download aria-hidden />
          Export report
        </Button>
      }
    >
      <MenuLabel>CSV, {basis} basis</MenuLabel>
      <MenuItem onSelect={() => download({ from: month, to: month, basis })}>{monthText(month)}</MenuItem>
      <MenuItem onSelect={() => download({ from, to, basis })}>{period}</MenuItem>
      <MenuItem onSelect={() => download({ from, to, basis, decimal: "comma" })} hint="1234,50">
        {period}, decimal comma
      </MenuItem>
      <MenuLabel>CSV, budget beside actual and forecast</MenuLabel>
      <MenuItem onSelect={() => download({ from, to }, "plan")}>{period}, by line</MenuItem>
      {(["team", "product"] as const)
        .filter((groupBy) => groupings.includes(groupBy))
        .map((groupBy) => (
          <MenuItem key={groupBy} onSelect={() => download({ from, to, groupBy }, "plan")}>
            {period}, by {groupBy}
          </MenuItem>
        ))}
      <MenuSeparator />
      <MenuItem icon={<Printer aria-hidden />} onSelect={() => window.print()}>
        Print this page
      </MenuItem>
    </DropdownMenu>
  );
}

function download(question: Readonly<Record<string, string>>, report: "budget" | "plan" = "budget"): void {
  // The answer is an attachment, so the page stays.
  window.location.assign(`/api/v1/reports/${report}.csv?${new URLSearchParams(question)}`);
}
