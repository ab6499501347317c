"use client";

import { useEffect, useMemo } from "react";
import { Controller, useForm } from "react-hook-form";

import { currencyOptions } from "@/components/settings/currency-options";
import { TIER_NAMES, TOKEN_NAMES } from "@/components/settings/model-price-rows";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useLocale, useToday } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { ServiceProvider } from "@/lib/catalogue/schema";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { rateTextOf } from "@/lib/domain/exchange-rate";
import { SERVICE_TIERS, type ServiceTier, TOKEN_TYPES, type TokenType } from "@/lib/domain/usage";
import { sendJson } from "@/lib/http/fetch";
import { MODEL_PRICES_PATH } from "@/lib/model-prices/queries";
import type { ModelPriceRow } from "@/lib/model-prices/schema";

type Values = {
  readonly serviceProviderId: string;
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly startsOn: CalendarDate | null;
  readonly currency: string | null;
  readonly perMillion: Readonly<Record<TokenType, string>>;
  readonly source: string;
};

const NO_FIGURES = { uncachedInput: "", cacheRead: "", cacheWrite5m: "", cacheWrite1h: "", output: "" };
const FIGURES = TOKEN_TYPES.map((type) => `perMillion.${type}` as const);

type ModelPriceFormProps = {
  readonly providers: readonly ServiceProvider[];
  /** The price that the new one follows; absent: of any model. */
  readonly last: ModelPriceRow | null;
  readonly onSaved: () => void;
  readonly onDirty: (dirty: boolean) => void;
};

/** What a model's tokens cost from a day on. */
export function ModelPriceForm({ providers, last, onSaved, onDirty }: ModelPriceFormProps) {
  const today = useToday();
  const locale = useLocale();
  const toast = useToast();
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  const form = useForm<Values>({
    defaultValues: {
      serviceProviderId: last?.serviceProvider.id ?? providers[0]?.id ?? "",
      model: last?.model ?? "",
      serviceTier: last?.serviceTier ?? "standard",
      startsOn: today,
      currency: last?.currency ?? "USD",
      perMillion: last?.perMillion ?? NO_FIGURES,
      source: "",
    },
  });
  const { control } = form;
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty(isDirty), [onDirty, isDirty]);
  const save = useSave(
    ({ perMillion, ...values }: Values) =>
      sendJson<ModelPriceRow>(MODEL_PRICES_PATH, {
        method: "POST",
        idempotencyKey: crypto.randomUUID(),
        body: {
          ...values,
          perMillion: Object.fromEntries(TOKEN_TYPES.map((type) => [type, rateTextOf(perMillion[type])])),
        },
      }),
    { invalidates: [["model-prices"], ["usage"], ...MONEY_KEYS] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      const { model } = await save.mutateAsync(values);
      toast({ title: `The price of ${model} was added` });
      onSaved();
    } catch (error) {
      const fields = [
        "serviceProviderId",
        "model",
        "serviceTier",
        "startsOn",
        "currency",
        "source",
        ...FIGURES,
      ] as const;
      showRefusal(error as Error, form.setError, fields);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Provider" error={errors.serviceProviderId?.message}>
          <Select
            {...form.register("serviceProviderId", { required: "Choose a provider." })}
            options={providers.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field
          label="Tier"
          error={errors.serviceTier?.message}
          hint="Batches cost half unless they have a price."
        >
          <Select
            {...form.register("serviceTier")}
            options={SERVICE_TIERS.map((value) => ({ value, label: TIER_NAMES[value] }))}
          />
        </Field>
        <Field label="Model" error={errors.model?.message} className="col-span-2">
          <Input
            {...form.register("model", { required: "Type the model's name." })}
            maxLength={100}
            placeholder="As files name it, like claude-opus-4-5"
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
        <Field label="Currency" error={errors.currency?.message}>
          <Controller
            control={control}
            name="currency"
            rules={{ required: "Choose a currency." }}
            render={({ field }) => <Combobox {...field} options={currencies} />}
          />
        </Field>
      </div>
      <fieldset className="grid grid-cols-2 gap-3">
        <legend className="pb-2 font-bold">A million tokens cost</legend>
        {TOKEN_TYPES.map((type) => (
          <Field key={type} label={TOKEN_NAMES[type]} error={errors.perMillion?.[type]?.message}>
            <Input
              {...form.register(`perMillion.${type}`, { required: "Type the price, 0 where there is none." })}
              inputMode="decimal"
              className="text-right tabular-nums"
            />
          </Field>
        ))}
      </fieldset>
      <Field label="Source" error={errors.source?.message}>
        <Input
          {...form.register("source", { required: "Say where this price stands." })}
          maxLength={200}
          placeholder="Where you read it"
        />
      </Field>
      <FieldError id="model-price-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={save.isPending} className="self-end">
        Add price
      </Button>
    </Form>
  );
}
