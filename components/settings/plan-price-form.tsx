"use client";

import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";

import { INTERVAL_NAMES } from "@/components/settings/catalogue-words";
import { currencyOptions } from "@/components/settings/currency-options";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useLocale, useToday } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import { planPricesPath } from "@/lib/catalogue/queries";
import type { Plan, PlanPrice } from "@/lib/catalogue/schema";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { BILLING_INTERVALS, type BillingInterval } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import { sendJson } from "@/lib/http/fetch";

type Values = {
  readonly startsOn: CalendarDate | null;
  readonly billingInterval: BillingInterval;
  readonly currency: string | null;
  readonly unitPrice: Money | null;
  readonly source: string;
};

type PlanPriceFormProps = { readonly plan: Plan; readonly currency: string };

/** A new list price from a day on. */
export function PlanPriceForm({ plan, currency }: PlanPriceFormProps) {
  const today = useToday();
  const locale = useLocale();
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  const form = useForm<Values>({
    defaultValues: { startsOn: today, billingInterval: "month", currency, unitPrice: null, source: "" },
  });
  const { errors } = form.formState;
  const { control } = form;
  const chosen = form.watch("currency") ?? currency;
  const save = useSave(
    ({ startsOn, billingInterval, unitPrice, source }: Values) =>
      sendJson<PlanPrice>(planPricesPath(plan.id), {
        method: "POST",
        idempotencyKey: crypto.randomUUID(),
        body: { startsOn, billingInterval, unitPrice: { ...unitPrice, currency: chosen }, source },
      }),
    { invalidates: [["catalogue"]] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      form.reset();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["startsOn", "billingInterval", "unitPrice", "source"]);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2">
        <Field label="Currency" error={errors.currency?.message}>
          <Controller
            control={control}
            name="currency"
            rules={{ required: "Choose a currency." }}
            render={({ field: { onChange, ...field } }) => (
              <Combobox
                {...field}
                options={currencies}
                onChange={(next) => {
                  onChange(next);
                  // An amount belongs to the currency that it was typed in: its smallest unit may differ.
                  form.setValue("unitPrice", null);
                }}
              />
            )}
          />
        </Field>
        <Field label="New price" error={errors.unitPrice?.message}>
          <Controller
            control={control}
            name="unitPrice"
            rules={{ required: "Type a price." }}
            render={({ field }) => <AmountInput {...field} currency={chosen} />}
          />
        </Field>
        <Field label="Per seat" error={errors.billingInterval?.message}>
          <Select
            {...form.register("billingInterval")}
            options={BILLING_INTERVALS.map((value) => ({ value, label: INTERVAL_NAMES[value] }))}
          />
        </Field>
        <Field label="From" error={errors.startsOn?.message}>
          <Controller
            control={control}
            name="startsOn"
            rules={{ required: "Type a day." }}
            render={({ field }) => <DateInput {...field} />}
          />
        </Field>
        <Field label="Source" error={errors.source?.message} className="col-span-2">
          <Input
            {...form.register("source", { required: "Say where this price stands." })}
            maxLength={300}
            placeholder="Where you read it"
          />
        </Field>
      </div>
      <FieldError id="plan-price-error" error={errors.root?.message} />
      <Button type="submit" busy={save.isPending} className="self-end">
        Add price
      </Button>
    </Form>
  );
}
