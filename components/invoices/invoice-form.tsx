"use client";

import Link from "next/link";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { formPathOf } from "@/components/invoices/form-path";
import { HeaderFields } from "@/components/invoices/header-fields";
import { InvoiceLines } from "@/components/invoices/invoice-lines";
import { type InvoiceValues, toBody } from "@/components/invoices/invoice-values";
import { targetOptions } from "@/components/invoices/targets";
import type { InvoiceChoices } from "@/components/invoices/use-choices";
import { type DraftPlace, type DraftState, useDraft } from "@/components/invoices/use-draft";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { ApiError, sendJson } from "@/lib/http/fetch";
import type { InvoiceDraft } from "@/lib/invoice-drafts/schema";
import { INVOICES_PATH, invoicePath } from "@/lib/invoices/queries";
import type { Invoice } from "@/lib/invoices/schema";

type InvoiceFormProps = {
  readonly initial: InvoiceValues;
  readonly choices: InvoiceChoices;
  readonly place: DraftPlace;
  readonly draft: InvoiceDraft | null;
  /** The invoice that is changed; absent for one that is entered. */
  readonly invoice?: Invoice;
  /** Tells whether closing would lose something; an entered draft is kept by the server. */
  readonly onDirty?: (dirty: boolean) => void;
  readonly onDone: (invoice: Invoice) => void;
};

/** Enters an invoice, or changes one. Ctrl or Cmd with Enter saves; what is typed is kept meanwhile. */
export function InvoiceForm({ initial, choices, place, draft, invoice, onDirty, onDone }: InvoiceFormProps) {
  const toast = useToast();
  const form = useForm<InvoiceValues>({ defaultValues: initial });
  const kept = useDraft(form, { place, existing: draft, off: invoice !== undefined });
  const { isDirty } = form.formState;
  useEffect(() => onDirty?.(isDirty), [onDirty, isDirty]);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const save = useSave(
    async (values: InvoiceValues) => {
      const body = toBody(values);
      if (invoice) {
        return await sendJson<Invoice>(invoicePath(invoice.id), {
          method: "PATCH",
          version: invoice.version,
          body,
        });
      }
      const draftId = await kept.settle();
      return await sendJson<Invoice>(INVOICES_PATH, {
        method: "POST",
        body: { ...body, ...(draftId !== undefined && { draftId }) },
        idempotencyKey: crypto.randomUUID(),
      });
    },
    { invalidates: MONEY_KEYS },
  );

  const submit = form.handleSubmit(async (values) => {
    setRefusal(null);
    try {
      const saved = await save.mutateAsync(values);
      toast({ title: `Invoice ${saved.number} was ${invoice ? "changed" : "entered"}` });
      onDone(saved);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setRefusal(error);
      kept.resume();
      Object.entries(error.problem.fields ?? {}).forEach(([path, message], index) => {
        form.setError(formPathOf(path) as keyof InvoiceValues, { message }, { shouldFocus: index === 0 });
      });
    }
  });

  return (
    <Form onSubmit={submit} onKeyDown={keepOpen} className="flex flex-col gap-4">
      <HeaderFields form={form} providers={choices.providers} members={choices.members} />
      <InvoiceLines
        form={form}
        tax={choices.providers.find(({ id }) => id === form.watch("serviceProviderId"))?.tax ?? null}
        members={choices.members}
        targets={targetOptions(choices.subscriptions, choices.accounts, form.watch("serviceProviderId"))}
      />
      {refusal && <RefusalBanner refusal={refusal} />}
      <div className="flex flex-wrap items-center justify-end gap-3">
        <p role="status" className="text-muted text-small">
          {invoice ? "" : DRAFT_TEXT[kept.state]}
        </p>
        <Button type="submit" variant="primary" busy={save.isPending}>
          {invoice ? "Save invoice" : "Enter invoice"}
        </Button>
      </div>
    </Form>
  );
}

/** Enter alone never sends the invoice: people press it to get to the next line. */
function keepOpen(event: KeyboardEvent): void {
  const inField = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
  if (event.key === "Enter" && inField && !event.ctrlKey && !event.metaKey) event.preventDefault();
}

const DRAFT_TEXT: Readonly<Record<DraftState, string>> = {
  untouched: "",
  saving: "Keeping the draft …",
  saved: "Draft kept",
  stale: "A colleague changed this draft meanwhile. Close it and open theirs.",
  failed: "The draft could not be kept just now.",
};

function RefusalBanner({ refusal }: { readonly refusal: ApiError }) {
  const { code, detail, conflictingId } = refusal.problem;
  const style = "rounded-sm text-link underline underline-offset-4";
  return (
    <Banner tone="danger" title={detail} live>
      {code === "invoice_duplicate" && conflictingId && (
        <Link href={`/invoices?invoice=${conflictingId}`} className={style}>
          Open the one that is there
        </Link>
      )}
      {code === "rate_missing" && (
        <Link href="/settings/exchange-rates" className={style}>
          Enter the rate
        </Link>
      )}
    </Banner>
  );
}
