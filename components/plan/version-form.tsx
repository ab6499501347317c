"use client";

import { useState } from "react";

import { ChangeField } from "@/components/plan/change-field";
import { PLAN_KEYS, versionText, yearText } from "@/components/plan/plan-words";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { VERSIONS_PATH } from "@/lib/budgets/queries";
import type { BudgetVersion } from "@/lib/budgets/schema";
import { BUDGET_KINDS, type BudgetKind } from "@/lib/domain/budget-plan";
import { type Month, shiftMonth } from "@/lib/domain/month";
import { ApiError, sendJson } from "@/lib/http/fetch";

type VersionFormProps = {
  readonly versions: readonly BudgetVersion[];
  /** The first month of the fiscal year that runs. */
  readonly thisYear: Month;
  readonly onSaved: (version: BudgetVersion) => void;
};

const KIND_NAMES = { budget: "Budget", reforecast: "Reforecast" } as const satisfies Record<
  BudgetKind,
  string
>;

/** A new version of a year's budget: empty, or begun with what is known. */
export function VersionForm({ versions, thisYear, onSaved }: VersionFormProps) {
  const years = [thisYear, shiftMonth(thisYear, 12), shiftMonth(thisYear, -12)];
  const [name, setName] = useState(versions.length === 0 ? "Budget" : "");
  const [kind, setKind] = useState<BudgetKind>("budget");
  const [fiscalYear, setYear] = useState(thisYear);
  const [source, setSource] = useState("empty");
  const [change, setChange] = useState<number | null>(0);
  const copy =
    source === "empty"
      ? null
      : {
          source: source === "actual" ? "actual" : "version",
          versionId: source === "actual" ? null : source,
          changeBasisPoints: change ?? 0,
        };
  const save = useSave(
    () =>
      sendJson<BudgetVersion>(VERSIONS_PATH, {
        method: "POST",
        body: { name, kind, fiscalYear, copy },
        idempotencyKey: crypto.randomUUID(),
      }),
    { invalidates: PLAN_KEYS },
  );
  const fields = save.error instanceof ApiError ? (save.error.problem.fields ?? {}) : {};

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: onSaved });
      }}
      className="flex flex-col gap-3"
    >
      <Field label="Name" error={fields.name} required>
        <Input value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Fiscal year" error={fields.fiscalYear}>
          <Select
            value={fiscalYear}
            onChange={({ target }) => setYear(target.value)}
            options={years.map((value) => ({ value, label: yearText(value) }))}
          />
        </Field>
        <Field label="Kind">
          <Select
            value={kind}
            onChange={({ target }) => setKind(BUDGET_KINDS.find((one) => one === target.value) ?? "budget")}
            options={BUDGET_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))}
          />
        </Field>
      </div>
      <Field label="Begin with">
        <Select
          value={source}
          onChange={({ target }) => setSource(target.value)}
          options={[
            { value: "empty", label: "Nothing" },
            { value: "actual", label: "What the year before cost" },
            ...versions.map((version) => ({ value: version.id, label: versionText(version) })),
          ]}
        />
      </Field>
      {source !== "empty" && <ChangeField onChange={setChange} />}
      <FieldError
        id="version-error"
        error={Object.keys(fields).length === 0 ? save.error?.message : undefined}
      />
      <Button
        type="submit"
        variant="primary"
        busy={save.isPending}
        disabled={name.trim() === "" || change === null}
        className="self-end"
      >
        Begin planning
      </Button>
    </Form>
  );
}
