"use client";

import { Trash2 } from "lucide-react";
import type { KeyboardEvent } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";

import type { InvoiceValues } from "@/components/invoices/invoice-values";
import { LineDetails } from "@/components/invoices/line-details";
import { AmountInput } from "@/components/ui/amount-input";
import { Combobox } from "@/components/ui/combobox";
import type { ComboboxOption } from "@/components/ui/combobox-match";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { PeriodInput } from "@/components/ui/period-input";
import { Select } from "@/components/ui/select";
import { CHARGE_CATEGORIES } from "@/lib/domain/facts";
import { CHARGE_CATEGORY_NAMES } from "@/lib/domain/words";
import type { Member } from "@/lib/members/schema";

type LineFieldsProps = {
  readonly form: UseFormReturn<InvoiceValues>;
  readonly index: number;
  readonly targets: readonly ComboboxOption[];
  readonly members: readonly Member[];
  /** Null while it is the only line. */
  readonly onRemove: (() => void) | null;
  readonly onTarget: (target: string | null) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/** One line of the invoice, in a row on a desk and stacked on a phone. */
export function LineFields({
  form,
  index,
  targets,
  members,
  onRemove,
  onTarget,
  onKeyDown,
}: LineFieldsProps) {
  const { control, register, watch } = form;
  const errors = form.formState.errors.charges?.[index];
  const name = <Key extends string>(key: Key) => `charges.${index}.${key}` as const;
  const currency = watch("currency");
  const label = (word: string) => `${word}, line ${index + 1}`;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches for Enter, which leads to the next line.
    <div onKeyDown={onKeyDown} className="invoice-line" data-line={index}>
      <Field label={label("For")} labelHidden error={errors?.target?.message}>
        <Controller
          control={control}
          name={name("target")}
          render={({ field }) => (
            <Combobox
              {...field}
              options={targets}
              placeholder="Contract or account"
              onChange={(target) => {
                field.onChange(target);
                onTarget(target);
              }}
            />
          )}
        />
      </Field>
      <Field label={label("Description")} labelHidden error={errors?.description?.message}>
        <Input {...register(name("description"))} placeholder="Description" maxLength={300} />
      </Field>
      <Field label={label("Category")} labelHidden error={errors?.chargeCategory?.message}>
        <Select
          {...register(name("chargeCategory"))}
          options={CHARGE_CATEGORIES.map((value) => ({ value, label: CHARGE_CATEGORY_NAMES[value] }))}
        />
      </Field>
      <Field label={label("Period")} labelHidden error={errors?.chargePeriod?.message}>
        <Controller
          control={control}
          name={name("chargePeriod")}
          render={({ field }) => <PeriodInput {...field} placeholder="Month or days" />}
        />
      </Field>
      <Field label={label("Seats")} labelHidden error={errors?.quantity?.message}>
        <Input
          {...register(name("quantity"))}
          inputMode="decimal"
          placeholder="Seats"
          maxLength={18}
          className="text-right tabular-nums"
        />
      </Field>
      <Field label={label("Amount")} labelHidden error={errors?.billedCost?.message}>
        <Controller
          control={control}
          name={name("billedCost")}
          render={({ field }) => <AmountInput {...field} currency={currency} placeholder="0.00" />}
        />
      </Field>
      <IconButton
        label={`Remove line ${index + 1}`}
        onClick={() => onRemove?.()}
        disabled={onRemove === null}
        tabIndex={-1}
      >
        <Trash2 aria-hidden />
      </IconButton>
      <LineDetails form={form} index={index} members={members} />
    </div>
  );
}
