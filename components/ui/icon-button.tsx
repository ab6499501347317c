"use client";

import type { ReactNode } from "react";

import { Button, type ButtonProps } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";

type IconButtonProps = Omit<ButtonProps, "children" | "aria-label"> & {
  /** What it does, as a verb: its name for screen readers and its tooltip. */
  readonly label: string;
  /** An icon of lucide-react. */
  readonly children: ReactNode;
};

/** A square button with an icon. Only where its meaning is common knowledge; else a Button with words. */
export function IconButton({
  label,
  variant = "quiet",
  size = "medium",
  className,
  children,
  ...props
}: IconButtonProps) {
  const square = size === "small" ? "w-7 px-0 pointer-coarse:w-9" : "w-8 px-0 pointer-coarse:w-10";
  return (
    <Tooltip content={label}>
      <Button
        {...props}
        variant={variant}
        size={size}
        aria-label={label}
        className={classNames(square, className)}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
