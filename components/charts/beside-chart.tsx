"use client";

import { ChartCanvas } from "@/components/charts/chart-canvas";
import type { BesideModel } from "@/components/charts/draw-beside-chart";

type BesideChartProps = BesideModel & { readonly label: string };

const load = () => import("./draw-beside-chart").then(({ drawBesideChart }) => drawBesideChart);

const FILLS = {
  leverage: ["fill-leverage", "fill-leverage-soft", "fill-surface"],
  product: ["fill-product", "fill-product-soft", "fill-surface"],
  unclassified: ["fill-warning-fill", "fill-warning-soft", "fill-surface"],
} as const;

const STROKES = {
  leverage: "stroke-leverage",
  product: "stroke-product",
  unclassified: "stroke-warning-fill",
} as const;

/** What there is by month and what would be beside it, with what its bars mean. */
export function BesideChart({ label, ...model }: BesideChartProps) {
  const { base, others, line } = model;
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-small">
        <li className="inline-flex items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 12 9" className="h-2.25 w-3 shrink-0">
            <rect width="12" height="9" className="fill-control" />
          </svg>
          {base.name}
        </li>
        {others.map(({ name }, index) => (
          <li key={name} className="inline-flex min-w-0 items-center gap-1.5">
            <svg aria-hidden="true" viewBox="0 0 12 9" className="h-2.25 w-3 shrink-0">
              <rect
                x="0.5"
                y="0.5"
                width="11"
                height="8"
                className={`${FILLS[line][index] ?? "fill-surface"} ${STROKES[line]}`}
              />
            </svg>
            <bdi className="truncate">{name}</bdi>
          </li>
        ))}
      </ul>
      <ChartCanvas label={label} model={model} load={load} className="h-56 print:h-48" />
    </div>
  );
}
