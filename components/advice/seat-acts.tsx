"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToday } from "@/components/ui/reader";
import { useToast } from "@/components/ui/toast";
import { dateText } from "@/lib/domain/date-text";
import { ApiError, sendJson } from "@/lib/http/fetch";
import type { QuietSeat } from "@/lib/idle-seats/schema";
import { leavesPath } from "@/lib/leaves/queries";
import { membersQuery } from "@/lib/members/queries";
import { assignmentPath } from "@/lib/subscriptions/queries";

type ActProps = { readonly seat: QuietSeat; readonly onDone: () => void };

/** Somebody else holds the seat from a day on. */
export function ReassignForm({ seat, onDone }: ActProps) {
  const { assignmentId, version, member } = seat;
  const members = useQuery(membersQuery()).data ?? [];
  const [memberId, setMemberId] = useState<string | null>(null);
  const [startsOn, setStartsOn] = useState<string | null>(useToday());
  const toast = useToast();
  const name = members.find(({ id }) => id === memberId)?.name ?? "";
  const save = useSave(
    async () => {
      const body = { memberId, startsOn };
      const key = { idempotencyKey: crypto.randomUUID() };
      await sendJson(`${assignmentPath(assignmentId)}/reassignment`, {
        method: "POST",
        version,
        body,
        ...key,
      });
      toast({ title: `${name} has the seat of ${member.name} from ${dateText(startsOn ?? "")}` });
    },
    { invalidates: MONEY_KEYS },
  );
  const others = members.filter(({ id, archived }) => id !== member.id && !archived);
  return (
    <ActForm save={save} label="Reassign seat" ready={memberId !== null && startsOn !== null} onDone={onDone}>
      <Field label="To" error={fieldsOf(save.error).memberId} required className="min-w-48 grow">
        <Combobox
          options={others.map(({ id, name: label, team }) => ({ value: id, label, hint: team?.name ?? "" }))}
          value={memberId}
          onChange={setMemberId}
          autoFocus
        />
      </Field>
      <Field label="From" error={fieldsOf(save.error).startsOn} required className="w-40">
        <DateInput value={startsOn} onChange={setStartsOn} />
      </Field>
    </ActForm>
  );
}

/** Nobody holds the seat from a day on; it is paid until the contract is made smaller. */
export function EndSeatForm({ seat, onDone }: ActProps) {
  const { assignmentId, version, member } = seat;
  const [endsOn, setEndsOn] = useState<string | null>(useToday());
  const toast = useToast();
  const save = useSave(
    async () => {
      await sendJson(assignmentPath(assignmentId), { method: "PATCH", version, body: { endsOn } });
      toast({ title: `The seat of ${member.name} ends on ${dateText(endsOn ?? "")}` });
    },
    { invalidates: MONEY_KEYS },
  );
  return (
    <ActForm save={save} label="End seat" ready={endsOn !== null} onDone={onDone}>
      <Field label="First day without it" error={fieldsOf(save.error).endsOn} required className="w-40">
        <DateInput value={endsOn} onChange={setEndsOn} autoFocus />
      </Field>
    </ActForm>
  );
}

/** Away for long: until then nobody asks about their seats. */
export function LeaveForm({ seat: { member }, onDone }: ActProps) {
  const [startsOn, setStartsOn] = useState<string | null>(useToday());
  const [endsOn, setEndsOn] = useState<string | null>(null);
  const toast = useToast();
  const save = useSave(
    async () => {
      const key = { idempotencyKey: crypto.randomUUID() };
      await sendJson(leavesPath(member.id), { method: "POST", body: { startsOn, endsOn }, ...key });
      toast({ title: `${member.name} is on leave${endsOn ? ` until ${dateText(endsOn)}` : ""}` });
    },
    { invalidates: [["idle-seats"], ["leaves"]] },
  );
  return (
    <ActForm save={save} label="Save leave" ready={startsOn !== null} onDone={onDone}>
      <Field label="On leave from" error={fieldsOf(save.error).startsOn} required className="w-40">
        <DateInput value={startsOn} onChange={setStartsOn} autoFocus />
      </Field>
      <Field label="Back on" error={fieldsOf(save.error).endsOn} optional className="w-40">
        <DateInput value={endsOn} onChange={setEndsOn} />
      </Field>
    </ActForm>
  );
}

type Save = {
  readonly mutate: (input: undefined, options: { onSuccess: () => void }) => void;
  readonly isPending: boolean;
  readonly error: Error | null;
};

type ActFormProps = {
  readonly save: Save;
  readonly label: string;
  readonly ready: boolean;
  readonly onDone: () => void;
  readonly children: ReactNode;
};

function ActForm({ save, label, ready, onDone, children }: ActFormProps) {
  const known = Object.keys(fieldsOf(save.error)).length > 0;
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: onDone });
      }}
      className="flex flex-col gap-2 rounded-md bg-subtle p-3"
    >
      <div className="flex flex-wrap items-start gap-2">{children}</div>
      <FieldError id="act-error" error={known ? undefined : save.error?.message} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!ready}>
          {label}
        </Button>
      </div>
    </Form>
  );
}

const fieldsOf = (error: Error | null): Readonly<Record<string, string>> =>
  error instanceof ApiError ? (error.problem.fields ?? {}) : {};
