"use client";

import { Amount, AmountAction } from "@/components/ui/amount";
import { Cell, Column, Row, RowHead, Table, TableFoot, TableHead } from "@/components/ui/table";
import type { ChangeRow, LineChange } from "@/lib/changes/schema";
import { monthText } from "@/lib/domain/date-text";
import { money, sumMinor } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import { PURPOSE_NAMES } from "@/lib/domain/words";

type ChangesTableProps = {
  readonly line: LineChange;
  readonly month: Month;
  readonly earlier: Month;
  readonly onOpen: (row: ChangeRow, month: Month) => void;
};

/** What changed, the largest first, each with its reasons; they sum to the difference of the line. */
export function ChangesTable({ line, month, earlier, onOpen }: ChangesTableProps) {
  const { currency } = line.difference;
  const unchanged = line.after.minor - sumMinor(line.rows.map(({ after }) => after.minor));
  return (
    <div className="-mx-5">
      <Table caption={`What changed in ${PURPOSE_NAMES[line.purpose].toLowerCase()}, in ${currency}`} divided>
        <TableHead>
          <tr>
            <Column>What ({currency})</Column>
            <Column figures>{monthText(earlier)}</Column>
            <Column figures>{monthText(month)}</Column>
            <Column figures>Difference</Column>
          </tr>
        </TableHead>
        <tbody>
          {line.rows.map((row, index) => {
            const contract = row.apiAccount ?? row.subscription;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a thing has no id of its own, and the rows are never sorted anew.
              <Row key={index}>
                <RowHead>
                  <bdi className="font-medium">{row.name}</bdi>
                  {row.product && contract && (
                    <bdi className="ml-2 font-normal text-muted text-small">{contract.name}</bdi>
                  )}
                  <ul className="mt-0.5 flex flex-col gap-0.5 font-normal text-muted text-small">
                    {row.effects.map(({ kind, amount, text }) => (
                      <li key={kind} className="flex justify-between gap-4">
                        <span>{text}</span>
                        {row.effects.length > 1 && <Amount value={amount} withSign />}
                      </li>
                    ))}
                  </ul>
                </RowHead>
                <Cell figures className="align-top">
                  <AmountAction
                    value={row.before}
                    describes={`entries of ${row.name}, ${monthText(earlier)}`}
                    onClick={() => onOpen(row, earlier)}
                  />
                </Cell>
                <Cell figures className="align-top">
                  <AmountAction
                    value={row.after}
                    describes={`entries of ${row.name}, ${monthText(month)}`}
                    onClick={() => onOpen(row, month)}
                  />
                </Cell>
                <Cell figures className="align-top">
                  <Amount value={row.difference} withSign />
                </Cell>
              </Row>
            );
          })}
          {(unchanged !== 0 || line.rows.length === 0) && (
            <Row>
              <RowHead className="font-normal text-muted">What did not change</RowHead>
              <Cell figures>
                <Amount value={money(unchanged, currency)} />
              </Cell>
              <Cell figures>
                <Amount value={money(unchanged, currency)} />
              </Cell>
              <Cell figures>
                <Amount value={money(0, currency)} />
              </Cell>
            </Row>
          )}
        </tbody>
        <TableFoot>
          <Row>
            <RowHead>All of the line</RowHead>
            <Cell figures>
              <Amount value={line.before} />
            </Cell>
            <Cell figures>
              <Amount value={line.after} />
            </Cell>
            <Cell figures>
              <Amount value={line.difference} withSign />
            </Cell>
          </Row>
        </TableFoot>
      </Table>
    </div>
  );
}
