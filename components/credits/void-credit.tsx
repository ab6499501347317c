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
import { voidGrantPath } from "@/lib/credit-grants/queries";
import type { CreditGrant } from "@/lib/credit-grants/schema";
import { sendJson } from "@/lib/http/fetch";

type VoidCreditProps = {
  readonly grant: CreditGrant;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
};

/** Takes a credit out of the books, with a reason; it stays to be read. */
export function VoidCredit({ grant, open, onOpenChange }: VoidCreditProps) {
  const toast = useToast();
  const [reason, setReason] = useState("");
  const { id, version } = grant;
  const save = useSave(
    () => sendJson<CreditGrant>(voidGrantPath(id), { method: "PUT", version, body: { reason } }),
    { invalidates: MONEY_KEYS },
  );
  const run = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        toast({ title: "The credit was voided" });
        onOpenChange(false);
      },
    });

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Void this credit?"
      description="What it paid for is cost again. The credit stays in the books to be read."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="danger" busy={save.isPending} onClick={run}>
            Void credit
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
        <Field label="Reason" error={save.error?.message} required>
          <Input value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
        </Field>
      </Form>
    </Dialog>
  );
}
