import { X } from "lucide-react";
import type { UseFormReturn } from "react-hook-form";

import { KIND_NAMES } from "@/components/scenarios/change-values";
import { ContractFields } from "@/components/scenarios/contract-fields";
import type { ScenarioValues } from "@/components/scenarios/scenario-form";
import { UseFields } from "@/components/scenarios/use-fields";
import { FieldError } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import type { ChangeKind } from "@/lib/domain/scenario";

export type ChangeFieldsProps = {
  readonly form: UseFormReturn<ScenarioValues>;
  readonly index: number;
  readonly kind: ChangeKind;
};

const OF_CONTRACTS: readonly ChangeKind[] = ["seats", "plan", "seat_price", "list_price"];

/** One change: what kind it is, and the fields of that kind. */
export function ChangeFields({ onRemove, ...change }: ChangeFieldsProps & { readonly onRemove: () => void }) {
  const { form, index, kind } = change;
  const error = form.formState.errors.changes?.[index]?.kind?.message;
  return (
    <fieldset className="rounded-md bg-subtle p-3">
      <legend className="sr-only">
        Change {index + 1}: {KIND_NAMES[kind]}
      </legend>
      <div className="mb-2 flex items-center justify-between gap-2">
        <span aria-hidden="true" className="font-medium">
          {KIND_NAMES[kind]}
        </span>
        <IconButton label={`Remove change ${index + 1}`} onClick={onRemove}>
          <X />
        </IconButton>
      </div>
      <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
        {OF_CONTRACTS.includes(kind) ? <ContractFields {...change} /> : <UseFields {...change} />}
      </div>
      <FieldError id={`change-${index}-error`} error={error} />
    </fieldset>
  );
}
