"use client";

import { Controller, type UseFormReturn } from "react-hook-form";

import type { OrganizationValues } from "@/components/settings/organization-form";
import { AmountInput } from "@/components/ui/amount-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Currency } from "@/lib/domain/currency";

type ToleranceFieldsProps = { readonly form: UseFormReturn<OrganizationValues>; readonly currency: Currency };

/** How large a difference between expected, billed and paid may be before somebody has to explain it. */
export function ToleranceFields({ form, currency }: ToleranceFieldsProps) {
  const { errors } = form.formState;
  return (
    <div className="flex flex-wrap gap-3">
      <Field
        label={`Tolerance in ${currency}`}
        hint="Smaller differences are accepted by themselves, and listed."
        error={errors.tolerance?.message}
        className="w-52"
      >
        <Controller
          control={form.control}
          name="tolerance"
          render={({ field }) => <AmountInput {...field} currency={currency} />}
        />
      </Field>
      <Field
        label="Or per mille"
        hint="Of what was billed."
        error={errors.tolerancePerMille?.message}
        className="w-40"
      >
        <Input
          {...form.register("tolerancePerMille", {
            pattern: { value: /^\d+$/, message: "Use a whole number from 0 to 1000." },
          })}
          inputMode="numeric"
          maxLength={4}
        />
      </Field>
    </div>
  );
}
