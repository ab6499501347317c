"use client";

import { Paperclip } from "lucide-react";

import { Amount } from "@/components/ui/amount";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { InvoiceSummary } from "@/lib/invoices/schema";

type InvoiceTableProps = {
  readonly invoices: readonly InvoiceSummary[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
};

const TONES: Readonly<Record<Purpose, BadgeTone>> = {
  developer_leverage: "leverage",
  product_running: "product",
  unclassified: "warning",
};

/** Invoices with what they count as. */
export function InvoiceTable({ invoices, openId, onOpen }: InvoiceTableProps) {
  return (
    <Table caption="Invoices" divided>
      <TableHead>
        <tr>
          <Column pinned>Number</Column>
          <Column>Provider</Column>
          <Column>Issued</Column>
          <Column>Counts as</Column>
          <Column>
            <span className="sr-only">Files</span>
          </Column>
          <Column figures>Billed</Column>
        </tr>
      </TableHead>
      <tbody>
        {invoices.map((invoice) => (
          <Row key={invoice.id} selected={invoice.id === openId}>
            <RowHead pinned className="font-normal">
              <button
                type="button"
                onClick={() => onOpen(invoice.id)}
                className={classNames(
                  "min-h-6 rounded-sm text-left hover:text-link hover:underline",
                  invoice.state === "void" && "line-through",
                )}
              >
                {invoice.number}
              </button>
              {invoice.state === "void" && <span className="ml-2 text-muted text-small">void</span>}
              {invoice.type === "credit_note" && (
                <span className="ml-2 text-muted text-small">credit note</span>
              )}
            </RowHead>
            <Cell>{invoice.serviceProvider.name}</Cell>
            <Cell className="whitespace-nowrap text-muted">{dateText(invoice.issueDate)}</Cell>
            <Cell>
              <span className="flex flex-wrap gap-1">
                {invoice.purposes.map((purpose) => (
                  <Badge key={purpose} tone={TONES[purpose]}>
                    {PURPOSE_NAMES[purpose]}
                  </Badge>
                ))}
              </span>
            </Cell>
            <Cell className="text-muted">
              {invoice.attachmentCount > 0 && (
                <span className="inline-flex items-center gap-1">
                  <Paperclip aria-hidden className="size-3.5" />
                  {invoice.attachmentCount}
                  <span className="sr-only"> {invoice.attachmentCount === 1 ? "file" : "files"}</span>
                </span>
              )}
            </Cell>
            <Cell figures>
              <Amount
                value={invoice.billedCost}
                withCurrency
                tone={invoice.state === "void" ? "muted" : "plain"}
                className={invoice.state === "void" ? "line-through" : ""}
              />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
