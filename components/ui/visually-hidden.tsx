import type { ReactNode } from "react";

/** Words for a screen reader where the eye has a mark. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }) {
  return <span className="sr-only">{children}</span>;
}
