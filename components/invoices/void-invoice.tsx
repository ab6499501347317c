"use client";

import { useState } from "react";

import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { invoiceVoidPath } from "@/lib/invoices/queries";
import type { Invoice } from "@/lib/invoices/schema";

type VoidInvoiceProps = {
  readonly invoice: Invoice;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
};

/** Takes an invoice out of the books, with a reason; it stays to be read. */
export function VoidInvoice({ invoice, open, onOpenChange }: VoidInvoiceProps) {
  const toast = useToast();
  const [reason, setReason] = useState("");
  const { id, version, number } = invoice;
  const save = useSave(
    () => sendJson<Invoice>(invoiceVoidPath(id), { method: "PUT", version, body: { reason } }),
    { invalidates: MONEY_KEYS },
  );
  const run = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        toast({ title: `Invoice ${number} was voided` });
        onOpenChange(false);
      },
    });

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Void invoice ${number}?`}
      description="It no longer counts, and stays in the books to be read. Its number may be entered again."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="danger" busy={save.isPending} onClick={run}>
            Void invoice
          </Button>
        </>
      }
    >
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <Field label="Reason" error={save.error?.message} required>
          <Input value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
        </Field>
      </Form>
    </Dialog>
  );
}
