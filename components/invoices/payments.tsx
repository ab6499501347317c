"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { PaymentForm } from "@/components/invoices/payment-form";
import { useSave } from "@/components/shell/use-save";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { dateText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import type { Invoice } from "@/lib/invoices/schema";
import { settlementsQuery, settlementVoidPath } from "@/lib/settlements/queries";
import type { Settlement } from "@/lib/settlements/schema";

type PaymentsProps = { readonly invoice: Invoice; readonly currency: string; readonly mayWrite: boolean };

/** What was really paid for an invoice, in the currency of the books. */
export function Payments({ invoice, currency, mayWrite }: PaymentsProps) {
  const query = useQuery(settlementsQuery(invoice.id));
  const [adding, setAdding] = useState(false);
  const payments = query.data ?? [];
  const mayAdd = mayWrite && invoice.state === "posted";
  return (
    <section aria-labelledby="payments" className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-2">
        <h3 id="payments" className="font-bold">
          Paid
        </h3>
        {mayAdd && !adding && (
          <Button size="small" onClick={() => setAdding(true)}>
            Enter a payment
          </Button>
        )}
      </div>
      {query.isPending && <Skeleton className="h-8" />}
      {query.isError && (
        <ErrorState title="What was paid could not be read" onRetry={() => query.refetch()}>
          {query.error.message}
        </ErrorState>
      )}
      {query.data && payments.length === 0 && !adding && <p className="text-muted">Nothing entered yet.</p>}
      {payments.length > 0 && <PaymentTable payments={payments} currency={currency} mayWrite={mayWrite} />}
      {mayAdd && adding && (
        <PaymentForm invoice={invoice} currency={currency} onDone={() => setAdding(false)} />
      )}
    </section>
  );
}

type PaymentTableProps = {
  readonly payments: readonly Settlement[];
  readonly currency: string;
  readonly mayWrite: boolean;
};

function PaymentTable({ payments, currency, mayWrite }: PaymentTableProps) {
  const toast = useToast();
  const takeBack = useSave(
    ({ id, version }: Settlement) =>
      sendJson<Settlement>(settlementVoidPath(id), {
        method: "PUT",
        version,
        body: { reason: "entered wrongly" },
      }),
    { invalidates: [["settlements"], ["reconciliation"], ["audit"]] },
  );
  return (
    <div className="overflow-clip rounded-lg border border-line">
      <Table caption={`Payments in ${currency}`} divided>
        <TableHead>
          <tr>
            <Column>Day</Column>
            <Column figures>Bank fee</Column>
            <Column figures>{currency}</Column>
            <Column>
              <span className="sr-only">Actions</span>
            </Column>
          </tr>
        </TableHead>
        <tbody>
          {payments.map((payment) => (
            <Row key={payment.id}>
              <RowHead className="font-normal">
                {dateText(payment.paidOn)}
                {payment.void && <span className="ml-2 text-muted text-small">taken back</span>}
                {payment.note && <span className="block text-muted text-small">{payment.note}</span>}
              </RowHead>
              <Cell figures>
                <Amount value={payment.bankFee} tone="muted" />
              </Cell>
              <Cell figures>
                <Amount value={payment.amount} {...(payment.void && { className: "line-through" })} />
              </Cell>
              <Cell className="text-right">
                {mayWrite && !payment.void && (
                  <Button
                    size="small"
                    aria-label={`Take back the payment of ${dateText(payment.paidOn)}`}
                    onClick={() =>
                      takeBack.mutate(payment, {
                        onError: (error) => toast({ title: error.message, tone: "danger" }),
                      })
                    }
                  >
                    Take back
                  </Button>
                )}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
