"use client";

import * as Primitive from "radix-ui/popover";
import type { ReactElement, ReactNode } from "react";

import { classNames } from "@/components/ui/class-names";
import { FLOAT_STYLE } from "@/components/ui/float-style";

type PopoverProps = {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  /** Names the panel for screen readers. */
  readonly label: string;
  readonly align?: "start" | "center" | "end";
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A small panel at its button. It is not modal: nothing behind it is blocked, and Esc or a press outside closes it. */
export function Popover({
  trigger,
  label,
  align = "start",
  open,
  onOpenChange,
  className,
  children,
}: PopoverProps) {
  const state = { ...(open !== undefined && { open }), ...(onOpenChange && { onOpenChange }) };
  return (
    <Primitive.Root {...state}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={classNames(FLOAT_STYLE, "max-w-[calc(100vw-1rem)] p-3", className)}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Around a button inside a popover that closes it. */
export const PopoverClose = Primitive.Close;
