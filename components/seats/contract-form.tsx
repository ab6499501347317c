"use client";

import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";

import { ContractDetails } from "@/components/seats/contract-details";
import { type ContractValues, contractBody, contractPathOf } from "@/components/seats/contract-values";
import { HoldersField } from "@/components/seats/holders-field";
import type { SeatChoices } from "@/components/seats/use-seat-choices";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { ApiError, sendJson } from "@/lib/http/fetch";
import { SUBSCRIPTIONS_PATH } from "@/lib/subscriptions/queries";
import type { Subscription } from "@/lib/subscriptions/schema";

type ContractFormProps = {
  readonly choices: SeatChoices;
  readonly startsOn: CalendarDate;
  readonly currency: string;
  readonly onDirty: (dirty: boolean) => void;
  readonly onSaved: (contract: Subscription) => void;
};

/** A contract with its seats and who holds them, entered at once, by keyboard alone. */
export function ContractForm({ choices, startsOn, currency, onDirty, onSaved }: ContractFormProps) {
  const toast = useToast();
  const form = useForm<ContractValues>({
    defaultValues: {
      planId: null,
      name: "",
      startsOn,
      billingInterval: "month",
      seats: "",
      unitPrice: null,
      currency,
      teamId: choices.teams[0]?.id ?? "",
      billingAnchor: null,
      renewsOn: null,
      noticeDays: "",
      defaultPurpose: "developer_leverage",
      defaultProductId: null,
      holders: [null],
    },
  });
  const { control, register, watch, setValue, getValues } = form;
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty(isDirty), [onDirty, isDirty]);
  const save = useSave(
    (values: ContractValues) =>
      sendJson<Subscription>(SUBSCRIPTIONS_PATH, {
        method: "POST",
        body: contractBody(values, choices.plans),
        idempotencyKey: crypto.randomUUID(),
      }),
    { invalidates: MONEY_KEYS },
  );

  /** The catalogue knows the price; what was typed already stays. */
  const takePlan = (planId: string | null, interval: ContractValues["billingInterval"]) => {
    const plan = choices.plans.find(({ id }) => id === planId);
    if (!plan) return;
    const price =
      plan.prices.find((one) => one.billingInterval === interval) ??
      (planId === getValues("planId") ? undefined : plan.prices[0]);
    if (getValues("name") === "" || choices.plans.some(({ name }) => name === getValues("name")))
      setValue("name", plan.name);
    if (getValues("seats") === "") setValue("seats", String(plan.minimumSeats));
    if (!price) return;
    setValue("billingInterval", price.billingInterval);
    setValue("currency", price.unitPrice.currency);
    setValue("unitPrice", price.unitPrice);
  };
  const submit = form.handleSubmit(async (values) => {
    try {
      const saved = await save.mutateAsync(values);
      toast({ title: `${saved.name} was added` });
      onSaved(saved);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const fields = Object.entries(error.problem.fields ?? {});
      if (fields.length === 0) form.setError("root", { message: error.message });
      fields.forEach(([path, message], index) => {
        form.setError(
          contractPathOf(path) as keyof ContractValues,
          { message },
          { shouldFocus: index === 0 },
        );
      });
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Plan" error={errors.planId?.message} required>
        <Controller
          control={control}
          name="planId"
          rules={{ required: "Choose a plan. Missing ones are added under Settings, Catalogue." }}
          render={({ field }) => (
            <Combobox
              {...field}
              autoFocus
              options={choices.plans.map(({ id, name, serviceProvider }) => ({
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
      {choices.teams.length > 1 && (
        <Field label="Team" hint="Seats that nobody holds count for it." error={errors.teamId?.message}>
          <Select
            {...register("teamId")}
            options={choices.teams.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      )}
      <Controller
        control={control}
        name="holders"
        render={({ field }) => (
          <HoldersField
            value={field.value}
            onChange={field.onChange}
            members={choices.members}
            startsOn={watch("startsOn")}
            teamId={watch("teamId") || null}
            errors={watch("holders").map((_, index) => errors.holders?.[index]?.message)}
          />
        )}
      />
      <ContractDetails form={form} products={choices.products} />
      <FieldError id="contract-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={save.isPending} className="self-end">
        Add contract
      </Button>
    </Form>
  );
}
