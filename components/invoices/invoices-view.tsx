"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";

import { DutiesSheet } from "@/components/invoice-duties/duties-sheet";
import { RemindersStrip } from "@/components/invoice-duties/reminders-strip";
import { DraftsCard } from "@/components/invoices/drafts-card";
import { ExpectedCard } from "@/components/invoices/expected-card";
import { type Beginning, InvoiceFormSheet } from "@/components/invoices/invoice-form-sheet";
import { type InvoiceRights, InvoiceSheet } from "@/components/invoices/invoice-sheet";
import { InvoiceTable } from "@/components/invoices/invoice-table";
import { type Command, useRegisterCommands } from "@/components/shell/commands";
import { useKeepMonth, useMonth } from "@/components/shell/period";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { LoadMore } from "@/components/ui/load-more";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import type { Currency } from "@/lib/domain/currency";
import { monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import { expectedInvoicesQuery } from "@/lib/expected-invoices/queries";
import { invoiceDraftsQuery } from "@/lib/invoice-drafts/queries";
import { invoicesQuery } from "@/lib/invoices/queries";

type InvoicesViewProps = {
  readonly currentMonth: Month;
  readonly currency: Currency;
  readonly rights: InvoiceRights;
};

/** The month's round: what should come, what was begun, what is here. */
export function InvoicesView({ currentMonth, currency, rights }: InvoicesViewProps) {
  const month = useMonth(currentMonth);
  const keepMonth = useKeepMonth();
  const [invoiceId, openInvoice] = useAddressParam("invoice");
  const [draftId, openDraft] = useAddressParam("draft");
  const [text, setText] = useAddressParam("text");
  const [duties, openDuties] = useAddressParam("duties");
  const [begun, setBegun] = useState<Beginning | null>(null);
  const expected = useQuery(expectedInvoicesQuery(month));
  const drafts = useQuery({ ...invoiceDraftsQuery(month), enabled: rights.enter });
  const commands = useMemo(
    (): readonly Command[] =>
      rights.enter
        ? [{ id: "enter-invoice", label: "Enter invoice", group: "Invoices", href: "/invoices?invoice=new" }]
        : [],
    [rights.enter],
  );
  useRegisterCommands(commands);

  const draft = drafts.data?.find(({ id }) => id === draftId);
  const beginning: Beginning | null =
    begun ?? (draft ? { kind: "draft", draft } : invoiceId === "new" ? { kind: "blank" } : null);
  const close = () => {
    setBegun(null);
    openDraft(null);
    if (invoiceId === "new") openInvoice(null);
  };

  return (
    <div className="flex flex-col gap-3">
      <PageHeader
        title="Invoices"
        actions={
          <>
            <div className="w-56">
              <Input
                type="search"
                aria-label="Find an invoice"
                placeholder="Number, order or provider"
                value={text ?? ""}
                onChange={({ target }) => setText(target.value || null)}
              />
            </div>
            {rights.change && <Button onClick={() => openDuties("1")}>Who enters what</Button>}
            {rights.payments && <LinkButton href={keepMonth("/reconciliation")}>Reconcile</LinkButton>}
            {rights.enter && (
              <Button variant="primary" onClick={() => openInvoice("new")}>
                <Plus aria-hidden />
                Enter invoice
              </Button>
            )}
          </>
        }
      />
      <RemindersStrip />
      <ExpectedCard
        expected={expected.data?.data ?? []}
        month={month}
        mayEnter={rights.enter}
        onOpen={(one) =>
          one.draft ? openDraft(one.draft.id) : setBegun({ kind: "expected", expected: one })
        }
      />
      <DraftsCard drafts={drafts.data ?? []} onOpen={openDraft} />
      <InvoiceList month={month} text={text ?? ""} openId={invoiceId} onOpen={openInvoice} />
      {invoiceId !== null && invoiceId !== "new" && begun === null && (
        <InvoiceSheet
          key={invoiceId}
          id={invoiceId}
          rights={rights}
          currency={currency}
          onEdit={(invoice) => setBegun({ kind: "change", invoice })}
          onClose={() => openInvoice(null)}
        />
      )}
      {duties !== null && rights.change && <DutiesSheet onClose={() => openDuties(null)} />}
      {beginning && rights.enter && (
        <InvoiceFormSheet
          beginning={beginning}
          month={month}
          currency={currency}
          onDone={close}
          onClose={close}
        />
      )}
    </div>
  );
}

type InvoiceListProps = {
  readonly month: Month;
  readonly text: string;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
};

/** The month's invoices; a search looks through all months. */
function InvoiceList({ month, text, openId, onOpen }: InvoiceListProps) {
  const list = useInfiniteQuery(invoicesQuery({ month: text === "" ? month : null, text, state: null }));
  const invoices = list.data?.pages.flatMap(({ data }) => data) ?? [];
  if (list.isPending) return <Skeleton className="h-64" />;
  if (list.isError) {
    return (
      <ErrorState title="The invoices could not be read" onRetry={() => list.refetch()}>
        {list.error.message}
      </ErrorState>
    );
  }
  return (
    <Card flush label={text === "" ? `Invoices of ${monthText(month)}` : "Invoices found"}>
      {invoices.length === 0 ? (
        <EmptyState title={text === "" ? `No invoice for ${monthText(month)} yet` : "No invoice found"}>
          {text === ""
            ? "Invoices issued in the month, and those that charge for its days, stand here."
            : "Look for another number, purchase order or provider."}
        </EmptyState>
      ) : (
        <>
          <InvoiceTable invoices={invoices} openId={openId} onOpen={onOpen} />
          <LoadMore
            shown={invoices.length}
            noun="invoices"
            hasMore={list.hasNextPage}
            loading={list.isFetchingNextPage}
            onMore={() => list.fetchNextPage()}
          />
        </>
      )}
    </Card>
  );
}
