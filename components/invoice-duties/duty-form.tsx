"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useForm } from "react-hook-form";

import { MONTHS_LATER } from "@/components/invoice-duties/duty-words";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { can } from "@/lib/domain/permission";
import { sendJson } from "@/lib/http/fetch";
import { dutyPath } from "@/lib/invoice-duties/queries";
import type { InvoiceDuty } from "@/lib/invoice-duties/schema";
import { usersQuery } from "@/lib/users/queries";

type DutyFormProps = {
  readonly duty: InvoiceDuty;
  readonly onDirty: (dirty: boolean) => void;
  readonly onDone: () => void;
};

type Values = { readonly userId: string; readonly dueDay: string; readonly monthsLater: string };

const INVALIDATES = [["invoice-duties"], ["expected-invoices"], ["periods"]] as const;

/** Somebody who may enter invoices, and the day until which it has to be here. */
export function DutyForm({ duty, onDirty, onDone }: DutyFormProps) {
  const { id, kind, name, responsible, dueDay, monthsLater } = duty;
  const toast = useToast();
  const users = useQuery(usersQuery());
  const choices = (users.data ?? []).filter(
    (user) => can(user.roles, "invoice:enter") || user.id === responsible?.id,
  );
  const form = useForm<Values>({
    defaultValues: {
      userId: responsible?.id ?? "",
      dueDay: String(dueDay ?? 5),
      // Seats are invoiced as a month begins, metered use when it is over.
      monthsLater: String(monthsLater ?? (kind === "subscription" ? 0 : 1)),
    },
  });
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty(isDirty), [onDirty, isDirty]);
  const save = useSave(
    (values: Values) =>
      sendJson<InvoiceDuty>(dutyPath(id), {
        method: "PUT",
        body: {
          userId: values.userId,
          dueDay: Number(values.dueDay),
          monthsLater: Number(values.monthsLater),
        },
      }),
    { invalidates: INVALIDATES },
  );
  const remove = useSave(() => sendJson(dutyPath(id), { method: "DELETE" }), { invalidates: INVALIDATES });
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      toast({ title: `Who enters the invoice of ${name} was saved` });
      onDone();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["userId", "dueDay", "monthsLater"]);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3 rounded-md bg-subtle p-3">
      <Field label="Enters it" error={errors.userId?.message} required>
        <Select
          {...form.register("userId", { required: "Choose somebody." })}
          placeholder="Choose"
          // The people come after the form, and the choice has to find its own among them.
          key={choices.length}
          options={choices.map((user) => ({ value: user.id, label: user.name }))}
        />
      </Field>
      <div className="grid grid-cols-[5rem_1fr] gap-3">
        <Field label="By day" error={errors.dueDay?.message} required>
          <Input
            {...form.register("dueDay", {
              required: "Type a day.",
              pattern: { value: /^([1-9]|[12]\d|3[01])$/, message: "Use 1 to 31." },
            })}
            inputMode="numeric"
            maxLength={2}
            className="text-right tabular-nums"
          />
        </Field>
        <Field label="Of" error={errors.monthsLater?.message}>
          <Select
            {...form.register("monthsLater")}
            options={MONTHS_LATER.map((label, value) => ({
              value: String(value),
              label: label.replace(/^of /, ""),
            }))}
          />
        </Field>
      </div>
      <FieldError id={`duty-${id}-error`} error={errors.root?.message ?? remove.error?.message} />
      <div className="flex flex-wrap justify-end gap-2">
        {responsible && (
          <Button
            variant="quiet"
            busy={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: onDone })}
          >
            Nobody in particular
          </Button>
        )}
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save
        </Button>
      </div>
    </Form>
  );
}
