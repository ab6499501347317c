"use client";

import type { UseFormReturn } from "react-hook-form";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  basisPointsOf,
  percentText,
  TAX_TREATMENTS,
  type TaxDefaults,
  type TaxTreatment,
} from "@/lib/domain/tax";
import { TAX_TREATMENT_NAMES } from "@/lib/domain/words";

export type TaxValues = {
  readonly treatment: TaxTreatment | "";
  /** In percent, as typed. */
  readonly rate: string;
  readonly recoverable: string;
  readonly code: string;
};

export const taxValues = (tax: TaxDefaults | null): TaxValues => ({
  treatment: tax?.treatment ?? "",
  rate: tax ? percentText(tax.rateBasisPoints) : "",
  recoverable: tax ? percentText(tax.recoverableBasisPoints) : "",
  code: tax?.code ?? "",
});

export const taxOf = ({ treatment, rate, recoverable, code }: TaxValues): TaxDefaults | null =>
  treatment === ""
    ? null
    : {
        treatment,
        rateBasisPoints: basisPointsOf(rate),
        recoverableBasisPoints: basisPointsOf(recoverable),
        code: code.trim() || null,
      };

const isPercent = (typed: string): true | string =>
  basisPointsOf(typed) >= 0 && basisPointsOf(typed) <= 10_000 ? true : "Use a percentage from 0 to 100.";

/** A provider as it is typed. */
export type ProviderValues = { readonly name: string; readonly website: string } & TaxValues;

/** How a provider's invoices are usually taxed; an invoice of it is begun with that. */
export function TaxFields({ form }: { readonly form: UseFormReturn<ProviderValues> }) {
  const { register, watch, formState } = form;
  const { errors } = formState;
  const treatment = watch("treatment");
  const taxed = treatment === "standard" || treatment === "reverse_charge";
  return (
    <fieldset className="grid grid-cols-2 gap-3">
      <legend className="col-span-2 pb-1 font-medium">Tax on its invoices</legend>
      <Field label="Treatment" error={errors.treatment?.message}>
        <Select
          {...register("treatment")}
          placeholder="Not said"
          options={TAX_TREATMENTS.map((value) => ({ value, label: TAX_TREATMENT_NAMES[value] }))}
        />
      </Field>
      {treatment !== "" && (
        <Field label="Tax code" optional error={errors.code?.message}>
          <Input {...register("code")} maxLength={20} />
        </Field>
      )}
      {taxed && (
        <>
          <Field label="Rate, %" error={errors.rate?.message}>
            <Input {...register("rate", { validate: isPercent })} inputMode="decimal" maxLength={6} />
          </Field>
          <Field
            label="Recoverable, %"
            hint="Comes back, so it is no cost."
            error={errors.recoverable?.message}
          >
            <Input {...register("recoverable", { validate: isPercent })} inputMode="decimal" maxLength={6} />
          </Field>
        </>
      )}
    </fieldset>
  );
}
