import type { ComponentProps } from "react";

import { type ButtonSize, type ButtonVariant, buttonStyle } from "@/components/ui/button-style";
import { classNames } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";

export type ButtonProps = ComponentProps<"button"> & {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** Square around a lone icon; see IconButton. */
  readonly shape?: "text" | "square";
  /** While the act runs: shows a turning mark and ignores further presses, but keeps the focus. */
  readonly busy?: boolean;
};

export function Button({
  variant,
  size,
  shape,
  busy,
  className,
  onClick,
  children,
  type,
  ...props
}: ButtonProps) {
  return (
    <button
      {...props}
      type={type ?? "button"}
      className={classNames(buttonStyle(variant, size, shape), className)}
      aria-disabled={busy || props["aria-disabled"]}
      aria-busy={busy}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy && <Spinner />}
      {!(busy && shape === "square") && children}
    </button>
  );
}
