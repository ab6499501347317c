"use client";

import { ChartCanvas } from "@/components/charts/chart-canvas";
import type { MonthChartModel } from "@/components/charts/draw-month-chart";

type MonthChartProps = MonthChartModel & { readonly label: string };

const load = () => import("./draw-month-chart").then(({ drawMonthChart }) => drawMonthChart);

/** Cost by month: leverage below, product above it, unclassified on top; billed solid, estimated hatched. */
export function MonthChart({ label, ...model }: MonthChartProps) {
  return <ChartCanvas label={label} model={model} load={load} className="h-72 print:h-56" />;
}
