"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { SaidStatus } from "@/lib/domain/finding";
import { FINDING_STATUS_NAMES } from "@/lib/domain/misuse-words";
import { findingPath } from "@/lib/findings/queries";
import type { Finding, FindingBody } from "@/lib/findings/schema";
import { ApiError, sendJson } from "@/lib/http/fetch";
import { membersQuery } from "@/lib/members/queries";

type FindingFormProps = {
  readonly finding: Finding;
  readonly onDirty: (dirty: boolean) => void;
  readonly onSaved: () => void;
};

/** What becomes of a finding, and who sees to it. */
export function FindingForm({ finding, onDirty, onSaved }: FindingFormProps) {
  const members = useQuery(membersQuery()).data ?? [];
  const [status, setStatus] = useState<SaidStatus>(finding.status === "gone" ? "open" : finding.status);
  const [reason, setReason] = useState(finding.reason);
  const [ownerId, setOwner] = useState<string | null>(finding.owner?.id ?? null);
  const toast = useToast();
  const save = useSave(
    async () => {
      const body: FindingBody = { status, reason: status === "accepted" ? reason : "", ownerId };
      await sendJson<Finding>(findingPath(finding.id), { method: "PATCH", version: finding.version, body });
      const said = FINDING_STATUS_NAMES[status].toLowerCase();
      toast({ title: status === finding.status ? "The finding was saved" : `The finding is ${said}` });
    },
    { invalidates: [["findings"]] },
  );
  const fields = save.error instanceof ApiError ? (save.error.problem.fields ?? {}) : {};
  const people = members.filter(({ kind, archived }) => kind === "person" && !archived);
  const changed = <Value,>(set: (value: Value) => void) => {
    return (value: Value) => {
      set(value);
      onDirty(true);
    };
  };
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: onSaved });
      }}
      className="flex flex-col gap-3 rounded-md bg-subtle p-3"
    >
      <RadioGroup
        label="What becomes of it"
        options={[
          { value: "open", label: "Open" },
          {
            value: "accepted",
            label: "Accepted",
            hint: "It is as it should be, and is not raised again unless the amount doubles.",
          },
          {
            value: "fixed",
            label: "Fixed",
            hint: "It was mended. It opens again if a later day proves otherwise.",
          },
        ]}
        value={status}
        onChange={changed(setStatus)}
        error={fields.status}
      />
      {status === "accepted" && (
        <Field label="Reason" error={fields.reason} required>
          <Textarea
            value={reason}
            maxLength={1_000}
            onChange={({ target }) => changed(setReason)(target.value)}
          />
        </Field>
      )}
      <Field label="Who sees to it" error={fields.ownerId} optional>
        <Combobox
          options={people.map(({ id, name, team }) => ({ value: id, label: name, hint: team?.name ?? "" }))}
          value={ownerId}
          onChange={changed(setOwner)}
        />
      </Field>
      <FieldError
        id="finding-error"
        error={Object.keys(fields).length === 0 ? save.error?.message : undefined}
      />
      <Button
        type="submit"
        variant="primary"
        busy={save.isPending}
        disabled={status === "accepted" && reason.trim() === ""}
        className="self-end"
      >
        Save
      </Button>
    </Form>
  );
}
