"use client";

import type { ComponentProps } from "react";

import { classNames } from "@/components/ui/class-names";
import { CONTROL_HEIGHT, CONTROL_STYLE } from "@/components/ui/control-style";
import { useFieldControl } from "@/components/ui/field";

/** A line of text. Inside a Field it is labelled and described by it; alone it needs an `aria-label`. */
export function Input({ className, required, ...props }: ComponentProps<"input">) {
  const control = useFieldControl({ ...props, required });
  return (
    <input
      autoComplete="off"
      {...props}
      {...control}
      className={classNames(CONTROL_STYLE, CONTROL_HEIGHT, className)}
    />
  );
}
