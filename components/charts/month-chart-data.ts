import type { ChartData, ChartDataset } from "chart.js";

import { hatchPattern } from "@/components/charts/hatch-pattern";
import type { MonthColumn } from "@/components/charts/month-column";
import type { ThemeColors } from "@/components/charts/theme-colors";

/** The stack of each month from the bottom up. What is zero in every month is left out. */
export function monthChartData(
  columns: readonly MonthColumn[],
  colors: ThemeColors,
): ChartData<"bar", number[]> {
  const solid = (color: string) => ({ backgroundColor: color });
  const hatched = (color: string, soft: string) => ({ backgroundColor: hatchPattern(color, soft) });
  const outlined = (color: string) => ({ backgroundColor: "transparent", outlineColor: color });

  const datasets: ChartDataset<"bar", number[]>[] = [
    { label: "Leverage, billed", data: columns.map((c) => c.leverage.billed), ...solid(colors.leverage) },
    {
      label: "Leverage, estimated",
      data: columns.map((c) => c.leverage.estimated),
      ...hatched(colors.leverage, colors["leverage-soft"]),
    },
    {
      label: "Leverage, forecast",
      data: columns.map((c) => c.forecast?.leverage ?? 0),
      ...outlined(colors.leverage),
    },
    { label: "Product, billed", data: columns.map((c) => c.product.billed), ...solid(colors.product) },
    {
      label: "Product, estimated",
      data: columns.map((c) => c.product.estimated),
      ...hatched(colors.product, colors["product-soft"]),
    },
    {
      label: "Product, forecast",
      data: columns.map((c) => c.forecast?.product ?? 0),
      ...outlined(colors.product),
    },
    {
      label: "Unclassified, billed",
      data: columns.map((c) => c.unclassified.billed),
      ...solid(colors["warning-fill"]),
    },
    {
      label: "Unclassified, estimated",
      data: columns.map((c) => c.unclassified.estimated),
      ...hatched(colors["warning-fill"], colors["warning-soft"]),
    },
  ];
  return {
    labels: columns.map((column) => column.month),
    datasets: datasets
      .filter((dataset) => dataset.data.some((value) => value !== 0))
      .map((dataset) => ({
        ...dataset,
        stack: "month",
        categoryPercentage: 0.9,
        barPercentage: 0.66,
        maxBarThickness: 64,
      })),
  };
}

/** How high the axis must reach: the tallest stack, or the budget above it. */
export function stackMax(columns: readonly MonthColumn[]): number {
  return Math.max(
    0,
    ...columns.flatMap(({ leverage, product, unclassified, forecast, budget = 0 }) => {
      const parts = [leverage.billed, leverage.estimated, product.billed, product.estimated];
      parts.push(
        unclassified.billed,
        unclassified.estimated,
        forecast?.leverage ?? 0,
        forecast?.product ?? 0,
      );
      return [budget, parts.reduce((sum, part) => sum + Math.max(0, part), 0)];
    }),
  );
}
