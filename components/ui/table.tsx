import { ChevronRight } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

import { classNames } from "@/components/ui/class-names";
import { TableFrame } from "@/components/ui/table-frame";

type TableProps = {
  /** Names the table for everyone who cannot see where it stands. */
  readonly caption: string;
  readonly captionHidden?: boolean;
  /** "page": grows with its rows, the head stays under the top bar. "frame": scrolls both ways in a frame of its own. */
  readonly scroll?: "page" | "frame";
  /** A hairline between rows, for lists; statements rule their groups with Row's `ruled`. */
  readonly divided?: boolean;
  /** Where it is wider than the screen, its last columns are in sight first. */
  readonly startAtEnd?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A table with its name. What is too wide scrolls sideways inside, never the page. */
export function Table({
  caption,
  captionHidden = true,
  scroll = "page",
  divided = false,
  startAtEnd = false,
  className,
  children,
}: TableProps) {
  return (
    <TableFrame label={caption} scroll={scroll} startAtEnd={startAtEnd}>
      <table
        data-divided={divided}
        className={classNames("w-full border-separate border-spacing-0", className)}
      >
        <caption className={captionHidden ? "sr-only" : "px-4 py-3 text-left font-bold"}>{caption}</caption>
        {children}
      </table>
    </TableFrame>
  );
}

/** The column heads; they stay while the rows scroll. */
export function TableHead({ children }: { readonly children: ReactNode }) {
  return <thead className="text-muted text-small">{children}</thead>;
}

type ColumnProps = ComponentProps<"th"> & {
  /** Right-aligned, over figures. */
  readonly figures?: boolean;
  /** Stays at the left when the table scrolls sideways. */
  readonly pinned?: boolean;
};

/** A column's head. */
export function Column({ figures, pinned, className, ...props }: ColumnProps) {
  return (
    <th
      scope="col"
      {...props}
      className={classNames(
        "ledger-column z-10 whitespace-nowrap border-line border-b bg-surface px-3 py-2 font-medium first:pl-4 last:pr-4",
        figures ? "text-right" : "text-left",
        pinned && "left-0 z-20",
        className,
      )}
    />
  );
}

/** The row of totals; stays at the bottom while the rows scroll. */
export function TableFoot({ children }: { readonly children: ReactNode }) {
  return <tfoot className="ledger-foot font-bold">{children}</tfoot>;
}

type RowProps = ComponentProps<"tr"> & {
  /** The row whose sheet is open, or that the keyboard is on. */
  readonly selected?: boolean;
  /** The colour of the budget line that the row stands for. */
  readonly accent?: "leverage" | "product" | "warning";
  /** A hairline above, where a group of rows begins. */
  readonly ruled?: boolean;
  /** In bold, for a row that sums up the ones below it. */
  readonly strong?: boolean;
};

export function Row({ selected, accent, ruled, strong, className, ...props }: RowProps) {
  return (
    <tr
      {...props}
      aria-current={selected ? "true" : undefined}
      data-accent={accent}
      data-ruled={ruled}
      data-strong={strong}
      className={classNames("ledger-row", className)}
    />
  );
}

type RowHeadProps = ComponentProps<"th"> & {
  readonly pinned?: boolean;
  /** Depth in a tree of rows: 0 sums up, 1 is what it is made of. A list has no levels. */
  readonly level?: 0 | 1 | 2;
};

const LEVELS = { 0: "pl-4", 1: "pl-9.5 text-muted", 2: "pl-14 text-muted" } as const;

/** The cell that names its row. */
export function RowHead({ pinned, level, className, ...props }: RowHeadProps) {
  return (
    <th
      scope="row"
      {...props}
      data-level={level}
      className={classNames(
        "py-1.5 pr-3 text-left",
        LEVELS[level ?? 0],
        pinned && "sticky left-0 z-10 min-w-40 bg-inherit",
        className,
      )}
    />
  );
}

type RowToggleProps = { readonly open: boolean; readonly onToggle: () => void; readonly children: ReactNode };

/** Inside a RowHead: unfolds the rows that the row is made of. */
export function RowToggle({ open, onToggle, children }: RowToggleProps) {
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      className="-ml-0.5 inline-flex min-h-6 items-center gap-1.5 rounded-sm text-left"
    >
      <ChevronRight
        aria-hidden
        className={classNames("size-4 shrink-0 text-muted transition-transform", open && "rotate-90")}
      />
      {children}
    </button>
  );
}

type CellProps = ComponentProps<"td"> & {
  /** Right-aligned tabular figures. */
  readonly figures?: boolean;
};

export function Cell({ figures, className, ...props }: CellProps) {
  return (
    <td
      {...props}
      className={classNames(
        "px-3 py-1.5 first:pl-4 last:pr-4",
        figures && "whitespace-nowrap text-right tabular-nums",
        className,
      )}
    />
  );
}
