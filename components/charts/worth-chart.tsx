"use client";

import { ChartCanvas } from "@/components/charts/chart-canvas";
import type { WorthModel } from "@/components/charts/draw-worth-chart";

type WorthChartProps = WorthModel & { readonly label: string };

const load = () => import("./draw-worth-chart").then(({ drawWorthChart }) => drawWorthChart);

/** What use was worth by month against a flat price, with what its marks mean. */
export function WorthChart({ label, ...model }: WorthChartProps) {
  const { worth, spent, price } = model.names;
  const anySpent = model.columns.some((column) => column.spent > 0);
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-small">
        <Key name={worth}>
          <rect x="0.5" y="0.5" width="11" height="8" className="fill-leverage-soft stroke-leverage" />
        </Key>
        {anySpent && (
          <Key name={spent}>
            <rect width="12" height="9" className="fill-series-2" />
          </Key>
        )}
        <Key name={price}>
          <path d="M0 4.5h12" strokeWidth="2" className="stroke-ink" />
        </Key>
        <Key name="break-even reached">
          <circle cx="6" cy="4.5" r="3.5" strokeWidth="2" className="fill-surface stroke-ink" />
        </Key>
      </ul>
      <ChartCanvas label={label} model={model} load={load} className="h-56 print:h-48" />
    </div>
  );
}

function Key({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <li className="inline-flex items-center gap-1.5">
      <svg aria-hidden="true" viewBox="0 0 12 9" className="h-2.25 w-3 shrink-0">
        {children}
      </svg>
      {name}
    </li>
  );
}
