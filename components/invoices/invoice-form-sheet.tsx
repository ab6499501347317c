"use client";

import { useMemo, useState } from "react";

import { InvoiceForm } from "@/components/invoices/invoice-form";
import {
  blankInvoice,
  fromDraft,
  fromExpected,
  fromInvoice,
  type InvoiceValues,
} from "@/components/invoices/invoice-values";
import { useChoices } from "@/components/invoices/use-choices";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import type { Currency } from "@/lib/domain/currency";
import type { Month } from "@/lib/domain/month";
import type { ExpectedInvoice } from "@/lib/expected-invoices/schema";
import type { InvoiceDraft } from "@/lib/invoice-drafts/schema";
import type { Invoice } from "@/lib/invoices/schema";

/** What the form begins with. */
export type Beginning =
  | { readonly kind: "blank" }
  | { readonly kind: "expected"; readonly expected: ExpectedInvoice }
  | { readonly kind: "draft"; readonly draft: InvoiceDraft }
  | { readonly kind: "change"; readonly invoice: Invoice };

type InvoiceFormSheetProps = {
  readonly beginning: Beginning;
  readonly month: Month;
  readonly currency: Currency;
  readonly onDone: (invoice: Invoice) => void;
  readonly onClose: () => void;
};

/** The form in its sheet. Closing it loses nothing while a draft is kept, so only a change of an invoice asks. */
export function InvoiceFormSheet({ beginning, month, currency, onDone, onClose }: InvoiceFormSheetProps) {
  const choices = useChoices();
  const [dirty, setDirty] = useState(false);
  const contract = beginning.kind === "expected" ? beginning.expected : null;
  const subscriptionId = contract?.kind === "subscription" ? contract.contract.id : null;
  const apiAccountId = contract?.kind === "api_account" ? contract.contract.id : null;
  const place = useMemo(
    () => ({ month, subscriptionId, apiAccountId }),
    [month, subscriptionId, apiAccountId],
  );

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={beginning.kind === "change" ? `Edit invoice ${beginning.invoice.number}` : "Enter invoice"}
      width="wide"
      dirty={dirty}
    >
      {choices ? (
        <InvoiceForm
          initial={valuesOf(beginning, currency)}
          choices={choices}
          place={place}
          draft={beginning.kind === "draft" ? beginning.draft : null}
          {...(beginning.kind === "change" && { invoice: beginning.invoice, onDirty: setDirty })}
          onDone={onDone}
        />
      ) : (
        <Skeleton className="h-64" />
      )}
    </Sheet>
  );
}

function valuesOf(beginning: Beginning, currency: Currency): InvoiceValues {
  if (beginning.kind === "expected") return fromExpected(beginning.expected);
  if (beginning.kind === "draft") return fromDraft(beginning.draft.content, currency);
  if (beginning.kind === "change") return fromInvoice(beginning.invoice);
  return blankInvoice(currency);
}
