"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToday } from "@/components/ui/reader";
import { useToast } from "@/components/ui/toast";
import { dateText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import { leavesPath, leavesQuery } from "@/lib/leaves/queries";
import type { Member } from "@/lib/members/schema";

type LeavesProps = { readonly member: Member; readonly mayWrite: boolean };

const INVALIDATES = [["leaves"], ["idle-seats"]] as const;

/** When somebody is away for long; their seats do not count as idle until they are back. */
export function Leaves({ member, mayWrite }: LeavesProps) {
  const leaves = useQuery(leavesQuery(member.id));
  const toast = useToast();
  const remove = useSave((id: string) => sendJson(`${leavesPath(member.id)}/${id}`, { method: "DELETE" }), {
    invalidates: INVALIDATES,
  });
  const list = leaves.data?.data ?? [];
  if (!mayWrite && list.length === 0) return null;
  return (
    <section aria-labelledby="member-leaves" className="flex flex-col gap-2">
      <h3 id="member-leaves" className="font-bold">
        On leave
      </h3>
      {list.length > 0 && (
        <ul className="flex flex-col gap-1">
          {list.map(({ id, startsOn, endsOn }) => (
            <li key={id} className="flex items-center justify-between gap-3">
              {dateText(startsOn)}, {endsOn ? `back on ${dateText(endsOn)}` : "not back yet"}
              {mayWrite && (
                <Button
                  size="small"
                  busy={remove.isPending && remove.variables === id}
                  onClick={() =>
                    remove.mutate(id, {
                      onSuccess: () => toast({ title: "The leave was taken back" }),
                      onError: (error) => toast({ title: error.message, tone: "danger" }),
                    })
                  }
                >
                  Take back<span className="sr-only"> the leave from {dateText(startsOn)}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && <LeaveRow member={member} />}
    </section>
  );
}

function LeaveRow({ member }: { readonly member: Member }) {
  const [startsOn, setStartsOn] = useState<string | null>(useToday());
  const [endsOn, setEndsOn] = useState<string | null>(null);
  const toast = useToast();
  const save = useSave(
    () => {
      const key = { idempotencyKey: crypto.randomUUID() };
      return sendJson(leavesPath(member.id), { method: "POST", body: { startsOn, endsOn }, ...key });
    },
    { invalidates: INVALIDATES },
  );
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => {
            toast({ title: `${member.name} is on leave${endsOn ? ` until ${dateText(endsOn)}` : ""}` });
            setEndsOn(null);
          },
        });
      }}
      className="flex flex-wrap items-start gap-2"
    >
      <Field label="From" className="w-40">
        <DateInput value={startsOn} onChange={setStartsOn} />
      </Field>
      <Field label="Back on" error={save.error?.message} optional className="w-40">
        <DateInput value={endsOn} onChange={setEndsOn} />
      </Field>
      <Button type="submit" busy={save.isPending} disabled={startsOn === null} className="mt-6">
        Add leave
      </Button>
    </Form>
  );
}
