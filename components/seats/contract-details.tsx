"use client";

import { Controller, type UseFormReturn } from "react-hook-form";

import type { ContractValues } from "@/components/seats/contract-values";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PURPOSES } from "@/lib/domain/facts";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { Product } from "@/lib/products/schema";

type ContractDetailsProps = {
  readonly form: UseFormReturn<ContractValues>;
  readonly products: readonly Product[];
};

/** What most contracts leave as it is: the billing day, the renewal, what its seats count as. */
export function ContractDetails({ form, products }: ContractDetailsProps) {
  const { control, register, watch } = form;
  const { errors } = form.formState;
  return (
    <details>
      <summary className="w-fit rounded-sm text-muted">Billing day, renewal, what it counts as</summary>
      <div className="grid grid-cols-2 gap-3 pt-3">
        <Field
          label="Billed from"
          optional
          hint="The first day of a cycle."
          error={errors.billingAnchor?.message}
        >
          <Controller
            control={control}
            name="billingAnchor"
            render={({ field }) => <DateInput {...field} />}
          />
        </Field>
        <Field label="Counts as" error={errors.defaultPurpose?.message}>
          <Select
            {...register("defaultPurpose")}
            options={PURPOSES.map((value) => ({ value, label: PURPOSE_NAMES[value] }))}
          />
        </Field>
        <Field label="Renews on" optional error={errors.renewsOn?.message}>
          <Controller control={control} name="renewsOn" render={({ field }) => <DateInput {...field} />} />
        </Field>
        <Field label="Notice, days" optional error={errors.noticeDays?.message}>
          <Input
            {...register("noticeDays")}
            inputMode="numeric"
            maxLength={4}
            className="text-right tabular-nums"
          />
        </Field>
        {products.length > 0 && watch("defaultPurpose") === "product_running" && (
          <Field label="Product" optional error={errors.defaultProductId?.message} className="col-span-2">
            <Controller
              control={control}
              name="defaultProductId"
              render={({ field }) => (
                <Combobox {...field} options={products.map(({ id, name }) => ({ value: id, label: name }))} />
              )}
            />
          </Field>
        )}
      </div>
    </details>
  );
}
