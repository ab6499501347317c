"use client";

import type { ComponentProps } from "react";

import { classNames } from "@/components/ui/class-names";
import { CONTROL_STYLE } from "@/components/ui/control-style";
import { useFieldControl } from "@/components/ui/field";

/** Text of several lines; grows with what is typed where the browser can. */
export function Textarea({ className, required, rows = 3, ...props }: ComponentProps<"textarea">) {
  const control = useFieldControl({ ...props, required });
  return (
    <textarea
      {...props}
      {...control}
      rows={rows}
      className={classNames(CONTROL_STYLE, "field-sizing-content max-h-80 min-h-16 py-1.5", className)}
    />
  );
}
