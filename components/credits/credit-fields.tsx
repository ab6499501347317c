"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller, type UseFormReturn } from "react-hook-form";

import { useChargeOptions } from "@/components/credits/charge-options";
import { CREDIT_KIND_NAMES } from "@/components/credits/credit-words";
import { AmountInput } from "@/components/ui/amount-input";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { accountsQuery } from "@/lib/accounts/queries";
import { serviceProvidersQuery } from "@/lib/catalogue/queries";
import type { CreditGrant } from "@/lib/credit-grants/schema";
import type { Currency } from "@/lib/domain/currency";
import { CREDIT_GRANT_KINDS, type CreditGrantKind } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import { subscriptionsQuery } from "@/lib/subscriptions/queries";

export type CreditValues = {
  readonly kind: CreditGrantKind;
  readonly serviceProviderId: string | null;
  readonly amount: Money | null;
  readonly apiAccountId: string | null;
  readonly subscriptionId: string | null;
  readonly pooled: boolean;
  readonly startsOn: string | null;
  readonly expiresOn: string | null;
  readonly chargeId: string | null;
  readonly note: string;
};

type CreditFieldsProps = {
  readonly form: UseFormReturn<CreditValues>;
  /** Absent: a new one. What it is, and whose, stays. */
  readonly grant?: CreditGrant;
  readonly currency: Currency;
};

const toOptions = (rows: readonly { readonly id: string; readonly name: string }[]) =>
  rows.map(({ id, name }) => ({ value: id, label: name }));

export function CreditFields({ form, grant, currency }: CreditFieldsProps) {
  const { control, register, watch } = form;
  const { errors } = form.formState;
  const [kind, providerId] = [watch("kind"), watch("serviceProviderId")];
  const providers = useQuery(serviceProvidersQuery()).data ?? [];
  const accounts = useQuery(accountsQuery()).data ?? [];
  const contracts = useQuery({ ...subscriptionsQuery(), enabled: kind === "allowance" }).data ?? [];
  const charges = useChargeOptions(kind === "purchase" ? providerId : null, grant?.charge ?? null);
  const ofProvider = <T extends { readonly serviceProvider: { readonly id: string } }>(rows: readonly T[]) =>
    rows.filter(({ serviceProvider }) => serviceProvider.id === providerId);
  const allowance = kind === "allowance";

  return (
    <div className="grid grid-cols-2 gap-3">
      {!grant && (
        <>
          <Field label="What it is">
            <Select
              {...register("kind")}
              options={CREDIT_GRANT_KINDS.map((value) => ({ value, label: CREDIT_KIND_NAMES[value] }))}
            />
          </Field>
          <Field label="Provider" error={errors.serviceProviderId?.message} required>
            <Controller
              control={control}
              name="serviceProviderId"
              rules={{ required: "Choose a provider." }}
              render={({ field }) => (
                <Combobox {...field} options={toOptions(providers.filter(({ archived }) => !archived))} />
              )}
            />
          </Field>
        </>
      )}
      <Field
        label={allowance ? "Included a seat and month" : "Amount"}
        error={errors.amount?.message}
        required
        className={grant ? "col-span-2" : ""}
      >
        <Controller
          control={control}
          name="amount"
          rules={{ required: "Type an amount." }}
          render={({ field }) => <AmountInput {...field} currency={grant?.amount.currency ?? currency} />}
        />
      </Field>
      {allowance && !grant && (
        <Field label="Contract" error={errors.subscriptionId?.message} required>
          <Controller
            control={control}
            name="subscriptionId"
            rules={{ required: "Choose the contract that includes it." }}
            render={({ field }) => <Combobox {...field} options={toOptions(ofProvider(contracts))} />}
          />
        </Field>
      )}
      {!allowance && (
        <Field
          label="Account"
          optional
          hint="Pays for it and what is below it."
          error={errors.apiAccountId?.message}
          className={grant ? "col-span-2" : ""}
        >
          <Controller
            control={control}
            name="apiAccountId"
            render={({ field }) => <Combobox {...field} options={toOptions(ofProvider(accounts))} />}
          />
        </Field>
      )}
      {allowance && (
        <Checkbox
          {...register("pooled")}
          label="All seats share it"
          hint="What one seat leaves another may use."
          className="col-span-2"
        />
      )}
      <Field label="Begins on" error={errors.startsOn?.message} required>
        <Controller
          control={control}
          name="startsOn"
          rules={{ required: "Type a day." }}
          render={({ field }) => <DateInput {...field} />}
        />
      </Field>
      <Field label="Expires on" optional hint="The first day without it." error={errors.expiresOn?.message}>
        <Controller control={control} name="expiresOn" render={({ field }) => <DateInput {...field} />} />
      </Field>
      {kind === "purchase" && (
        <Field
          label="Bought by"
          optional
          hint="The invoice line. What is drawn costs what the line cost."
          error={errors.chargeId?.message}
          className="col-span-2"
        >
          <Controller
            control={control}
            name="chargeId"
            render={({ field }) => (
              <Combobox {...field} options={charges} emptyText="No purchase line of this provider" />
            )}
          />
        </Field>
      )}
      <Field label="Note" optional error={errors.note?.message} className="col-span-2">
        <Input {...register("note")} maxLength={500} />
      </Field>
    </div>
  );
}
