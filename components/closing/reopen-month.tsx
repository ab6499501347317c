"use client";

import { useState } from "react";

import { CLOSING_KEYS } from "@/components/closing/closing-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { reopenMonth } from "@/lib/closing/queries";
import { monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

type ReopenMonthProps = { readonly month: Month; readonly onClose: () => void };

/** Opens the last closed month again, with a reason that stays in the books. */
export function ReopenMonth({ month, onClose }: ReopenMonthProps) {
  const toast = useToast();
  const name = monthText(month);
  const [reason, setReason] = useState("");
  const save = useSave(() => reopenMonth(month, reason), { invalidates: CLOSING_KEYS });
  const run = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        toast({ title: `${name} is open again` });
        onClose();
      },
    });

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Reopen ${name}?`}
      description="Its cost follows the books again, and corrections of it go back into it. What was kept of it stays, with its hash and your reason."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" busy={save.isPending} onClick={run}>
            Reopen {name}
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
          <Textarea value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
        </Field>
      </Form>
    </Dialog>
  );
}
