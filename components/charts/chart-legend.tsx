import type { ReactNode } from "react";

type LegendKey = "leverage" | "product" | "unclassified" | "estimated" | "forecast" | "budget";

const SWATCHES: Readonly<Record<LegendKey, ReactNode>> = {
  leverage: <rect width="12" height="9" className="fill-leverage" />,
  product: <rect width="12" height="9" className="fill-product" />,
  unclassified: <rect width="12" height="9" className="fill-warning-fill" />,
  estimated: <path d="M0 5 5 0M0 9 9 0M4 9l8-8M8 9l4-4" strokeWidth="1.5" className="stroke-muted" />,
  forecast: (
    <rect
      x="0.5"
      y="0.5"
      width="11"
      height="8"
      fill="none"
      strokeDasharray="2 1.5"
      className="stroke-muted"
    />
  ),
  budget: <path d="M0 4.5h12" strokeWidth="2" className="stroke-ink" />,
};

/** What the marks of the month chart mean, only those that it draws. */
export function ChartLegend({ keys }: { readonly keys: readonly LegendKey[] }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-small">
      {keys.map((key) => (
        <li key={key} className="inline-flex items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 12 9" className="h-2.25 w-3">
            {SWATCHES[key]}
          </svg>
          {key}
        </li>
      ))}
    </ul>
  );
}
