"use client";

import { Controller, type UseFormReturn } from "react-hook-form";

import { type InvoiceValues, inCurrency } from "@/components/invoices/invoice-values";
import { currencyOptions } from "@/components/settings/currency-options";
import { AmountInput } from "@/components/ui/amount-input";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useLocale } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { ServiceProvider } from "@/lib/catalogue/schema";
import type { Member } from "@/lib/members/schema";

type HeaderFieldsProps = {
  readonly form: UseFormReturn<InvoiceValues>;
  readonly providers: readonly ServiceProvider[];
  readonly members: readonly Member[];
};

/** What stands at the top of the paper. */
export function HeaderFields({ form, providers, members }: HeaderFieldsProps) {
  const locale = useLocale();
  const { control, register } = form;
  const { errors } = form.formState;
  const currency = form.watch("currency");
  const fresh = form.formState.defaultValues?.serviceProviderId == null;

  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Provider" error={errors.serviceProviderId?.message} required>
          <Controller
            control={control}
            name="serviceProviderId"
            render={({ field }) => (
              <Combobox
                {...field}
                autoFocus={fresh}
                options={providers.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          />
        </Field>
        <Field label="Invoice number" error={errors.number?.message} required>
          <Input
            {...register("number")}
            maxLength={100}
            autoFocus={!fresh}
            {...(!fresh && { "data-autofocus": "" })}
          />
        </Field>
        <Field label="Issued on" error={errors.issueDate?.message} required>
          <Controller control={control} name="issueDate" render={({ field }) => <DateInput {...field} />} />
        </Field>
        <div className="grid grid-cols-[1fr_5.5rem] gap-2">
          <Field label="Total" optional error={errors.total?.message}>
            <Controller
              control={control}
              name="total"
              render={({ field }) => <AmountInput {...field} currency={currency} />}
            />
          </Field>
          <Field label="Currency" error={errors.currency?.message}>
            <Combobox
              options={currencyOptions(locale)}
              value={currency}
              onChange={(next) =>
                next !== null && form.reset(inCurrency(form.getValues(), next), { keepDefaultValues: true })
              }
            />
          </Field>
        </div>
      </div>
      <MoreFields form={form} members={members} />
    </>
  );
}

function MoreFields({ form, members }: Omit<HeaderFieldsProps, "providers">) {
  const { control, register, watch } = form;
  const { errors } = form.formState;
  const paid = watch("paidById") !== null;
  return (
    <details>
      <summary className="w-fit rounded-sm text-muted">
        Kind, due date, purchase order, who paid, note
      </summary>
      <div className="grid gap-3 pt-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Kind" error={errors.type?.message}>
          <Select
            {...register("type")}
            options={[
              { value: "invoice", label: "Invoice" },
              { value: "credit_note", label: "Credit note" },
              { value: "receipt", label: "Receipt" },
            ]}
          />
        </Field>
        <Field label="Due on" optional error={errors.dueDate?.message}>
          <Controller control={control} name="dueDate" render={({ field }) => <DateInput {...field} />} />
        </Field>
        <Field label="Purchase order" optional error={errors.purchaseOrder?.message}>
          <Input {...register("purchaseOrder")} maxLength={100} />
        </Field>
        <Field label="Paid by" optional hint="Blank is the company." error={errors.paidById?.message}>
          <Controller
            control={control}
            name="paidById"
            render={({ field }) => (
              <Combobox {...field} options={members.map(({ id, name }) => ({ value: id, label: name }))} />
            )}
          />
        </Field>
        {paid && (
          <Field
            label="Paid back to them"
            optional
            hint="If it differs from the total, it is the cost."
            error={errors.reimbursed?.message}
          >
            <Controller
              control={control}
              name="reimbursed"
              render={({ field }) => <AmountInput {...field} currency={watch("currency")} />}
            />
          </Field>
        )}
        <Field label="Note" optional error={errors.note?.message} className="sm:col-span-2">
          <Textarea {...register("note")} rows={2} maxLength={1_000} />
        </Field>
      </div>
    </details>
  );
}
