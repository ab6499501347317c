import type { ReactNode } from "react";

type EmptyStateProps = {
  readonly title: string;
  /** What belongs here and why it is worth it, in a sentence or two. */
  readonly children: ReactNode;
  /** The one next step, and at most one other way (demo data, an import). */
  readonly actions?: ReactNode;
};

/** An empty page or list. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      <h2 className="font-bold text-body">{title}</h2>
      <div className="max-w-prose text-muted">{children}</div>
      {actions !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
