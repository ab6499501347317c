"use client";

import { useEffect } from "react";
import { useForm } from "react-hook-form";

import { PRORATION_HINTS, PRORATION_NAMES } from "@/components/settings/catalogue-words";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { PLANS_PATH, planPath } from "@/lib/catalogue/queries";
import type { Plan, PlanChange, ServiceProvider } from "@/lib/catalogue/schema";
import { PRORATION_RULES, type ProrationRule } from "@/lib/domain/facts";
import { sendJson } from "@/lib/http/fetch";

type Values = {
  readonly name: string;
  readonly prorationRule: ProrationRule;
  readonly minimumSeats: string;
  readonly includedAllowance: string;
};
type Change = Omit<PlanChange, "id" | "version"> & {
  serviceProviderId?: string;
  prorationRule?: ProrationRule;
};

type PlanFormProps = {
  readonly onSaved?: (plan: Plan) => void;
  readonly onDirty?: (dirty: boolean) => void;
} & (
  | { readonly provider: ServiceProvider; readonly plan?: never }
  | { readonly plan: Plan; readonly provider?: never }
);

/** What a provider sells per seat. Its rule stays as it was made, because past months were counted by it. */
export function PlanForm({ plan, provider, onSaved, onDirty }: PlanFormProps) {
  const toast = useToast();
  const form = useForm<Values>({
    defaultValues: {
      name: plan?.name ?? "",
      prorationRule: plan?.prorationRule ?? "prorated",
      minimumSeats: String(plan?.minimumSeats ?? 1),
      includedAllowance: plan?.includedAllowance ?? "",
    },
  });
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty?.(isDirty), [onDirty, isDirty]);
  const save = useSave(
    (body: Change) =>
      plan
        ? sendJson<Plan>(planPath(plan.id), { method: "PATCH", body, version: plan.version })
        : sendJson<Plan>(PLANS_PATH, { method: "POST", body, idempotencyKey: crypto.randomUUID() }),
    { invalidates: [["catalogue"]] },
  );
  const change = async (body: Change, done: string) => {
    try {
      const saved = await save.mutateAsync(body);
      toast({ title: done });
      onSaved?.(saved);
    } catch (error) {
      showRefusal(error as Error, form.setError, [
        "name",
        "prorationRule",
        "minimumSeats",
        "includedAllowance",
      ]);
    }
  };
  const submit = form.handleSubmit(({ name, prorationRule, minimumSeats, includedAllowance }) =>
    change(
      {
        name,
        minimumSeats: Number(minimumSeats),
        includedAllowance: includedAllowance.trim() || null,
        ...(provider && { serviceProviderId: provider.id, prorationRule }),
      },
      `${name.trim()} was ${plan ? "saved" : "added"}`,
    ),
  );
  const rule = form.watch("prorationRule");

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Name" error={errors.name?.message} required>
        <Input {...form.register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      <Field
        label="Seats added within a cycle pay"
        hint={PRORATION_HINTS[rule]}
        error={errors.prorationRule?.message}
      >
        <Select
          {...form.register("prorationRule")}
          disabled={plan !== undefined}
          options={PRORATION_RULES.map((value) => ({ value, label: PRORATION_NAMES[value] }))}
        />
      </Field>
      <Field label="Seats at least" error={errors.minimumSeats?.message} className="w-32">
        <Input
          {...form.register("minimumSeats", {
            pattern: { value: /^\s*\d{1,6}\s*$/, message: "Type a number." },
          })}
          inputMode="numeric"
        />
      </Field>
      <Field
        label="Includes"
        optional
        hint="For example 1,900 credits a month."
        error={errors.includedAllowance?.message}
      >
        <Input {...form.register("includedAllowance")} maxLength={200} />
      </Field>
      <FieldError id="plan-error" error={errors.root?.message} />
      <div className="flex flex-wrap justify-end gap-2">
        {plan && (
          <Button
            variant="quiet"
            disabled={save.isPending}
            onClick={() =>
              change(
                { archived: !plan.archived },
                plan.archived ? `${plan.name} is back` : `${plan.name} was archived`,
              )
            }
          >
            {plan.archived ? "Take out of the archive" : "Archive"}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={plan !== undefined && !isDirty}
        >
          {plan ? "Save" : "Add plan"}
        </Button>
      </div>
    </Form>
  );
}
