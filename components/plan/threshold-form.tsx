"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PLANNED_PURPOSES } from "@/lib/domain/budget-plan";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import { ApiError, sendJson } from "@/lib/http/fetch";
import { teamsQuery } from "@/lib/teams/queries";
import { THRESHOLDS_PATH } from "@/lib/thresholds/queries";
import type { Threshold } from "@/lib/thresholds/schema";

/** A new share to watch, of a line or both, of a team or all. */
export function ThresholdForm({ wholeToo }: { readonly wholeToo: boolean }) {
  const teams = useQuery(teamsQuery());
  const [percent, setPercent] = useState("80");
  const [basis, setBasis] = useState<string>("actual");
  const [purpose, setPurpose] = useState("");
  const [teamId, setTeam] = useState("");
  const save = useSave(
    () =>
      sendJson<Threshold>(THRESHOLDS_PATH, {
        method: "POST",
        body: { percent: Number(percent), basis, purpose: purpose || null, teamId: teamId || null },
        idempotencyKey: crypto.randomUUID(),
      }),
    { invalidates: [["thresholds"], ["budget"]] },
  );
  const fields = save.error instanceof ApiError ? (save.error.problem.fields ?? {}) : {};

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
      className="flex flex-col gap-3 rounded-md bg-subtle p-3"
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Percent" error={fields.percent} required>
          <Input
            value={percent}
            inputMode="numeric"
            maxLength={4}
            onChange={({ target }) => setPercent(target.value)}
            className="text-right tabular-nums"
          />
        </Field>
        <Field label="Measured by">
          <Select
            value={basis}
            onChange={({ target }) => setBasis(target.value)}
            options={[
              { value: "actual", label: "Cost so far" },
              { value: "forecast", label: "Forecast of the month" },
            ]}
          />
        </Field>
        <Field label="Line">
          <Select
            value={purpose}
            onChange={({ target }) => setPurpose(target.value)}
            options={[
              { value: "", label: "Both lines" },
              ...PLANNED_PURPOSES.map((value) => ({ value, label: PURPOSE_NAMES[value] })),
            ]}
          />
        </Field>
        <Field label="Team" error={fields.teamId}>
          <Select
            value={teamId}
            onChange={({ target }) => setTeam(target.value)}
            options={[
              { value: "", label: wholeToo ? "All teams" : "Choose" },
              ...(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
      </div>
      <FieldError
        id="threshold-error"
        error={Object.keys(fields).length === 0 ? save.error?.message : undefined}
      />
      <Button
        type="submit"
        variant="primary"
        busy={save.isPending}
        disabled={!/^\d{1,4}$/.test(percent) || (!wholeToo && teamId === "")}
        className="self-end"
      >
        Watch
      </Button>
    </Form>
  );
}
