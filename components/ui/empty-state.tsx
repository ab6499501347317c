import type { ReactNode } from "react";

type EmptyStateProps = {
  readonly title: string;
  /** `h1` where it is the whole page. */
  readonly heading?: "h1" | "h2";
  /** What belongs here and why it is worth it, in a sentence or two. */
  readonly children: ReactNode;
  /** The one next step, and at most one other way (demo data, an import). */
  readonly actions?: ReactNode;
};

/** An empty page or list. */
export function EmptyState({ title, heading: Heading = "h2", children, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      <Heading className="font-bold text-body">{title}</Heading>
      <div className="max-w-prose text-muted">{children}</div>
      {actions !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
