import { useQuery } from "@tanstack/react-query";
import { Controller, type UseFormReturn } from "react-hook-form";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { StepFields } from "@/components/workloads/step-fields";
import { plansQuery } from "@/lib/catalogue/queries";
import { WORKLOAD_NEEDS, type WorkloadAnswers } from "@/lib/domain/workload";
import { BILL_NAMES, NEED_NAMES, START_NAMES, WATCHER_NAMES } from "@/lib/domain/workload-words";
import { productsQuery } from "@/lib/products/queries";

export type WorkloadValues = {
  readonly name: string;
  readonly productId: string | null;
  readonly planId: string | null;
  readonly note: string;
  readonly answers: {
    -readonly [Answer in keyof WorkloadAnswers]: WorkloadAnswers[Answer] extends readonly (infer One)[]
      ? One[]
      : WorkloadAnswers[Answer];
  };
};

export type WorkloadFormState = UseFormReturn<WorkloadValues>;

const optionsOf = <Value extends string>(names: Readonly<Record<Value, string>>) =>
  (Object.keys(names) as Value[]).map((value) => ({ value, label: names[value] }));

/** The questions: whose it is, who watches it, what it needs, how it runs, and how much. */
export function WorkloadFields({ form }: { readonly form: WorkloadFormState }) {
  const { control, register, formState } = form;
  const { errors } = formState;
  const products = useQuery(productsQuery());
  const plans = useQuery(plansQuery());
  const orNull = { setValueAs: (value: string | null) => value || null };

  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="What it is" error={errors.name?.message} required>
          <Input {...register("name", { required: "Type a name." })} maxLength={100} />
        </Field>
        <Field label="Product" optional error={errors.productId?.message}>
          <Select
            {...register("productId", orNull)}
            placeholder="None"
            options={(products.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <Controller
          control={control}
          name="answers.watchedBy"
          render={({ field }) => (
            <RadioGroup label="Who watches it?" options={optionsOf(WATCHER_NAMES)} {...field} />
          )}
        />
        <Controller
          control={control}
          name="answers.startedBy"
          render={({ field }) => (
            <RadioGroup label="How does it run?" options={optionsOf(START_NAMES)} {...field} />
          )}
        />
        <Controller
          control={control}
          name="answers.needs"
          render={({ field: { value, onChange } }) => (
            <fieldset className="flex flex-col gap-1">
              <legend className="mb-1 font-medium">What does it need?</legend>
              {WORKLOAD_NEEDS.map((need) => (
                <Checkbox
                  key={need}
                  label={NEED_NAMES[need]}
                  checked={value.includes(need)}
                  onChange={({ target }) =>
                    onChange(target.checked ? [...value, need] : value.filter((one) => one !== need))
                  }
                />
              ))}
            </fieldset>
          )}
        />
        <div className="flex flex-col gap-5">
          <Controller
            control={control}
            name="answers.bill"
            render={({ field }) => (
              <RadioGroup label="What matters more?" options={optionsOf(BILL_NAMES)} {...field} />
            )}
          />
          <Field label="People who would need a seat" error={errors.answers?.people?.message}>
            <Input
              {...register("answers.people", { valueAsNumber: true })}
              type="number"
              min={0}
              max={100_000}
              inputMode="numeric"
              className="w-28"
            />
          </Field>
          <Field label="Whose seats" optional hint="What the seats would cost is its list price of today.">
            <Select
              {...register("planId", orNull)}
              placeholder="None"
              options={(plans.data ?? [])
                .filter(({ archived }) => !archived)
                .map(({ id, name, serviceProvider }) => ({
                  value: id,
                  label: `${serviceProvider.name}: ${name}`,
                }))}
            />
          </Field>
        </div>
      </div>
      <StepFields form={form} />
      <Field label="Note for the next person" optional error={errors.note?.message}>
        <Textarea {...register("note")} rows={2} maxLength={1_000} />
      </Field>
    </>
  );
}
