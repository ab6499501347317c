"use client";

import { useAddressParam } from "@/components/shell/use-address";
import { Checkbox } from "@/components/ui/checkbox";
import { COMPARED_MAX, type Scenario } from "@/lib/scenarios/schema";

type ComparePickerProps = {
  readonly scenario: Scenario;
  readonly all: readonly Scenario[];
  readonly others: readonly string[];
};

/** Which other scenarios stand beside this one; the address keeps them. */
export function ComparePicker({ scenario, all, others }: ComparePickerProps) {
  const [, setBeside] = useAddressParam("with");
  const choices = all.filter(({ id }) => id !== scenario.id);
  if (choices.length === 0) return null;
  const full = others.length >= COMPARED_MAX - 1;
  return (
    <fieldset data-print="hide" className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <legend className="float-left mr-4 text-muted">Compare with up to two others:</legend>
      {choices.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={others.includes(id)}
          disabled={full && !others.includes(id)}
          onChange={({ target }) => {
            const next = target.checked ? [...others, id] : others.filter((one) => one !== id);
            setBeside(next.length > 0 ? next.join(",") : null);
          }}
        />
      ))}
    </fieldset>
  );
}
