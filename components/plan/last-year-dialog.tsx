"use client";

import { useState } from "react";

import { ChangeField } from "@/components/plan/change-field";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";

type LastYearDialogProps = {
  readonly onCopy: (changeBasisPoints: number) => void;
  readonly onClose: () => void;
};

/** Last year's cost into the selected rows, so many percent more or less. */
export function LastYearDialog({ onCopy, onClose }: LastYearDialogProps) {
  const [change, setChange] = useState<number | null>(0);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Copy last year’s cost">
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (change === null) return;
          onCopy(change);
          onClose();
        }}
        className="flex flex-col gap-3 pb-2"
      >
        <ChangeField onChange={setChange} />
        <Button type="submit" variant="primary" disabled={change === null} className="self-end">
          Copy
        </Button>
      </Form>
    </Dialog>
  );
}
