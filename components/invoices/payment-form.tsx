"use client";

import { Controller, useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToday } from "@/components/ui/reader";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Money } from "@/lib/domain/money";
import { sendJson } from "@/lib/http/fetch";
import type { Invoice } from "@/lib/invoices/schema";
import { SETTLEMENTS_PATH } from "@/lib/settlements/queries";
import type { Settlement } from "@/lib/settlements/schema";

type Values = {
  readonly paidOn: CalendarDate | null;
  readonly amount: Money | null;
  readonly bankFee: Money | null;
  readonly note: string;
};

type PaymentFormProps = { readonly invoice: Invoice; readonly currency: string; readonly onDone: () => void };

/** One payment: what left the account, the bank's fee in it said apart. */
export function PaymentForm({ invoice, currency, onDone }: PaymentFormProps) {
  const asked = invoice.billedCost.currency === currency ? invoice.billedCost : null;
  const form = useForm<Values>({
    defaultValues: { paidOn: useToday(), amount: asked, bankFee: null, note: "" },
  });
  const { control } = form;
  const { errors } = form.formState;
  const save = useSave(
    (values: Values) =>
      sendJson<Settlement>(SETTLEMENTS_PATH, {
        method: "POST",
        idempotencyKey: crypto.randomUUID(),
        body: { invoiceId: invoice.id, ...values },
      }),
    { invalidates: [["settlements"], ["reconciliation"], ["audit"]] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      onDone();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["paidOn", "amount", "bankFee", "note"]);
    }
  });
  return (
    <Form onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <Field label="Paid on" error={errors.paidOn?.message} className="w-36">
          <Controller
            control={control}
            name="paidOn"
            rules={{ required: "Type a day." }}
            render={({ field }) => <DateInput {...field} />}
          />
        </Field>
        <Field label={`Paid in ${currency}`} error={errors.amount?.message} className="w-36">
          <Controller
            control={control}
            name="amount"
            rules={{ required: "Type an amount." }}
            render={({ field }) => <AmountInput {...field} currency={currency} />}
          />
        </Field>
        <Field label="Bank fee in it" optional error={errors.bankFee?.message} className="w-36">
          <Controller
            control={control}
            name="bankFee"
            render={({ field }) => <AmountInput {...field} currency={currency} />}
          />
        </Field>
        <Field label="Note" optional error={errors.note?.message} className="min-w-40 grow">
          <Input {...form.register("note")} maxLength={1_000} />
        </Field>
      </div>
      <FieldError id="payment-error" error={errors.root?.message} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save
        </Button>
      </div>
    </Form>
  );
}
