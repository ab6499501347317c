"use client";

import { useState } from "react";

import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";

type VoidDialogProps = {
  /** What is taken out of the books: its route, and the version that was seen. */
  readonly path: string;
  readonly version: number;
  readonly title: string;
  /** What follows from it. */
  readonly description: string;
  readonly action: string;
  /** Said when it is done. */
  readonly done: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
};

/** Takes something out of the books, with a reason; it stays to be read. */
export function VoidDialog({ path, version, action, done, open, onOpenChange, ...words }: VoidDialogProps) {
  const toast = useToast();
  const [reason, setReason] = useState("");
  const save = useSave(() => sendJson(path, { method: "PUT", version, body: { reason } }), {
    invalidates: MONEY_KEYS,
  });
  // Awaited, because what is read again may take this dialog away before its own callbacks run.
  const run = async () => {
    try {
      await save.mutateAsync();
    } catch {
      return; // Said at the field.
    }
    toast({ title: done });
    onOpenChange(false);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      {...words}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="danger" busy={save.isPending} onClick={() => void run()}>
            {action}
          </Button>
        </>
      }
    >
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Field label="Reason" error={save.error?.message} required>
          <Input value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
        </Field>
      </Form>
    </Dialog>
  );
}
