import type { ReactNode } from "react";

import { classNames } from "@/components/ui/class-names";

type CardProps = {
  /** Names the section; give `headingId` to a heading inside, or a `label`. */
  readonly labelledBy?: string;
  readonly label?: string;
  /** No padding: for a table or list that runs to the edges. */
  readonly flush?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A bounded part of the page. */
export function Card({ labelledBy, label, flush = false, className, children }: CardProps) {
  return (
    <section
      aria-labelledby={labelledBy}
      aria-label={label}
      className={classNames(
        "min-w-0 rounded-lg border border-line bg-surface",
        flush ? "overflow-clip" : "p-4",
        className,
      )}
    >
      {children}
    </section>
  );
}
