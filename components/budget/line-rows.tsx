"use client";

import { useState } from "react";

import type { OpenCell } from "@/components/budget/budget-address";
import type { GroupRow } from "@/components/budget/budget-groups";
import { FigureCells } from "@/components/budget/figure-cells";
import { PlanRows } from "@/components/budget/plan-rows";
import { Button } from "@/components/ui/button";
import { Cell, Row, RowHead, RowToggle } from "@/components/ui/table";
import type { BudgetLine } from "@/lib/budget/schema";
import type { Purpose } from "@/lib/domain/facts";
import type { Month } from "@/lib/domain/month";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { Coverage } from "@/lib/ledger/schema";

type LineRowsProps = {
  readonly line: BudgetLine;
  readonly groups: readonly GroupRow[];
  readonly coverage: Coverage | undefined;
  readonly open: OpenCell | null;
  readonly onOpen: (cell: OpenCell) => void;
};

/** More rows than this wait behind a button, so that the page does not grow with people. */
const GROUPS_SHOWN = 12;

const ACCENTS = {
  developer_leverage: "leverage",
  product_running: "product",
  unclassified: "warning",
} as const satisfies Record<Purpose, string>;

/** A line and, unfolded, what it is made of. */
export function LineRows({ line, groups, coverage, open, onOpen }: LineRowsProps) {
  const { purpose } = line;
  const [unfolded, setUnfolded] = useState(purpose !== "unclassified");
  const [all, setAll] = useState(false);
  const name = PURPOSE_NAMES[purpose];
  const shown = all ? groups : groups.slice(0, GROUPS_SHOWN);
  const isOpen = (group: string) => open?.purpose === purpose && open.group === group;

  return (
    <>
      <Row ruled strong accent={ACCENTS[purpose]} selected={isOpen("all")}>
        <RowHead pinned level={0}>
          {groups.length > 0 ? (
            <RowToggle open={unfolded} onToggle={() => setUnfolded(!unfolded)}>
              {name}
            </RowToggle>
          ) : (
            name
          )}
        </RowHead>
        <FigureCells row={line} name={name} purpose={purpose} group="all" onOpen={onOpen} />
      </Row>
      <PlanRows row={line} name={name} level={1} />
      {unfolded &&
        shown.map((group) => (
          <Row key={group.id} selected={isOpen(group.id)}>
            <RowHead pinned level={1}>
              {group.name}
            </RowHead>
            <FigureCells
              row={group.line}
              name={`${name}, ${group.name}`}
              purpose={purpose}
              group={group.id}
              missing={missingMonths(coverage, group.id)}
              onOpen={onOpen}
            />
          </Row>
        ))}
      {unfolded && shown.length < groups.length && (
        <Row>
          <RowHead pinned level={1}>
            <Button variant="quiet" size="small" onClick={() => setAll(true)}>
              Show {groups.length - shown.length} more
            </Button>
          </RowHead>
          <Cell colSpan={line.months.length + 2} />
        </Row>
      )}
    </>
  );
}

function missingMonths(coverage: Coverage | undefined, providerId: string): ReadonlySet<Month> {
  const provider = coverage?.serviceProviders.find((one) => one.serviceProvider.id === providerId);
  return new Set(provider?.months.filter(({ state }) => state === "missing").map(({ month }) => month));
}
