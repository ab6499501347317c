"use client";

import type { ReactNode } from "react";

import { Button, type ButtonProps } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";

type IconButtonProps = Omit<ButtonProps, "children" | "aria-label" | "shape"> & {
  /** What it does, as a verb: its name for screen readers and its tooltip. */
  readonly label: string;
  /** An icon of lucide-react. */
  readonly children: ReactNode;
};

/** A square button with an icon. Only where its meaning is common knowledge; else a Button with words. */
export function IconButton({ label, variant = "quiet", children, ...props }: IconButtonProps) {
  return (
    <Tooltip content={label}>
      <Button {...props} variant={variant} shape="square" aria-label={label}>
        {children}
      </Button>
    </Tooltip>
  );
}
