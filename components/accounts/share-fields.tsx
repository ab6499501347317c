"use client";

import { Trash2 } from "lucide-react";
import { Controller, type UseFormReturn } from "react-hook-form";

import { basisPointsOf } from "@/components/accounts/share-text";
import type { ClassificationValues } from "@/components/accounts/share-values";
import type { AccountChoices } from "@/components/accounts/use-account-choices";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PURPOSES } from "@/lib/domain/facts";
import { PURPOSE_NAMES } from "@/lib/domain/words";

type ShareFieldsProps = {
  readonly form: UseFormReturn<ClassificationValues>;
  readonly index: number;
  readonly choices: AccountChoices;
  /** The only share is all of it, so no percent is asked for. */
  readonly alone: boolean;
  readonly onRemove: () => void;
};

/** One share: how much, as what, for which team, product or person. */
export function ShareFields({ form, index, choices, alone, onRemove }: ShareFieldsProps) {
  const { control, register } = form;
  const errors = form.formState.errors.shares?.[index];
  const { teams, products, members } = choices;
  return (
    <fieldset className="grid grid-cols-2 items-start gap-2 rounded-md bg-subtle p-3">
      <legend className="sr-only">Share {index + 1}</legend>
      {!alone && (
        <div className="col-span-2 flex items-end justify-between gap-2">
          <Field label="Share, %" error={errors?.percent?.message} required className="w-28">
            <Input
              {...register(`shares.${index}.percent`, {
                validate: (percent) => basisPointsOf(percent) > 0 || "Type a percentage, like 60 or 33.33.",
              })}
              inputMode="decimal"
              maxLength={7}
              className="text-right tabular-nums"
            />
          </Field>
          <IconButton label={`Remove share ${index + 1}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        </div>
      )}
      <Field label="Counts as" error={errors?.purpose?.message}>
        <Select
          {...register(`shares.${index}.purpose`)}
          options={PURPOSES.map((value) => ({ value, label: PURPOSE_NAMES[value] }))}
        />
      </Field>
      {teams.length > 1 && (
        <Field label="Team" error={errors?.teamId?.message}>
          <Select
            {...register(`shares.${index}.teamId`)}
            placeholder="No team"
            options={teams.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      )}
      {products.length > 0 && (
        <Field label="Product" optional error={errors?.productId?.message}>
          <Controller
            control={control}
            name={`shares.${index}.productId`}
            render={({ field }) => (
              <Combobox {...field} options={products.map(({ id, name }) => ({ value: id, label: name }))} />
            )}
          />
        </Field>
      )}
      {members.length > 1 && (
        <Field label="Person" optional error={errors?.memberId?.message}>
          <Controller
            control={control}
            name={`shares.${index}.memberId`}
            render={({ field }) => (
              <Combobox {...field} options={members.map(({ id, name }) => ({ value: id, label: name }))} />
            )}
          />
        </Field>
      )}
    </fieldset>
  );
}
