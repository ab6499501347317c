"use client";

import { Controller, type UseFormReturn } from "react-hook-form";

import type { ContractValues } from "@/components/seats/contract-values";
import { AmountInput } from "@/components/ui/amount-input";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Plan } from "@/lib/catalogue/schema";

type PlanFieldsProps = {
  readonly form: UseFormReturn<ContractValues>;
  readonly plans: readonly Plan[];
};

/** What is bought: the plan, which brings its name, price and least seats, from when, how often billed, how many. */
export function PlanFields({ form, plans }: PlanFieldsProps) {
  const { control, register, watch, setValue, getValues } = form;
  const { errors } = form.formState;

  /** The catalogue knows the price; what was typed already stays. */
  const takePlan = (planId: string | null, interval: ContractValues["billingInterval"]) => {
    const plan = plans.find(({ id }) => id === planId);
    if (!plan) return;
    const price =
      plan.prices.find((one) => one.billingInterval === interval) ??
      (planId === getValues("planId") ? undefined : plan.prices[0]);
    if (getValues("name") === "" || plans.some(({ name }) => name === getValues("name")))
      setValue("name", plan.name);
    if (getValues("seats") === "") setValue("seats", String(plan.minimumSeats));
    if (!price) return;
    setValue("billingInterval", price.billingInterval);
    setValue("currency", price.unitPrice.currency);
    setValue("unitPrice", price.unitPrice);
  };
  return (
    <>
      <Field label="Plan" error={errors.planId?.message} required>
        <Controller
          control={control}
          name="planId"
          rules={{ required: "Choose a plan. Missing ones are added under Settings, Catalogue." }}
          render={({ field }) => (
            <Combobox
              {...field}
              autoFocus
              options={plans.map(({ id, name, serviceProvider }) => ({
                value: id,
                label: name,
                hint: serviceProvider.name,
              }))}
              onChange={(planId) => {
                takePlan(planId, getValues("billingInterval"));
                field.onChange(planId);
              }}
            />
          )}
        />
      </Field>
      <Field label="Name of the contract" error={errors.name?.message} required>
        <Input {...register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="From" error={errors.startsOn?.message} required>
          <Controller
            control={control}
            name="startsOn"
            rules={{ required: "Type the first day." }}
            render={({ field }) => <DateInput {...field} />}
          />
        </Field>
        <Field label="Billed" error={errors.billingInterval?.message}>
          <Controller
            control={control}
            name="billingInterval"
            render={({ field }) => (
              <Select
                {...field}
                onChange={({ target }) => {
                  const interval = target.value === "year" ? "year" : "month";
                  field.onChange(interval);
                  takePlan(getValues("planId"), interval);
                }}
                options={[
                  { value: "month", label: "Every month" },
                  { value: "year", label: "Every year" },
                ]}
              />
            )}
          />
        </Field>
        <Field label="Seats" error={errors.seats?.message} required>
          <Input
            {...register("seats", { required: "Type how many." })}
            inputMode="numeric"
            maxLength={6}
            className="text-right tabular-nums"
          />
        </Field>
        <Field label={`Price per seat, ${watch("currency")}`} error={errors.unitPrice?.message} required>
          <Controller
            control={control}
            name="unitPrice"
            rules={{ required: "Type the price; 0 is a free trial." }}
            render={({ field }) => <AmountInput {...field} currency={watch("currency")} />}
          />
        </Field>
      </div>
    </>
  );
}
