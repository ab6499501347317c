"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { MonthInput } from "@/components/ui/month-input";
import { Select } from "@/components/ui/select";
import { PLANNED_PURPOSES, type PlannedPurpose } from "@/lib/domain/budget-plan";
import { BILLING_MODELS, type BillingModel } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import { type Month, shiftMonth } from "@/lib/domain/month";
import { BILLING_MODEL_NAMES, PURPOSE_NAMES } from "@/lib/domain/words";
import { sendJson } from "@/lib/http/fetch";
import { OPENING_TOTALS_PATH, openingTotalsQuery } from "@/lib/opening-totals/queries";
import type { OpeningTotals } from "@/lib/opening-totals/schema";
import { teamsQuery } from "@/lib/teams/queries";

type OpeningTotalFormProps = { readonly currency: string; readonly booksStart: Month };

type Values = {
  readonly month: Month | null;
  readonly purpose: PlannedPurpose;
  readonly teamId: string;
  readonly billingModel: BillingModel;
  readonly amount: Money | null;
};

/** States the total of one month, line and team; the one that was there gives way. */
export function OpeningTotalForm({ currency, booksStart }: OpeningTotalFormProps) {
  const teams = useQuery(teamsQuery());
  const form = useForm<Values>({
    defaultValues: {
      ...{ month: shiftMonth(booksStart, -1), purpose: "developer_leverage", teamId: "" },
      ...{ billingModel: "flat", amount: null },
    },
  });
  const { errors } = form.formState;
  const save = useSave(
    ({ amount, teamId, ...values }: Values) => {
      const row = { ...values, teamId: teamId || null, amountMinor: amount?.minor ?? null };
      return sendJson<OpeningTotals>(OPENING_TOTALS_PATH, { method: "PUT", body: { rows: [row] } });
    },
    { invalidates: [openingTotalsQuery().queryKey, ["budget"], ["organization"]] },
  );
  const submit = form.handleSubmit(async (values) => {
    if (values.month !== null && values.month >= booksStart) {
      form.setError("month", { message: "Use a month before the books begin." }, { shouldFocus: true });
      return;
    }
    try {
      await save.mutateAsync(values);
      form.resetField("amount");
      form.setFocus("amount");
    } catch (error) {
      showRefusal(error as Error, form.setError, []);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-3">
        <Field label="Month" error={errors.month?.message} className="w-36">
          <Controller
            control={form.control}
            name="month"
            rules={{ required: "Type a month." }}
            render={({ field }) => <MonthInput {...field} />}
          />
        </Field>
        <Field label="Line" className="w-48">
          <Select
            {...form.register("purpose")}
            options={PLANNED_PURPOSES.map((value) => ({ value, label: PURPOSE_NAMES[value] }))}
          />
        </Field>
        <Field label="Team" className="w-40">
          <Select
            {...form.register("teamId")}
            options={[
              { value: "", label: "No team" },
              ...(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
        <Field label="Billing" className="w-32">
          <Select
            {...form.register("billingModel")}
            options={BILLING_MODELS.map((value) => ({ value, label: BILLING_MODEL_NAMES[value] }))}
          />
        </Field>
        <Field label={`Total in ${currency}`} error={errors.amount?.message} className="w-36">
          <Controller
            control={form.control}
            name="amount"
            rules={{ required: "Type an amount." }}
            render={({ field }) => <AmountInput {...field} currency={currency} />}
          />
        </Field>
        <Button type="submit" busy={save.isPending} className="mt-6">
          Add
        </Button>
      </div>
      <FieldError id="opening-total-error" error={errors.root?.message} />
    </Form>
  );
}
