"use client";

import { ExpectedRow } from "@/components/invoices/expected-row";
import { Card } from "@/components/ui/card";
import { Column, Table, TableHead } from "@/components/ui/table";
import { monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import type { ExpectedInvoice } from "@/lib/expected-invoices/schema";

type ExpectedCardProps = {
  readonly expected: readonly ExpectedInvoice[];
  readonly month: Month;
  readonly mayEnter: boolean;
  readonly onOpen: (expected: ExpectedInvoice) => void;
};

/** The invoices that should come: check, type the number, Enter. */
export function ExpectedCard({ expected, month, mayEnter, onOpen }: ExpectedCardProps) {
  if (expected.length === 0) return null;
  return (
    <Card flush labelledBy="expected">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 pt-3 pb-1">
        <h2 id="expected" className="font-bold">
          Expected for {monthText(month)}
        </h2>
        <p className="text-muted">
          {expected.length} {expected.length === 1 ? "invoice is" : "invoices are"} not here yet
        </p>
      </div>
      <Table caption={`Invoices expected for ${monthText(month)}`} divided>
        <TableHead>
          <tr>
            <Column pinned>Contract</Column>
            <Column className="max-sm:hidden">Lines</Column>
            <Column figures>Amount</Column>
            <Column>{mayEnter ? "Invoice number, then Enter" : ""}</Column>
          </tr>
        </TableHead>
        <tbody>
          {expected.map((one) => (
            <ExpectedRow
              key={`${one.contract.id} ${one.currency}`}
              expected={one}
              mayEnter={mayEnter}
              onOpen={() => onOpen(one)}
            />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
