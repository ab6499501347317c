import type { ReactNode } from "react";

import { classNames } from "@/components/ui/class-names";

export type BadgeTone = "neutral" | "leverage" | "product" | "warning" | "danger";

const TONES: Readonly<Record<BadgeTone, string>> = {
  neutral: "border-line text-muted",
  leverage: "border-leverage text-leverage-ink",
  product: "border-product text-product-ink",
  warning: "border-warning-line bg-warning-soft text-warning",
  danger: "border-danger-line bg-danger-soft text-danger",
};

/** A state in a word or two. The tone repeats what the words say, never more. */
export function Badge({
  tone = "neutral",
  children,
}: {
  readonly tone?: BadgeTone;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 font-medium text-small",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
