import type { ReactNode } from "react";

import { classNames } from "@/components/ui/class-names";

type BannerProps = {
  readonly tone?: "neutral" | "warning" | "danger";
  /** The fact itself, first and bold: "113.34 unclassified". */
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Read out when it appears while the page is open; a strip that comes with the page needs none. */
  readonly live?: boolean;
};

const TONES = {
  neutral: { frame: "border-line bg-subtle", title: "text-ink" },
  warning: { frame: "border-warning-line bg-warning-soft", title: "text-warning" },
  danger: { frame: "border-danger-line bg-danger-soft", title: "text-danger" },
} as const;

/** A strip across the content that says one thing and offers what to do about it. */
export function Banner({ tone = "neutral", title, children, actions, live = false }: BannerProps) {
  return (
    <div
      role={live ? (tone === "danger" ? "alert" : "status") : undefined}
      className={classNames(
        "flex gap-x-4 gap-y-1 rounded-lg border px-3.5 py-2 max-sm:flex-col sm:items-center sm:justify-between",
        TONES[tone].frame,
      )}
    >
      <p className="min-w-0">
        {title !== undefined && (
          <strong className={classNames("mr-2 font-bold", TONES[tone].title)}>{title}</strong>
        )}
        {children}
      </p>
      {actions !== undefined && (
        <div data-print="hide" className="flex shrink-0 flex-wrap items-center gap-2">
          {actions}
        </div>
      )}
    </div>
  );
}
