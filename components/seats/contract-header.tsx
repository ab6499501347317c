"use client";

import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";

import type { SeatChoices } from "@/components/seats/use-seat-choices";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Facts } from "@/components/ui/facts";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { dateText } from "@/lib/domain/date-text";
import { PURPOSES, type Purpose } from "@/lib/domain/facts";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import { sendJson } from "@/lib/http/fetch";
import { subscriptionPath } from "@/lib/subscriptions/queries";
import type { Subscription } from "@/lib/subscriptions/schema";

type ContractHeaderProps = {
  readonly contract: Subscription;
  readonly choices: SeatChoices;
  readonly mayWrite: boolean;
  readonly onDirty: (dirty: boolean) => void;
};

type Values = {
  readonly name: string;
  readonly teamId: string;
  readonly renewsOn: string | null;
  readonly noticeDays: string;
  readonly endsOn: string | null;
  readonly defaultPurpose: Purpose;
};

/** The contract's own facts. */
export function ContractHeader({ contract, choices, mayWrite, onDirty }: ContractHeaderProps) {
  return (
    <section aria-labelledby="contract-facts" className="flex flex-col gap-2">
      <h3 id="contract-facts" className="font-bold">
        Contract
      </h3>
      {mayWrite ? (
        <HeaderForm contract={contract} choices={choices} onDirty={onDirty} />
      ) : (
        <Facts
          facts={[
            { term: "Billed from", value: dateText(contract.billingAnchor) },
            { term: "Counts as", value: PURPOSE_NAMES[contract.defaultPurpose] },
            ...(contract.renewsOn ? [{ term: "Renews", value: dateText(contract.renewsOn) }] : []),
            ...(contract.endsOn ? [{ term: "Ends", value: dateText(contract.endsOn) }] : []),
          ]}
        />
      )}
    </section>
  );
}

function HeaderForm({ contract, choices, onDirty }: Omit<ContractHeaderProps, "mayWrite">) {
  const toast = useToast();
  const form = useForm<Values>({
    defaultValues: {
      name: contract.name,
      teamId: contract.team.id,
      renewsOn: contract.renewsOn,
      noticeDays: contract.noticeDays === null ? "" : String(contract.noticeDays),
      endsOn: contract.endsOn,
      defaultPurpose: contract.defaultPurpose,
    },
  });
  const { control, register } = form;
  const { errors, isDirty } = form.formState;
  useEffect(() => {
    onDirty(isDirty);
    return () => onDirty(false);
  }, [onDirty, isDirty]);
  const save = useSave(
    ({ noticeDays, ...values }: Values) =>
      sendJson<Subscription>(subscriptionPath(contract.id), {
        method: "PATCH",
        version: contract.version,
        body: { ...values, noticeDays: noticeDays.trim() === "" ? null : Number(noticeDays) },
      }),
    { invalidates: MONEY_KEYS },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      const saved = await save.mutateAsync(values);
      toast({ title: `${saved.name} was saved` });
    } catch (error) {
      const fields = ["name", "teamId", "renewsOn", "noticeDays", "endsOn", "defaultPurpose"] as const;
      showRefusal(error as Error, form.setError, fields);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Name of the contract" error={errors.name?.message} required>
          <Input {...register("name", { required: "Type a name." })} maxLength={100} />
        </Field>
        <Field label="Counts as" error={errors.defaultPurpose?.message}>
          <Select
            {...register("defaultPurpose")}
            options={PURPOSES.map((value) => ({ value, label: PURPOSE_NAMES[value] }))}
          />
        </Field>
        {choices.teams.length > 1 && (
          <Field label="Team" error={errors.teamId?.message}>
            <Select
              {...register("teamId")}
              options={choices.teams.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
        )}
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
        <Field label="Ends on" optional hint="The first day without it." error={errors.endsOn?.message}>
          <Controller control={control} name="endsOn" render={({ field }) => <DateInput {...field} />} />
        </Field>
      </div>
      <FieldError id="contract-header-error" error={errors.root?.message} />
      <Button type="submit" busy={save.isPending} disabled={!isDirty} className="self-end">
        Save contract
      </Button>
    </Form>
  );
}
