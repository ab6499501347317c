import { classNames } from "@/components/ui/class-names";

/** primary: the one next step; secondary: the others; quiet: in rows and bars; danger: what destroys. */
export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger" | "warning";
export type ButtonSize = "small" | "medium";

const BASE =
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border text-body " +
  "transition-colors disabled:opacity-50 aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary:
    "border-transparent bg-inverse font-medium text-on-inverse enabled:hover:opacity-85 [a]:hover:opacity-85",
  secondary: "border-line bg-surface font-medium text-ink enabled:hover:bg-subtle [a]:hover:bg-subtle",
  quiet:
    "border-transparent font-medium text-muted enabled:hover:bg-subtle enabled:hover:text-ink [a]:hover:bg-subtle [a]:hover:text-ink",
  danger:
    "border-transparent bg-danger-fill font-medium text-on-danger enabled:hover:opacity-85 [a]:hover:opacity-85",
  warning: "border-transparent font-bold text-warning enabled:hover:underline [a]:hover:underline",
};

const SIZES: Readonly<Record<ButtonSize, { readonly text: string; readonly square: string }>> = {
  small: { text: "h-7 px-2 pointer-coarse:h-9", square: "size-7 pointer-coarse:size-9" },
  medium: { text: "h-8 px-3 pointer-coarse:h-10", square: "size-8 pointer-coarse:size-10" },
};

/** What a button looks like, for a `button` and for a link alike; square around a lone icon. */
export function buttonStyle(
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "medium",
  shape: "text" | "square" = "text",
): string {
  return classNames(BASE, VARIANTS[variant], SIZES[size][shape]);
}
