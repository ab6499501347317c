import { useQuery } from "@tanstack/react-query";
import { Controller } from "react-hook-form";

import type { ChangeFieldsProps } from "@/components/scenarios/change-fields";
import { AmountInput } from "@/components/ui/amount-input";
import { DateInput } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { plansQuery } from "@/lib/catalogue/queries";
import { dateText } from "@/lib/domain/date-text";
import { subscriptionsQuery } from "@/lib/subscriptions/queries";

/** Of seats: which contract and plan (or which plan's list), from when, and what changes. */
export function ContractFields({ form, index, kind }: ChangeFieldsProps) {
  const { control, register, watch, formState } = form;
  const errors = formState.errors.changes?.[index];
  const subscriptions = useQuery(subscriptionsQuery());
  const plans = useQuery(plansQuery());
  const { contract: chosen, planId } = watch(`changes.${index}`);
  const [subscriptionId] = chosen.split(" ");
  const contract = subscriptions.data?.find(({ id }) => id === subscriptionId);
  const plan = plans.data?.find(({ id }) => id === planId);
  const currency =
    (kind === "list_price" ? plan?.prices[0]?.unitPrice.currency : contract?.plans[0]?.unitPrice.currency) ??
    "USD";
  const contracts = (subscriptions.data ?? []).flatMap(({ id, name, plans: held }) =>
    held.map(({ plan: { id: ofPlan, name: planName } }) => ({
      value: `${id} ${ofPlan}`,
      label: `${name}, ${planName}`,
    })),
  );
  const others = (plans.data ?? []).filter(
    ({ serviceProvider, archived }) => serviceProvider.id === contract?.serviceProvider.id && !archived,
  );
  const required = "Choose one.";
  return (
    <>
      {kind === "list_price" ? (
        <Field label="Plan" required error={errors?.planId?.message}>
          <Select
            {...register(`changes.${index}.planId`, { required })}
            placeholder="Choose"
            options={(plans.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      ) : (
        <Field label="Contract and plan" required error={errors?.contract?.message}>
          <Select
            {...register(`changes.${index}.contract`, { required })}
            placeholder="Choose"
            options={contracts}
          />
        </Field>
      )}
      <Field
        label="From"
        required
        error={errors?.day?.message}
        hint={contract?.renewsOn ? `Renews on ${dateText(contract.renewsOn)}` : undefined}
      >
        <Controller
          control={control}
          name={`changes.${index}.day`}
          rules={{ required: "Type the first day." }}
          render={({ field }) => <DateInput {...field} />}
        />
      </Field>
      {kind === "plan" && (
        <Field label="To the plan" required error={errors?.toPlanId?.message}>
          <Select
            {...register(`changes.${index}.toPlanId`, { required })}
            placeholder="Choose"
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      )}
      {(kind === "seats" || kind === "plan") && (
        <Field
          label="Seats"
          required={kind === "seats"}
          error={errors?.seats?.message}
          hint={kind === "seats" ? "3 more, or with a minus fewer: -3" : "Empty: all of them"}
        >
          <Input
            {...register(`changes.${index}.seats`, kind === "seats" ? { required: "Type how many." } : {})}
            inputMode="text"
            maxLength={6}
            className="text-right tabular-nums"
          />
        </Field>
      )}
      {kind === "list_price" && (
        <Field label="Paid by the" error={errors?.billingInterval?.message}>
          <Select
            {...register(`changes.${index}.billingInterval`)}
            options={[
              { value: "month", label: "month" },
              { value: "year", label: "year" },
            ]}
          />
        </Field>
      )}
      {(kind === "seat_price" || kind === "list_price") && (
        <Field label={`Price per seat, ${currency}`} required error={errors?.unitPrice?.message}>
          <Controller
            control={control}
            name={`changes.${index}.unitPrice`}
            rules={{ required: "Type the price." }}
            render={({ field }) => <AmountInput {...field} currency={currency} />}
          />
        </Field>
      )}
    </>
  );
}
