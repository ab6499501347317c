"use client";

import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";

import { currencyOptions } from "@/components/settings/currency-options";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useLocale } from "@/components/ui/reader";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { rateTextOf } from "@/lib/domain/exchange-rate";
import { sendJson } from "@/lib/http/fetch";
import { RATES_PATH } from "@/lib/rates/queries";
import type { Rate } from "@/lib/rates/schema";

type Values = {
  readonly date: CalendarDate | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly rate: string;
  readonly source: string;
};

type RateFormProps = {
  readonly start: Pick<Values, "date" | "from" | "to">;
  /** Only the rate is left to type. */
  readonly atOnce: boolean;
  readonly onSaved: () => void;
};

/** One day's rate of one pair; Enter saves it and waits for the next. */
export function RateForm({ start, atOnce, onSaved }: RateFormProps) {
  const locale = useLocale();
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  const form = useForm<Values>({ defaultValues: { ...start, rate: "", source: "" } });
  const { control } = form;
  const { errors } = form.formState;
  const save = useSave(
    ({ rate, source, ...values }: Values) =>
      sendJson<Rate>(RATES_PATH, {
        method: "POST",
        idempotencyKey: crypto.randomUUID(),
        body: { ...values, rate: rateTextOf(rate), ...(source.trim() && { source }) },
      }),
    { invalidates: [["rates"], ["budget"], ["forecast"], ["ledger"], ["coverage"], ["bridge"]] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      form.reset({ ...values, rate: "" });
      form.setFocus("date");
      onSaved();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["date", "from", "to", "rate", "source"]);
    }
  });
  const [from, to] = form.watch(["from", "to"]);

  return (
    <Form onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <Field label="Day" error={errors.date?.message} className="w-36">
          <Controller
            control={control}
            name="date"
            rules={{ required: "Type a day." }}
            render={({ field }) => <DateInput {...field} />}
          />
        </Field>
        <Field label="From" error={errors.from?.message} className="w-28">
          <Controller
            control={control}
            name="from"
            rules={{ required: "Choose one." }}
            render={({ field }) => <Combobox {...field} options={currencies} placeholder="EUR" />}
          />
        </Field>
        <Field label="To" error={errors.to?.message} className="w-28">
          <Controller
            control={control}
            name="to"
            rules={{ required: "Choose one." }}
            render={({ field }) => <Combobox {...field} options={currencies} />}
          />
        </Field>
        <Field
          label={from && to ? `1 ${from} in ${to}` : "Rate"}
          error={errors.rate?.message}
          className="w-36"
        >
          <Input
            {...form.register("rate", { required: "Type the rate." })}
            autoFocus={atOnce}
            inputMode="decimal"
            placeholder="1.0842"
            className="text-right tabular-nums"
          />
        </Field>
        <Field label="Source" optional error={errors.source?.message} className="min-w-40 grow">
          <Input {...form.register("source")} maxLength={200} placeholder="ECB reference rate" />
        </Field>
        <Button type="submit" busy={save.isPending} className="mt-6">
          Add
        </Button>
      </div>
      <FieldError id="rate-error" error={errors.root?.message} />
    </Form>
  );
}
