import Link from "next/link";
import type { ReactNode } from "react";

type PageHeaderProps = {
  readonly title: string;
  /** One short line under the title: a state, a count, never an explanation of the page. */
  readonly note?: ReactNode;
  /** The page's buttons; the primary one last. */
  readonly actions?: ReactNode;
  /** The page above this one, when it is not in the rail. */
  readonly parent?: { readonly href: string; readonly label: string };
};

/** The page's heading with its actions; every page has exactly one. */
export function PageHeader({ title, note, actions, parent }: PageHeaderProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 pb-4">
      <div className="min-w-0">
        {parent && (
          <p className="text-small">
            <Link href={parent.href} className="rounded-sm text-muted hover:text-ink hover:underline">
              ‹ {parent.label}
            </Link>
          </p>
        )}
        <h1 className="font-bold text-title">{title}</h1>
        {note !== undefined && <div className="text-muted">{note}</div>}
      </div>
      {actions !== undefined && (
        <div data-print="hide" className="flex flex-wrap items-center gap-2">
          {actions}
        </div>
      )}
    </div>
  );
}
