"use client";

import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";

import { ACCOUNT_KIND_NAMES } from "@/components/accounts/share-text";
import type { AccountChoices } from "@/components/accounts/use-account-choices";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { ACCOUNTS_PATH, accountPath } from "@/lib/accounts/queries";
import type { Account } from "@/lib/accounts/schema";
import { API_ACCOUNT_KINDS, type ApiAccountKind } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import { sendJson } from "@/lib/http/fetch";

type AccountFormProps = {
  /** Absent: a new one. */
  readonly account?: Account;
  readonly accounts: readonly Account[];
  readonly choices: AccountChoices;
  readonly currency: string;
  readonly onDirty: (dirty: boolean) => void;
  readonly onSaved: (account: Account) => void;
};

type Values = {
  readonly name: string;
  readonly serviceProviderId: string | null;
  readonly kind: ApiAccountKind;
  readonly parentId: string | null;
  readonly externalId: string;
  readonly toolId: string;
  readonly monthlySpendLimit: Money | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
};

/** A provider's organization, a workspace or project in it, or a single key. */
export function AccountForm({ account, accounts, choices, currency, onDirty, onSaved }: AccountFormProps) {
  const toast = useToast();
  const form = useForm<Values>({
    defaultValues: {
      name: account?.name ?? "",
      serviceProviderId: account?.serviceProvider.id ?? accounts[0]?.serviceProvider.id ?? null,
      kind: account?.kind ?? (accounts.length > 0 ? "workspace" : "organization"),
      parentId: account ? account.parentId : (accounts.find(({ depth }) => depth === 0)?.id ?? null),
      externalId: account?.externalId ?? "",
      toolId: account?.tool?.id ?? "",
      monthlySpendLimit: account?.monthlySpendLimit ?? null,
      startsOn: account?.startsOn ?? null,
      endsOn: account?.endsOn ?? null,
    },
  });
  const { control, register, watch } = form;
  const { errors, isDirty } = form.formState;
  useEffect(() => {
    onDirty(isDirty);
    return () => onDirty(false);
  }, [onDirty, isDirty]);
  const providerId = watch("serviceProviderId");
  const parents = accounts.filter((one) => one.serviceProvider.id === providerId && one.id !== account?.id);
  const save = useSave(
    ({ serviceProviderId, externalId, toolId, parentId, ...values }: Values) => {
      const body = {
        ...values,
        // A parent of another provider that was chosen before no longer counts.
        parentId: parents.some(({ id }) => id === parentId) ? parentId : null,
        externalId: externalId.trim() || null,
        toolId: toolId || null,
      };
      return account
        ? sendJson<Account>(accountPath(account.id), { method: "PATCH", version: account.version, body })
        : sendJson<Account>(ACCOUNTS_PATH, {
            method: "POST",
            body: { ...body, serviceProviderId },
            idempotencyKey: crypto.randomUUID(),
          });
    },
    { invalidates: MONEY_KEYS },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      const saved = await save.mutateAsync(values);
      toast({ title: `${saved.name} was ${account ? "saved" : "added"}` });
      onSaved(saved);
    } catch (error) {
      const fields = [
        "name",
        "serviceProviderId",
        "kind",
        "parentId",
        "externalId",
        "monthlySpendLimit",
        "startsOn",
        "endsOn",
      ] as const;
      showRefusal(error as Error, form.setError, fields);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Name" error={errors.name?.message} required>
        <Input {...register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      {!account && (
        <Field label="Provider" error={errors.serviceProviderId?.message} required>
          <Controller
            control={control}
            name="serviceProviderId"
            rules={{ required: "Choose a provider." }}
            render={({ field }) => (
              <Combobox
                {...field}
                options={choices.providers.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          />
        </Field>
      )}
      <div className="grid grid-cols-2 gap-3">
        <Field label="Kind" error={errors.kind?.message}>
          <Select
            {...register("kind")}
            options={API_ACCOUNT_KINDS.map((value) => ({ value, label: ACCOUNT_KIND_NAMES[value] }))}
          />
        </Field>
        <Field label="Below" optional error={errors.parentId?.message}>
          <Controller
            control={control}
            name="parentId"
            render={({ field }) => (
              <Combobox {...field} options={parents.map(({ id, name }) => ({ value: id, label: name }))} />
            )}
          />
        </Field>
        <Field label="Id at the provider" optional error={errors.externalId?.message}>
          <Input {...register("externalId")} maxLength={200} className="font-mono" />
        </Field>
        <Field label="Tool that burns it" optional>
          <Select
            {...register("toolId")}
            placeholder="None"
            options={choices.tools
              .filter(({ burnsKey }) => burnsKey)
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field label={`Monthly limit, ${currency}`} optional error={errors.monthlySpendLimit?.message}>
          <Controller
            control={control}
            name="monthlySpendLimit"
            render={({ field }) => (
              <AmountInput {...field} currency={account?.monthlySpendLimit?.currency ?? currency} />
            )}
          />
        </Field>
        <Field label="Used from" optional error={errors.startsOn?.message}>
          <Controller control={control} name="startsOn" render={({ field }) => <DateInput {...field} />} />
        </Field>
        <Field label="Ends on" optional hint="The first day without it." error={errors.endsOn?.message}>
          <Controller control={control} name="endsOn" render={({ field }) => <DateInput {...field} />} />
        </Field>
      </div>
      <FieldError id="account-error" error={errors.root?.message} />
      <Button
        type="submit"
        variant={account ? "secondary" : "primary"}
        busy={save.isPending}
        disabled={account !== undefined && !isDirty}
        className="self-end"
      >
        {account ? "Save account" : "Add account"}
      </Button>
    </Form>
  );
}
