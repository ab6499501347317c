"use client";

import { type Control, Controller, type FieldErrors, type UseFormRegister, useWatch } from "react-hook-form";

import type { OrganizationValues } from "@/components/settings/organization-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import type { PersonAnalysis } from "@/lib/domain/person-analysis";

export const PERSON_ANALYSIS_NAMES: Readonly<Record<PersonAnalysis, string>> = {
  on: "By name",
  pseudonymous: "Under pseudonyms",
  off: "Not at all",
};

const OPTIONS = [
  {
    value: "on",
    label: PERSON_ANALYSIS_NAMES.on,
    hint: "Whoever may see the books, or leads a team, sees what each of its people used.",
  },
  {
    value: "pseudonymous",
    label: PERSON_ANALYSIS_NAMES.pseudonymous,
    hint: "They see each person's use as that of Person 4F1A2C, and no rows of one person.",
  },
  {
    value: "off",
    label: PERSON_ANALYSIS_NAMES.off,
    hint: "They see what people used only together.",
  },
] as const satisfies readonly { value: PersonAnalysis; label: string; hint: string }[];

type PersonAnalysisFieldsProps = {
  readonly control: Control<OrganizationValues>;
  readonly register: UseFormRegister<OrganizationValues>;
  readonly errors: FieldErrors<OrganizationValues>;
};

/** Whether the usage page shows people, and how many make a group. */
export function PersonAnalysisFields({ control, register, errors }: PersonAnalysisFieldsProps) {
  const chosen = useWatch({ control, name: "personAnalysis" });
  return (
    <>
      <Controller
        control={control}
        name="personAnalysis"
        render={({ field }) => (
          <RadioGroup
            {...field}
            label="Show usage by person"
            options={OPTIONS}
            error={errors.personAnalysis?.message}
          />
        )}
      />
      <p className="text-muted text-small">
        Everybody sees their own use. What each person costs stays in the budget: that is accounting. Whoever
        may import files sees the names in them, to say whose they are.
      </p>
      {chosen !== "on" && (
        <Field
          label="Smallest group"
          hint="What fewer people used in a month is shown only in one sum with that of others."
          error={errors.minimumGroupSize?.message}
        >
          <Input
            {...register("minimumGroupSize", {
              pattern: { value: /^\d+$/, message: "Use a whole number from 2 to 1000." },
            })}
            inputMode="numeric"
            maxLength={4}
            className="w-24"
          />
        </Field>
      )}
    </>
  );
}
