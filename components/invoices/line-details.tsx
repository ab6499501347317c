"use client";

import { Controller, type UseFormReturn } from "react-hook-form";

import type { InvoiceValues } from "@/components/invoices/invoice-values";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { TAX_TREATMENTS } from "@/lib/domain/tax";
import { TAX_TREATMENT_NAMES } from "@/lib/domain/words";
import type { Member } from "@/lib/members/schema";

type LineDetailsProps = {
  readonly form: UseFormReturn<InvoiceValues>;
  readonly index: number;
  readonly members: readonly Member[];
};

/** What few lines need: a tax that comes back, a person whose cost it is, the lines that a tax or credit follows. */
export function LineDetails({ form, index, members }: LineDetailsProps) {
  const { control, register, watch } = form;
  const { chargeCategory, shares } = watch(`charges.${index}`);
  const errors = form.formState.errors.charges?.[index];
  const tax = chargeCategory === "tax";
  const follower = tax || chargeCategory === "credit";
  const person = !follower && members.length > 1 && shares.length === 0;
  if (!follower && !person) return null;

  return (
    <details className="invoice-line-details">
      <summary className="rounded-sm text-muted text-small">
        {follower ? "Follows, recoverable" : "Whose cost, tax"}
        <span className="sr-only">, line {index + 1}</span>
      </summary>
      <div className="flex flex-wrap items-start gap-4 pt-2">
        {tax && (
          <>
            <Field label="Rate, %" optional error={errors?.taxRate?.message} className="w-36">
              <Input {...register(`charges.${index}.taxRate`)} inputMode="decimal" maxLength={6} />
            </Field>
            <Field
              label="Recoverable, %"
              hint="Comes back from the tax office, so it is no cost."
              error={errors?.recoverable?.message}
              className="w-48"
            >
              <Input
                {...register(`charges.${index}.recoverable`)}
                inputMode="decimal"
                maxLength={6}
                placeholder="0"
              />
            </Field>
            <Checkbox
              {...register(`charges.${index}.selfAssessed`)}
              label="Self-assessed (reverse charge)"
              hint="The invoice does not ask for it; the buyer owes it."
            />
          </>
        )}
        {!follower && (
          <Field label="Tax" optional error={errors?.taxTreatment?.message} className="w-44">
            <Select
              {...register(`charges.${index}.taxTreatment`)}
              placeholder="As the invoice says"
              options={TAX_TREATMENTS.map((value) => ({ value, label: TAX_TREATMENT_NAMES[value] }))}
            />
          </Field>
        )}
        <Field label="Tax code" optional error={errors?.taxCode?.message} className="w-44">
          <Input {...register(`charges.${index}.taxCode`)} maxLength={20} />
        </Field>
        {follower && <Follows form={form} index={index} />}
        {person && (
          <Field label="One person's cost" optional error={errors?.memberId?.message} className="w-56">
            <Controller
              control={control}
              name={`charges.${index}.memberId`}
              render={({ field }) => (
                <Combobox {...field} options={members.map((one) => ({ value: one.id, label: one.name }))} />
              )}
            />
          </Field>
        )}
        <FieldError id={`charges-${index}-shares-error`} error={errors?.shares?.message} />
      </div>
    </details>
  );
}

function Follows({ form, index }: Pick<LineDetailsProps, "form" | "index">) {
  const lines = form.watch("charges");
  const followed = lines.flatMap(({ chargeCategory, description }, place) =>
    chargeCategory === "usage" || chargeCategory === "purchase" ? [{ place, description }] : [],
  );
  if (followed.length < 2) return null;
  return (
    <Controller
      control={form.control}
      name={`charges.${index}.follows`}
      render={({ field: { value, onChange } }) => (
        <fieldset>
          <legend className="font-medium">Follows these lines; none checked is all</legend>
          {followed.map(({ place, description }) => (
            <Checkbox
              key={place}
              label={description || `Line ${place + 1}`}
              checked={value.includes(place)}
              onChange={({ target }) =>
                onChange(target.checked ? [...value, place].sort() : value.filter((one) => one !== place))
              }
            />
          ))}
        </fieldset>
      )}
    />
  );
}
