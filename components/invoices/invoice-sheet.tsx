"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { History } from "@/components/audit/history";
import { Attachments } from "@/components/invoices/attachments";
import { ChargeTable } from "@/components/invoices/charge-table";
import { Payments } from "@/components/invoices/payments";
import { VoidDialog } from "@/components/shell/void-dialog";
import { Amount } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import type { Currency } from "@/lib/domain/currency";
import { dateText, instantText } from "@/lib/domain/date-text";
import { invoiceQuery, invoiceVoidPath } from "@/lib/invoices/queries";
import type { Invoice } from "@/lib/invoices/schema";

export type InvoiceRights = {
  readonly change: boolean;
  readonly enter: boolean;
  /** What was paid: to be read, entered, or neither. */
  readonly payments: "read" | "write" | null;
};

type InvoiceSheetProps = {
  readonly id: string;
  readonly rights: InvoiceRights;
  /** Of the books, in which is entered what was paid. */
  readonly currency: Currency;
  readonly onEdit: (invoice: Invoice) => void;
  readonly onClose: () => void;
};

const TYPES = { invoice: "Invoice", credit_note: "Credit note", receipt: "Receipt" } as const;

/** An invoice as far as the reader may see it: its lines, what they count as, its files. */
export function InvoiceSheet({ id, rights, currency, onEdit, onClose }: InvoiceSheetProps) {
  const query = useQuery(invoiceQuery(id));
  const [voiding, setVoiding] = useState(false);
  const invoice = query.data;
  const mayChange = rights.change && invoice?.state === "posted";

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      width="wide"
      title={invoice ? `${TYPES[invoice.type]} ${invoice.number}` : "Invoice"}
      description={invoice && <Heading invoice={invoice} />}
      footer={
        mayChange && (
          <>
            <Button onClick={() => setVoiding(true)}>Void invoice</Button>
            <Button onClick={() => onEdit(invoice)}>Edit</Button>
          </>
        )
      }
    >
      {query.isPending && <Skeleton className="h-64" />}
      {query.isError && (
        <ErrorState title="This invoice could not be read" onRetry={() => query.refetch()}>
          {query.error.message}
        </ErrorState>
      )}
      {invoice && (
        <div className="flex flex-col gap-5">
          <Facts facts={factsOf(invoice)} />
          <ChargeTable invoice={invoice} />
          <Attachments invoiceId={id} mayAdd={rights.enter && invoice.state === "posted"} />
          {rights.payments && (
            <Payments invoice={invoice} currency={currency} mayWrite={rights.payments === "write"} />
          )}
          <History of="invoice" id={id} />
          <VoidDialog
            path={invoiceVoidPath(id)}
            version={invoice.version}
            title={`Void invoice ${invoice.number}?`}
            description="It no longer counts, and stays in the books to be read. Its number may be entered again."
            action="Void invoice"
            done={`Invoice ${invoice.number} was voided`}
            open={voiding}
            onOpenChange={setVoiding}
          />
        </div>
      )}
    </Sheet>
  );
}

function Heading({ invoice }: { readonly invoice: Invoice }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      {invoice.serviceProvider.name} ·{" "}
      <Amount value={invoice.billedCost} withCurrency className="font-bold text-ink" />
      {invoice.void && <Badge tone="danger">void</Badge>}
    </span>
  );
}

function factsOf(invoice: Invoice) {
  const { issueDate, dueDate, purchaseOrder, paidBy, note, createdAt } = invoice;
  return [
    { term: "Issued", value: dateText(issueDate) },
    ...(dueDate ? [{ term: "Due", value: dateText(dueDate) }] : []),
    ...(purchaseOrder ? [{ term: "Purchase order", value: purchaseOrder }] : []),
    ...(paidBy ? [{ term: "Paid by", value: <PaidBy paidBy={paidBy} /> }] : []),
    ...(note ? [{ term: "Note", value: note }] : []),
    ...(invoice.void
      ? [{ term: "Voided", value: `${instantText(invoice.void.at)}: ${invoice.void.reason}` }]
      : []),
    { term: "Entered", value: instantText(createdAt) },
  ];
}

function PaidBy({ paidBy }: { readonly paidBy: NonNullable<Invoice["paidBy"]> }) {
  return (
    <>
      {paidBy.member.name}
      {paidBy.reimbursed && (
        <>
          , paid back <Amount value={paidBy.reimbursed} withCurrency />
        </>
      )}
    </>
  );
}
