"use client";

import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import { type ReactNode, useState } from "react";

import { classNames } from "@/components/ui/class-names";
import { Confirm } from "@/components/ui/confirm";
import { DialogBackdrop } from "@/components/ui/dialog";
import { useDialogFocus } from "@/components/ui/dialog-focus";
import { IconButton } from "@/components/ui/icon-button";

type SheetProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** A line under the title: what the sheet is about, its total, its state. */
  readonly description?: ReactNode;
  /** Stays in sight at the bottom: the buttons of a form, the primary one last. */
  readonly footer?: ReactNode;
  /** Something typed would be lost: closing asks first. */
  readonly dirty?: boolean;
  readonly width?: "narrow" | "wide";
  readonly children: ReactNode;
};

/** Details or a form, from the right, over the page that stays what it was. */
export function Sheet(props: SheetProps) {
  const { open, onOpenChange, title, description, footer, dirty = false, width = "narrow", children } = props;
  const { onOpenAutoFocus, onCloseAutoFocus } = useDialogFocus();
  const [asking, setAsking] = useState(false);

  return (
    <Primitive.Root
      open={open}
      onOpenChange={(next) => (!next && dirty ? setAsking(true) : onOpenChange(next))}
    >
      <Primitive.Portal>
        <DialogBackdrop />
        <Primitive.Content
          onOpenAutoFocus={onOpenAutoFocus}
          onCloseAutoFocus={onCloseAutoFocus}
          aria-modal
          data-modal
          {...(description === undefined && { "aria-describedby": undefined })}
          className={classNames(
            "fixed inset-y-0 right-0 z-50 flex w-full animate-slide-in flex-col border-line border-l bg-surface shadow-float outline-none",
            width === "wide" ? "max-w-4xl" : "max-w-lg",
          )}
        >
          <header className="flex items-start gap-4 border-line border-b px-5 py-4">
            <div className="min-w-0 grow">
              <Primitive.Title className="font-bold text-title">{title}</Primitive.Title>
              {description !== undefined && (
                <Primitive.Description asChild>
                  <div className="text-muted">{description}</div>
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton label="Close">
                <X aria-hidden />
              </IconButton>
            </Primitive.Close>
          </header>
          <div className="min-h-0 grow overflow-y-auto px-5 py-4">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">
              {footer}
            </footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Leave without saving?"
        confirmLabel="Discard changes"
        cancelLabel="Keep editing"
        onConfirm={() => {
          setAsking(false);
          onOpenChange(false);
        }}
      >
        What you typed here has not been saved.
      </Confirm>
    </Primitive.Root>
  );
}
