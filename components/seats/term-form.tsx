"use client";

import { Controller, useForm } from "react-hook-form";

import { SeatWarning } from "@/components/seats/seat-warning";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToday } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { Plan } from "@/lib/catalogue/schema";
import type { Money } from "@/lib/domain/money";
import { sendJson } from "@/lib/http/fetch";
import { termsPath } from "@/lib/subscriptions/queries";
import type { Subscription } from "@/lib/subscriptions/schema";

type TermFormProps = {
  readonly contract: Subscription;
  readonly plans: readonly Plan[];
  readonly onDone: () => void;
};

type Values = {
  readonly planId: string;
  readonly startsOn: string | null;
  readonly seats: string;
  readonly unitPrice: Money | null;
};

/** From a day on, other seats, another price, or another plan beside the ones there are. */
export function TermForm({ contract, plans, onDone }: TermFormProps) {
  const toast = useToast();
  const today = useToday();
  const last = contract.terms.at(-1);
  const form = useForm<Values>({
    defaultValues: {
      planId: last?.plan.id ?? "",
      startsOn: today,
      seats: String(last?.seats ?? ""),
      unitPrice: last?.unitPrice ?? null,
    },
  });
  const { control, register } = form;
  const { errors } = form.formState;
  const { planId, startsOn, seats, unitPrice } = form.watch();
  const currency = last?.unitPrice.currency ?? "USD";
  const save = useSave(
    ({ seats, unitPrice, ...values }: Values) =>
      sendJson<Subscription>(termsPath(contract.id), {
        method: "POST",
        body: { ...values, seats: Number(seats), unitPrice: unitPrice ?? { minor: 0, currency } },
        idempotencyKey: crypto.randomUUID(),
      }),
    { invalidates: MONEY_KEYS },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      toast({ title: `${contract.name} was changed` });
      onDone();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["planId", "startsOn", "seats", "unitPrice"]);
    }
  });
  const ofProvider = plans.filter((plan) => plan.serviceProvider.id === contract.serviceProvider.id);

  return (
    <Form onSubmit={submit} className="flex flex-col gap-2 rounded-md bg-subtle p-3">
      <div className="grid gap-2 sm:grid-cols-4">
        <Field label="From" error={errors.startsOn?.message} required>
          <Controller
            control={control}
            name="startsOn"
            rules={{ required: "Type the first day." }}
            render={({ field }) => <DateInput {...field} autoFocus />}
          />
        </Field>
        <Field label="Plan" error={errors.planId?.message}>
          <Select
            {...register("planId")}
            options={ofProvider.map(({ id, name }) => ({ value: id, label: name }))}
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
        <Field label={`Price per seat, ${currency}`} error={errors.unitPrice?.message} required>
          <Controller
            control={control}
            name="unitPrice"
            rules={{ required: "Type the price." }}
            render={({ field }) => <AmountInput {...field} currency={currency} />}
          />
        </Field>
      </div>
      {planId && startsOn && /^\d+$/.test(seats) && unitPrice && (
        <SeatWarning
          question={{
            ...{ subscriptionId: contract.id, planId, startsOn, seats },
            unitPriceMinor: String(unitPrice.minor),
          }}
        />
      )}
      <FieldError id="term-error" error={errors.root?.message} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save terms
        </Button>
      </div>
    </Form>
  );
}
