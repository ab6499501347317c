import { classNames } from "@/components/ui/class-names";

/** primary: the one next step; secondary: the others; quiet: in rows and bars; danger: what destroys. */
export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger" | "warning";
export type ButtonSize = "small" | "medium";

const BASE =
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium text-body " +
  "transition-colors disabled:opacity-50 aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-transparent bg-inverse text-on-inverse enabled:hover:opacity-85 [a]:hover:opacity-85",
  secondary: "border-line bg-surface text-ink enabled:hover:bg-subtle [a]:hover:bg-subtle",
  quiet:
    "border-transparent text-muted enabled:hover:bg-subtle enabled:hover:text-ink [a]:hover:bg-subtle [a]:hover:text-ink",
  danger: "border-transparent bg-danger-fill text-on-danger enabled:hover:opacity-85 [a]:hover:opacity-85",
  warning: "border-transparent text-warning enabled:hover:underline [a]:hover:underline",
};

const SIZES: Readonly<Record<ButtonSize, string>> = {
  small: "h-7 px-2 pointer-coarse:h-9",
  medium: "h-8 px-3 pointer-coarse:h-10",
};

/** What a button looks like, for a `button` and for a link alike. */
export function buttonStyle(variant: ButtonVariant = "secondary", size: ButtonSize = "medium"): string {
  return classNames(BASE, VARIANTS[variant], SIZES[size]);
}
