"use client";

import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";

import { classNames } from "@/components/ui/class-names";
import { useDialogFocus } from "@/components/ui/dialog-focus";
import { IconButton } from "@/components/ui/icon-button";

type DialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly titleHidden?: boolean;
  readonly description?: ReactNode;
  /** The buttons, the primary one last. */
  readonly footer?: ReactNode;
  readonly width?: "narrow" | "wide";
  readonly children?: ReactNode;
};

/** A question or a short task in the middle of the page, with everything behind it out of reach. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, titleHidden, description, footer, width = "narrow", children } = props;
  const { onOpenAutoFocus, onCloseAutoFocus } = useDialogFocus();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <DialogBackdrop />
        <Primitive.Content
          onOpenAutoFocus={onOpenAutoFocus}
          onCloseAutoFocus={onCloseAutoFocus}
          aria-modal
          data-modal
          {...(description === undefined && { "aria-describedby": undefined })}
          className={classNames(
            "fixed inset-x-4 top-[12dvh] z-50 mx-auto flex max-h-[76dvh] animate-rise flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none",
            width === "wide" ? "max-w-2xl" : "max-w-md",
          )}
        >
          <div className={titleHidden ? "sr-only" : "flex items-start gap-4 px-4 pt-4 pb-2"}>
            <div className="min-w-0 grow">
              <Primitive.Title className="font-bold text-title">{title}</Primitive.Title>
              {description !== undefined && (
                <Primitive.Description className="mt-1 text-muted">{description}</Primitive.Description>
              )}
            </div>
            {!titleHidden && (
              <Primitive.Close asChild>
                <IconButton label="Close" size="small">
                  <X aria-hidden />
                </IconButton>
              </Primitive.Close>
            )}
          </div>
          <div className={classNames("min-h-0 grow overflow-y-auto", !titleHidden && "px-4 py-2")}>
            {children}
          </div>
          {footer !== undefined && (
            <div className="flex flex-wrap justify-end gap-2 px-4 pt-2 pb-4">{footer}</div>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/**
 * What dims the page behind a dialog or sheet. The library's own overlay would write a style element into the page,
 * which the content security policy forbids; `data-modal` and globals.css hold the page still instead.
 */
export function DialogBackdrop() {
  return <div aria-hidden className="fixed inset-0 z-50 animate-appear bg-overlay" />;
}
