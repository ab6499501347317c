"use client";

import * as Primitive from "radix-ui/alert-dialog";
import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { DialogBackdrop } from "@/components/ui/dialog";
import { useDialogFocus } from "@/components/ui/dialog-focus";

type ConfirmProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The question, ending with a question mark. */
  readonly title: string;
  /** What happens, and whether it can be undone. */
  readonly children: ReactNode;
  /** The verb of the act: "Void invoice", never "OK". */
  readonly confirmLabel: string;
  readonly cancelLabel?: string;
  readonly tone?: "primary" | "danger";
  readonly busy?: boolean;
  /** Close the dialog yourself when the act is done. */
  readonly onConfirm: () => void;
};

/** Asks before an act that cannot be undone. The safe answer has the focus. */
export function Confirm(props: ConfirmProps) {
  const {
    open,
    onOpenChange,
    title,
    children,
    confirmLabel,
    cancelLabel = "Cancel",
    tone = "danger",
    busy,
    onConfirm,
  } = props;
  const { remember, onCloseAutoFocus } = useDialogFocus();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <DialogBackdrop />
        <Primitive.Content
          onOpenAutoFocus={remember}
          onCloseAutoFocus={onCloseAutoFocus}
          aria-modal
          data-modal
          className="fixed inset-x-4 top-[20dvh] z-50 mx-auto max-w-md animate-rise rounded-lg border border-line bg-raised p-4 shadow-float outline-none"
        >
          <Primitive.Title className="font-bold text-title">{title}</Primitive.Title>
          <Primitive.Description asChild>
            <div className="mt-2 text-muted">{children}</div>
          </Primitive.Description>
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            <Primitive.Cancel asChild>
              <Button>{cancelLabel}</Button>
            </Primitive.Cancel>
            <Button variant={tone} busy={busy ?? false} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
