"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { FieldChange } from "@/lib/domain/audit-words";

/** More than anybody reads at once: an invoice has hundreds of lines. */
const ROWS_FIRST = 12;

/** The fields of a change, before and after. */
export function ChangesTable({ changes }: { readonly changes: readonly FieldChange[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.slice(0, ROWS_FIRST);
  return (
    <div className="overflow-clip rounded-lg border border-line">
      <Table caption="What changed" divided>
        <TableHead>
          <tr>
            <Column>Field</Column>
            <Column>Before</Column>
            <Column>After</Column>
          </tr>
        </TableHead>
        <tbody>
          {shown.map(({ field, before, after }) => (
            <Row key={field}>
              <RowHead className="font-normal text-muted">{field}</RowHead>
              <Cell className="break-words">{before ?? "·"}</Cell>
              <Cell className="break-words">{after ?? "·"}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {shown.length < changes.length && (
        <div data-print="hide" className="border-line border-t px-4 py-2">
          <Button size="small" onClick={() => setAll(true)}>
            Show all {changes.length} fields
          </Button>
        </div>
      )}
    </div>
  );
}
