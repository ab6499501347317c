"use client";

import { ChartCanvas } from "@/components/charts/chart-canvas";
import type { StackModel } from "@/components/charts/draw-stack-chart";

type StackChartProps = StackModel & { readonly label: string };

const load = () => import("./draw-stack-chart").then(({ drawStackChart }) => drawStackChart);

/** Something over months or days, as a stack of what it is made of. */
export function StackChart({ label, ...model }: StackChartProps) {
  return <ChartCanvas label={label} model={model} load={load} className="h-56 print:h-48" />;
}
