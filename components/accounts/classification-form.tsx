"use client";

import { Plus } from "lucide-react";
import { useEffect } from "react";
import { Controller, useFieldArray, useForm } from "react-hook-form";

import { ShareFields } from "@/components/accounts/share-fields";
import { basisPointsOf } from "@/components/accounts/share-text";
import { type ClassificationValues, startingShares, WHOLE } from "@/components/accounts/share-values";
import type { AccountChoices } from "@/components/accounts/use-account-choices";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { classificationsPath } from "@/lib/accounts/queries";
import type { Account } from "@/lib/accounts/schema";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { ApiError, sendJson } from "@/lib/http/fetch";

type ClassificationFormProps = {
  readonly account: Account;
  readonly choices: AccountChoices;
  readonly startsOn: CalendarDate;
  readonly onDirty: (dirty: boolean) => void;
  readonly onDone: () => void;
};

/** From a day on, the account counts in these shares; nothing before is touched. */
export function ClassificationForm({ account, choices, startsOn, onDirty, onDone }: ClassificationFormProps) {
  const toast = useToast();
  const form = useForm<ClassificationValues>({
    defaultValues: { startsOn, shares: startingShares(account, choices.teams) },
  });
  const { control } = form;
  const { errors, isDirty } = form.formState;
  const { fields, append, remove } = useFieldArray({ control, name: "shares" });
  useEffect(() => {
    onDirty(isDirty);
    return () => onDirty(false);
  }, [onDirty, isDirty]);
  const save = useSave(
    (values: ClassificationValues) =>
      sendJson<Account>(classificationsPath(account.id), {
        method: "POST",
        body: {
          startsOn: values.startsOn,
          shares: values.shares.map(({ percent, ...share }) => ({
            ...share,
            teamId: share.teamId || null,
            basisPoints: basisPointsOf(percent),
          })),
        },
        idempotencyKey: crypto.randomUUID(),
      }),
    { invalidates: MONEY_KEYS },
  );
  const sum = form.watch("shares").reduce((total, { percent }) => total + (basisPointsOf(percent) || 0), 0);
  const submit = form.handleSubmit(async (values) => {
    try {
      const saved = await save.mutateAsync(values);
      toast({ title: `${saved.name} was classified` });
      onDone();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { fields: named = {} } = error.problem;
      for (const [path, message] of Object.entries(named)) {
        const place = path.replace(/basisPoints$/, "percent") as `shares.${number}.percent`;
        form.setError(path === "shares" ? "root" : place, { message });
      }
      if (Object.keys(named).length === 0) form.setError("root", { message: error.message });
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="From" error={errors.startsOn?.message} required className="w-44">
        <Controller
          control={control}
          name="startsOn"
          rules={{ required: "Type the first day." }}
          render={({ field }) => <DateInput {...field} />}
        />
      </Field>
      {fields.map(({ id }, index) => (
        <ShareFields
          key={id}
          form={form}
          index={index}
          choices={choices}
          alone={fields.length === 1}
          onRemove={() => remove(index)}
        />
      ))}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button
          size="small"
          onClick={() =>
            append({
              ...WHOLE,
              percent: String(Math.max(0, 10_000 - sum) / 100),
              purpose: "developer_leverage",
            })
          }
        >
          <Plus aria-hidden />
          Split further
        </Button>
        {fields.length > 1 && (
          <p role="status" className={sum === 10_000 ? "text-muted" : "text-warning"}>
            {sum / 100} % of 100 %
          </p>
        )}
      </div>
      <FieldError id="classification-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={save.isPending} className="self-end">
        Classify
      </Button>
    </Form>
  );
}
