"use client";

import { useEffect } from "react";
import { useFieldArray, useForm } from "react-hook-form";

import { ChangeFields } from "@/components/scenarios/change-fields";
import {
  bodyOf,
  type ChangeValues,
  KIND_NAMES,
  newChange,
  valuesOf,
} from "@/components/scenarios/change-values";
import { showChangeRefusal } from "@/components/scenarios/refusal";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToday } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { monthOf, shiftMonth } from "@/lib/domain/month";
import { CHANGE_KINDS, type ChangeKind } from "@/lib/domain/scenario";
import { sendJson } from "@/lib/http/fetch";
import { SCENARIOS_PATH, scenarioPath, scenariosQuery } from "@/lib/scenarios/queries";
import { CHANGES_MAX, type Scenario, type ScenarioBody } from "@/lib/scenarios/schema";

export type ScenarioValues = { name: string; note: string; changes: ChangeValues[] };

type ScenarioFormProps = {
  /** Absent: a new one. */
  readonly scenario?: Scenario;
  readonly onDirty: (dirty: boolean) => void;
  readonly onSaved: (scenario: Scenario) => void;
};

/** A scenario's name and its changes, each with the fields of its kind. */
export function ScenarioForm({ scenario, onDirty, onSaved }: ScenarioFormProps) {
  const toast = useToast();
  const today = useToday();
  const form = useForm<ScenarioValues>({
    defaultValues: {
      name: scenario?.name ?? "",
      note: scenario?.note ?? "",
      changes: scenario?.changes.map(({ change }) => valuesOf(change)) ?? [],
    },
  });
  const { control, register, formState } = form;
  const { errors, isDirty } = formState;
  const { fields, append, remove } = useFieldArray({ control, name: "changes" });
  useEffect(() => {
    onDirty(isDirty);
    return () => onDirty(false);
  }, [onDirty, isDirty]);
  const save = useSave(
    (body: ScenarioBody) =>
      scenario
        ? sendJson<Scenario>(scenarioPath(scenario.id), { method: "PATCH", body, version: scenario.version })
        : sendJson<Scenario>(SCENARIOS_PATH, { method: "POST", body, idempotencyKey: crypto.randomUUID() }),
    { invalidates: [scenariosQuery().queryKey.slice(0, 1)] },
  );
  const submit = form.handleSubmit(async ({ changes, ...values }) => {
    try {
      const saved = await save.mutateAsync({ ...values, changes: changes.map(bodyOf) });
      toast({ title: `${saved.name} was saved` });
      onSaved(saved);
    } catch (error) {
      showChangeRefusal(error as Error, form);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-5">
      <Field label="What if …" error={errors.name?.message} required>
        <Input
          {...register("name", { required: "Type a name." })}
          maxLength={100}
          placeholder="Support work on Haiku"
        />
      </Field>
      <Field label="Note" optional error={errors.note?.message}>
        <Textarea {...register("note")} maxLength={1000} rows={2} />
      </Field>
      <section aria-labelledby="scenario-changes" className="flex flex-col gap-3">
        <h3 id="scenario-changes" className="font-bold">
          Changes
        </h3>
        {fields.map(({ id, kind }, index) => (
          <ChangeFields key={id} form={form} index={index} kind={kind} onRemove={() => remove(index)} />
        ))}
        {fields.length < CHANGES_MAX && (
          <Field label="Add a change" className="max-w-72">
            <Select
              value=""
              onChange={({ target }) =>
                append(newChange(target.value as ChangeKind, shiftMonth(monthOf(today), 1)))
              }
              placeholder="Choose what changes"
              options={CHANGE_KINDS.map((kind) => ({ value: kind, label: KIND_NAMES[kind] }))}
            />
          </Field>
        )}
      </section>
      <FieldError id="scenario-error" error={errors.root?.message} />
      <Button
        type="submit"
        variant="primary"
        busy={save.isPending}
        disabled={scenario !== undefined && !isDirty}
        className="self-end"
      >
        Save and show the effect
      </Button>
    </Form>
  );
}
