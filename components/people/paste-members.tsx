"use client";

import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Progress } from "@/components/ui/progress";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { type PastedPerson, readPastedPeople } from "@/lib/domain/pasted-column";
import { sendJson } from "@/lib/http/fetch";
import { MEMBERS_PATH, membersQuery } from "@/lib/members/queries";

export type Paste = {
  readonly text: string;
  readonly teamId: string | null;
  readonly startsOn: CalendarDate;
};

type PasteMembersProps = {
  readonly paste: Paste;
  readonly teamName: string | null;
  /** The names that are there already. */
  readonly known: readonly string[];
  readonly onClose: () => void;
};

/** A pasted column: shows what it understood, then makes a member of each row. */
export function PasteMembers({ paste, teamName, known, onClose }: PasteMembersProps) {
  const toast = useToast();
  const [text, setText] = useState(paste.text);
  const [done, setDone] = useState(0);
  const { people, repeated, unreadable } = readPastedPeople(text, known);
  const save = useSave(
    async (rows: readonly PastedPerson[]) => {
      for (const [index, row] of rows.entries()) {
        await addMember(row, paste).catch((error: Error) => {
          // What is in stays in; the rows that remain can be mended and tried again.
          setText(
            rows
              .slice(index)
              .map(({ name, email }) => (email ? `${name}\t${email}` : name))
              .join("\n"),
          );
          setDone(0);
          throw new Error(`${row.name}: ${error.message}`);
        });
        setDone(index + 1);
      }
      return rows.length;
    },
    { invalidates: [membersQuery().queryKey] },
  );
  const add = () =>
    save.mutate(people, {
      onSuccess: (count) => {
        toast({ title: count === 1 ? "1 member was added" : `${count} members were added` });
        onClose();
      },
    });

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !save.isPending && onClose()}
      title="Add members"
      description={teamName ? `One row each; all of them join ${teamName}.` : "One row each."}
      footer={
        <>
          <Button onClick={onClose} disabled={save.isPending}>
            Cancel
          </Button>
          <Button variant="primary" busy={save.isPending} disabled={people.length === 0} onClick={add}>
            {people.length === 1 ? "Add 1 member" : `Add ${people.length} members`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field
          label="Names"
          hint="A name a row, with an e-mail address beside it if you have one."
          error={save.error?.message}
        >
          <Textarea
            value={text}
            rows={6}
            disabled={save.isPending}
            onChange={({ target }) => setText(target.value)}
          />
        </Field>
        {save.isPending ? (
          <Progress label="Adding" done={done} total={people.length} noun="members" />
        ) : (
          <p role="status">{understood(people)}</p>
        )}
        {repeated.length > 0 && <p className="text-muted">Already there: {repeated.join(", ")}.</p>}
        <FieldError
          id="unreadable-rows"
          error={
            unreadable.length > 0
              ? `No name: ${unreadable.map((row) => row.slice(0, 60)).join(", ")}.`
              : undefined
          }
        />
      </div>
    </Dialog>
  );
}

function addMember({ name, email }: PastedPerson, { teamId, startsOn }: Paste): Promise<unknown> {
  const body = { name, email, ...(teamId && { teamId, startsOn }) };
  return sendJson(MEMBERS_PATH, { method: "POST", body, idempotencyKey: crypto.randomUUID() });
}

function understood(people: readonly PastedPerson[]): string {
  if (people.length === 0) return "No new names yet.";
  const withEmail = people.filter(({ email }) => email !== null).length;
  return `${people.length} new, ${withEmail} with an e-mail address: ${people.map(({ name }) => name).join(", ")}.`;
}
