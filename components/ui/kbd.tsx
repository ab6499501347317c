import type { ReactNode } from "react";

export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line bg-subtle px-1 font-medium font-sans text-muted text-small">
      {children}
    </kbd>
  );
}
