import { Plus, X } from "lucide-react";
import { useFieldArray } from "react-hook-form";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldError } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { WorkloadFormState } from "@/components/workloads/workload-fields";

const STEPS_MAX = 6;

const STEP = {
  model: "",
  requestsPerMonth: 1_000,
  inputTokens: 2_000,
  outputTokens: 500,
  cachedPercent: 0,
  batch: false,
};

const NUMBERS = [
  { name: "requestsPerMonth", label: "Requests a month", max: 1_000_000_000, width: "w-32" },
  { name: "inputTokens", label: "Tokens in, each", max: 10_000_000, width: "w-28" },
  { name: "outputTokens", label: "Tokens out, each", max: 1_000_000, width: "w-28" },
  { name: "cachedPercent", label: "Cached, %", max: 100, width: "w-20" },
] as const;

/** How much: each model at work, with what it reads and writes; without any, what it costs in tokens is missing. */
export function StepFields({ form }: { readonly form: WorkloadFormState }) {
  const { control, register, formState } = form;
  const { fields, append, remove } = useFieldArray({ control, name: "answers.steps" });
  const errors = formState.errors.answers?.steps;

  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">How much, by model?</legend>
      {fields.map(({ id }, index) => (
        <div key={id} className="flex flex-wrap items-start gap-2 border-line border-t pt-3">
          <Field label="Model" required error={errors?.[index]?.model?.message} className="min-w-44 grow">
            <Input
              {...register(`answers.steps.${index}.model`, { required: "Type a model." })}
              maxLength={100}
              placeholder="claude-haiku-4-5"
              spellCheck={false}
            />
          </Field>
          {NUMBERS.map(({ name, label, max, width }) => (
            <Field key={name} label={label} error={errors?.[index]?.[name]?.message}>
              <Input
                {...register(`answers.steps.${index}.${name}`, { valueAsNumber: true })}
                type="number"
                min={0}
                max={max}
                inputMode="numeric"
                className={width}
              />
            </Field>
          ))}
          <div className="flex items-center gap-2 self-end pb-1">
            <Checkbox label="In batches" {...register(`answers.steps.${index}.batch`)} />
            <IconButton label={`Remove model ${index + 1}`} onClick={() => remove(index)}>
              <X />
            </IconButton>
          </div>
        </div>
      ))}
      <FieldError id="steps-error" error={errors?.message ?? errors?.root?.message} />
      {fields.length < STEPS_MAX && (
        <Button className="self-start" onClick={() => append(STEP)}>
          <Plus className="size-4" /> Add a model
        </Button>
      )}
    </fieldset>
  );
}
