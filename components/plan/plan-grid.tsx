"use client";

import { type MouseEvent, type RefObject, useRef } from "react";

import { PlanGridRow } from "@/components/plan/plan-grid-row";
import { PlanTotals } from "@/components/plan/plan-totals";
import { columnName } from "@/components/plan/plan-words";
import type { GridKeys } from "@/components/plan/use-grid-keys";
import { Column, TableHead } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import type { GridRow } from "@/lib/budgets/schema";
import { blockOf, type GridAmounts, type GridPlace } from "@/lib/domain/budget-grid";
import { monthShortText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

type PlanGridProps = {
  readonly label: string;
  readonly currency: string;
  readonly months: readonly Month[];
  readonly rows: readonly GridRow[];
  readonly amounts: GridAmounts;
  readonly keys: GridKeys;
  readonly table: RefObject<HTMLTableElement | null>;
};

/** The year as a grid that is typed into like a spreadsheet: one cell has the focus, the arrow keys move it. */
export function PlanGrid({ label, currency, months, rows, amounts, keys, table }: PlanGridProps) {
  const drawing = useRef(false);
  /** The pointer went down on the cell that had the focus. */
  const again = useRef(false);
  const { selection, editing } = keys;
  const block = blockOf(selection);

  const press = (event: MouseEvent) => {
    const place = placeOf(event);
    if (!place || event.button !== 0) return;
    if (editing && place.row === editing.place.row && place.column === editing.place.column) return;
    drawing.current = true;
    const { focus } = selection;
    again.current = place.row === focus.row && place.column === focus.column;
    keys.point(place, event.shiftKey);
    if (event.shiftKey) event.preventDefault();
  };

  return (
    <TableFrame label={label} scroll="frame" startAtEnd={false}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose cells are operated.
        role="grid"
        aria-label={label}
        aria-multiselectable
        className="w-full select-none border-separate border-spacing-0 [&_tbody_td]:border-line [&_tbody_td]:border-b [&_thead_th:not(:first-child)]:px-1"
        onMouseDown={press}
        onPointerMove={(event) => {
          const place = drawing.current && event.buttons === 1 ? placeOf(event) : null;
          if (place) keys.point(place, true);
        }}
        onMouseUp={() => {
          drawing.current = false;
        }}
        onDoubleClick={(event) => {
          const place = placeOf(event);
          if (place) keys.edit(place);
        }}
        onClick={(event) => {
          // A finger has no double click: the second tap on a cell begins typing.
          const touched = (event.nativeEvent as PointerEvent).pointerType === "touch";
          const place = touched && again.current ? placeOf(event) : null;
          if (place) keys.edit(place);
        }}
        onKeyDown={keys.press}
        onCopy={keys.copy}
        onPaste={keys.paste}
      >
        <TableHead>
          <tr>
            <Column pinned className="min-w-40">
              {currency}
            </Column>
            {months.map((month, index) => (
              <Column key={month} figures aria-label={columnName(months, index)}>
                {monthShortText(month)}
                {(index === 0 || month.endsWith("-01")) && ` ${month.slice(0, 4)}`}
              </Column>
            ))}
            <Column figures className="border-l md:right-0 md:z-20">
              Year
            </Column>
          </tr>
        </TableHead>
        <tbody>
          {rows.map((row, index) => (
            <PlanGridRow
              key={`${row.purpose} ${row.team?.id} ${row.product?.id}`}
              row={row}
              first={index === 0 || rows[index - 1]?.purpose !== row.purpose}
              index={index}
              currency={currency}
              amounts={amounts[index] ?? []}
              from={index >= block.top && index <= block.bottom ? block.left : -1}
              to={block.right}
              active={selection.focus.row === index ? selection.focus.column : -1}
              edit={
                editing?.place.row === index
                  ? { editing, onDraft: keys.draft, onKey: keys.pressEditing, onLeave: keys.leave }
                  : null
              }
            />
          ))}
        </tbody>
        <PlanTotals rows={rows} amounts={amounts} currency={currency} />
      </table>
    </TableFrame>
  );
}

/** The cell under the pointer. */
function placeOf({ target }: MouseEvent): GridPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  if (!cell) return null;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}
