"use client";

import { useState } from "react";

import { HoldersField } from "@/components/seats/holders-field";
import { SeatWarning } from "@/components/seats/seat-warning";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToday } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { Batch } from "@/lib/assignments/schema";
import { ApiError, sendJson } from "@/lib/http/fetch";
import type { Member } from "@/lib/members/schema";
import { ASSIGNMENT_BATCHES_PATH } from "@/lib/subscriptions/queries";
import type { Subscription } from "@/lib/subscriptions/schema";

type AssignFormProps = {
  readonly contract: Subscription;
  readonly members: readonly Member[];
  readonly onDone: () => void;
};

/** Gives free seats to people, by name or by a pasted column; all of them or none. */
export function AssignForm({ contract, members, onDone }: AssignFormProps) {
  const toast = useToast();
  const today = useToday();
  const [planId, setPlanId] = useState(contract.plans[0]?.plan.id ?? "");
  const [startsOn, setStartsOn] = useState<string | null>(today);
  const [holders, setHolders] = useState<(string | null)[]>([null]);
  const chosen = holders.filter((id) => id !== null);
  const save = useSave(
    () =>
      sendJson<Batch>(ASSIGNMENT_BATCHES_PATH, {
        method: "POST",
        body: {
          subscriptionId: contract.id,
          planId,
          startsOn,
          members: chosen.map((memberId) => ({ memberId })),
        },
        idempotencyKey: crypto.randomUUID(),
      }),
    { invalidates: MONEY_KEYS },
  );
  const fields = save.error instanceof ApiError ? (save.error.problem.fields ?? {}) : {};

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: ({ rows }) => {
            const assigned = rows.filter(({ outcome }) => outcome === "assigned").length;
            toast({ title: assigned === 1 ? "1 seat was assigned" : `${assigned} seats were assigned` });
            onDone();
          },
        });
      }}
      className="flex flex-col gap-3 rounded-md bg-subtle p-3"
    >
      <div className="grid gap-2 sm:grid-cols-2">
        {contract.plans.length > 1 && (
          <Field label="Plan">
            <Select
              value={planId}
              onChange={({ target }) => setPlanId(target.value)}
              options={contract.plans.map(({ plan }) => ({ value: plan.id, label: plan.name }))}
            />
          </Field>
        )}
        <Field label="From" error={fields.startsOn} required>
          <DateInput value={startsOn} onChange={setStartsOn} />
        </Field>
      </div>
      <HoldersField
        value={holders}
        onChange={setHolders}
        members={members}
        startsOn={startsOn}
        teamId={contract.team.id}
        errors={holders.map((_, index) => fields[`members.${index}`])}
      />
      {startsOn !== null && chosen.length > 0 && (
        <SeatWarning
          question={{ subscriptionId: contract.id, planId, startsOn, memberIds: chosen.join(",") }}
        />
      )}
      <FieldError id="assign-error" error={save.error?.message} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={chosen.length === 0}>
          {chosen.length === 1 ? "Assign 1 seat" : `Assign ${chosen.length} seats`}
        </Button>
      </div>
    </Form>
  );
}
