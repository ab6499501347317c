"use client";

import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { acceptPoint } from "@/lib/closing/queries";
import type { AcceptedKind, ChecklistRow } from "@/lib/closing/schema";
import type { Month } from "@/lib/domain/month";

type AcceptPointProps = {
  readonly kind: AcceptedKind;
  readonly row: ChecklistRow;
  readonly name: string;
  readonly month: Month;
  readonly onClose: () => void;
};

/** Takes a point of the checklist as it is, in the name of whoever says so. */
export function AcceptPoint({ kind, row: { subjectId, amount }, name, month, onClose }: AcceptPointProps) {
  const toast = useToast();
  const [note, setNote] = useState("");
  const save = useSave(() => acceptPoint(month, { kind, subjectId, note }), { invalidates: [["periods"]] });
  const run = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        toast({ title: `${name} was accepted` });
        onClose();
      },
    });

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Accept ${name} as it is?`}
      description={
        <>
          <Amount value={amount} withCurrency />. It is kept with your name. If the amount changes, it has to
          be looked at again.
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={save.isPending} onClick={run}>
            Accept
          </Button>
        </>
      }
    >
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <Field label="Why" error={save.error?.message} required>
          <Textarea value={note} maxLength={500} onChange={({ target }) => setNote(target.value)} />
        </Field>
      </Form>
    </Dialog>
  );
}
