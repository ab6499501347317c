"use client";

import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { mergePath } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";

type MergeMemberProps = {
  readonly member: Member;
  /** Everybody that the reader may merge into. */
  readonly others: readonly Member[];
  readonly onMerged: (intoMemberId: string) => void;
};

/** For a person who was entered twice: everything of the one becomes the other's. */
export function MergeMember(props: MergeMemberProps) {
  const [open, setOpen] = useState(false);
  if (props.others.length === 0) return null;
  return (
    <section aria-labelledby="member-twice" className="flex flex-col items-start gap-2">
      <h3 id="member-twice" className="font-bold">
        Entered twice?
      </h3>
      <p className="text-muted">Seats, use and invoices of both can become one person's.</p>
      <Button onClick={() => setOpen(true)}>Merge into…</Button>
      <Dialog open={open} onOpenChange={setOpen} title={`Merge ${props.member.name} into…`}>
        <MergeForm {...props} onCancel={() => setOpen(false)} />
      </Dialog>
    </section>
  );
}

function MergeForm({
  member,
  others,
  onMerged,
  onCancel,
}: MergeMemberProps & { readonly onCancel: () => void }) {
  const toast = useToast();
  const [into, setInto] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const chosen = others.find(({ id }) => id === into);
  const save = useSave(
    (intoMemberId: string) =>
      sendJson<Member>(mergePath(member.id), {
        method: "PUT",
        body: { intoMemberId },
        version: member.version,
      }),
    // There is hardly a list that names nobody.
    { invalidates: [[]] },
  );
  const submit = async () => {
    setMissing(!chosen);
    if (!chosen) return;
    const merged = await save.mutateAsync(chosen.id).catch(() => null);
    if (!merged) return;
    toast({ title: `${member.name} was merged into ${merged.name}` });
    onMerged(merged.id);
  };

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      className="flex flex-col gap-3 pb-2"
    >
      <Field label="Who stays" error={missing ? "Choose who stays." : save.error?.message} required>
        <Combobox
          options={others.map(({ id, name, email, team }) => {
            const hint = email ?? team?.name;
            return { value: id, label: name, ...(hint && { hint }) };
          })}
          value={into}
          onChange={(value) => {
            setInto(value);
            setMissing(false);
            save.reset();
          }}
          placeholder="Type a name"
        />
      </Field>
      <p className="text-muted">{whatHappens(member.name, chosen?.name)}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="danger" busy={save.isPending}>
          {chosen ? `Merge into ${chosen.name}` : "Merge"}
        </Button>
      </div>
    </Form>
  );
}

function whatHappens(name: string, into = "the other"): string {
  return (
    `All seats, use, invoices and shares of ${name} become those of ${into}, for the past too. ` +
    `What was paid stays in its month, team and product. ${name} is in no list any more; ` +
    "files that use that name or address go on finding the right person. This cannot be undone."
  );
}
