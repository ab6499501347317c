import { useQuery } from "@tanstack/react-query";
import { Controller } from "react-hook-form";

import type { ChangeFieldsProps } from "@/components/scenarios/change-fields";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MonthInput } from "@/components/ui/month-input";
import { Select } from "@/components/ui/select";
import { accountsQuery } from "@/lib/accounts/queries";
import { modelPricesQuery } from "@/lib/model-prices/queries";
import { productsQuery } from "@/lib/products/queries";

const PERCENT = {
  model: "Of its tokens, %",
  cache: "Of the uncached input, %",
  batch: "Of what is served at once, %",
  model_price: "Change, %",
  growth: "Growth, %",
} as const;

/** Of metered use: whose it is, from which month, and what changes of its models, caches, batches or volume. */
export function UseFields({ form, index, kind }: ChangeFieldsProps) {
  const { control, register, formState } = form;
  const errors = formState.errors.changes?.[index];
  const accounts = useQuery(accountsQuery());
  const products = useQuery(productsQuery());
  const prices = useQuery(modelPricesQuery());
  if (kind === "seats" || kind === "plan" || kind === "seat_price" || kind === "list_price") return null;
  const models = [...new Set((prices.data ?? []).map(({ model }) => model))].sort();
  const ofMix = kind === "model" || kind === "cache" || kind === "batch";
  const named = (label: string, name: "model" | "toModel") => (
    <Field label={label} required error={errors?.[name]?.message}>
      <Select
        {...register(`changes.${index}.${name}`, { required: "Choose a model." })}
        placeholder="Choose"
        options={models.map((model) => ({ value: model, label: model }))}
      />
    </Field>
  );
  const product = (
    <Field label="Product" optional={ofMix} required={kind === "growth"} error={errors?.productId?.message}>
      <Select
        {...register(
          `changes.${index}.productId`,
          kind === "growth" ? { required: "Choose a product." } : {},
        )}
        placeholder={ofMix ? "Any" : "Choose"}
        options={(products.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Field>
  );
  return (
    <>
      {(kind === "model" || kind === "model_price") && named("Model", "model")}
      {kind === "model" && named("To the model", "toModel")}
      {ofMix && (
        <Field label="API account" optional error={errors?.apiAccountId?.message}>
          <Select
            {...register(`changes.${index}.apiAccountId`)}
            placeholder="Any"
            options={(accounts.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      )}
      {(ofMix || kind === "growth") && product}
      <Field label="From" required error={errors?.month?.message}>
        <Controller
          control={control}
          name={`changes.${index}.month`}
          rules={{ required: "Type the first month." }}
          render={({ field }) => <MonthInput {...field} />}
        />
      </Field>
      <Field
        label={PERCENT[kind]}
        required
        error={errors?.percent?.message}
        hint={kind === "growth" || kind === "model_price" ? "With a minus: less" : undefined}
      >
        <Input
          {...register(`changes.${index}.percent`, { required: "Type how many percent." })}
          maxLength={5}
          className="text-right tabular-nums"
        />
      </Field>
      {kind === "cache" && (
        <Field label="Reads for each write" required error={errors?.readsPerWrite?.message}>
          <Input
            {...register(`changes.${index}.readsPerWrite`, { required: "Type how many." })}
            inputMode="numeric"
            maxLength={4}
            className="text-right tabular-nums"
          />
        </Field>
      )}
      {kind === "growth" && (
        <Field label="How often" error={errors?.every?.message}>
          <Select
            {...register(`changes.${index}.every`)}
            options={[
              { value: "once", label: "Once" },
              { value: "month", label: "Every month" },
            ]}
          />
        </Field>
      )}
    </>
  );
}
