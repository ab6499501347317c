"use client";

import * as Primitive from "radix-ui/tooltip";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

type TooltipProps = {
  /** A few words. What must be known to use the page stands on the page, not here. */
  readonly content: ReactNode;
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly className?: string;
  /** One element that takes the focus and forwards its props. */
  readonly children: ReactElement;
};

/** Words on hover and focus. */
export function Tooltip({ content, side = "top", className, children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={classNames(
            "z-50 max-w-72 animate-appear rounded-sm bg-inverse px-2 py-1 text-on-inverse text-small",
            className,
          )}
        >
          {content}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Once, around the application. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Primitive.Provider>
  );
}
