"use client";

import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";

import { ContractDetails } from "@/components/seats/contract-details";
import { type ContractValues, contractBody, contractPathOf } from "@/components/seats/contract-values";
import { HoldersField } from "@/components/seats/holders-field";
import { PlanFields } from "@/components/seats/plan-fields";
import type { SeatChoices } from "@/components/seats/use-seat-choices";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
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
  const { control, register, watch } = form;
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
      <PlanFields form={form} plans={choices.plans} />
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
