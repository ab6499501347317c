import { Chart, type ChartConfiguration } from "chart.js";

import type { Drawing } from "@/components/charts/chart-canvas";
import { stackedBarOptions } from "@/components/charts/stacked-bars";
import { readThemeColors, type ThemeColors } from "@/components/charts/theme-colors";
import { monthShortText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

export type BesideModel = {
  readonly months: readonly Month[];
  /** What all others stand beside, in grey. */
  readonly base: { readonly name: string; readonly values: readonly number[] };
  /** At most three, each with a value for every month. */
  readonly others: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** Whose colour they have. */
  readonly line: "leverage" | "product" | "unclassified";
  readonly text: (value: number) => string;
  readonly axisText: (value: number) => string;
};

/** For each month what there is, and beside it what would be. */
export function drawBesideChart(canvas: HTMLCanvasElement, first: BesideModel): Drawing<BesideModel> {
  const chart = new Chart(canvas, configuration(canvas, first));
  return {
    update: (model) => {
      const { data, options } = configuration(canvas, model);
      chart.data = data;
      chart.options = options ?? {};
      chart.update("none");
    },
    destroy: () => chart.destroy(),
  };
}

function configuration(
  canvas: HTMLCanvasElement,
  { months, base, others, line, text, axisText }: BesideModel,
): ChartConfiguration<"bar"> {
  const colors = readThemeColors(canvas.parentElement ?? document.body);
  const bars = { categoryPercentage: 0.8, barPercentage: 0.9, maxBarThickness: 24, borderSkipped: false };
  return {
    type: "bar",
    data: {
      labels: [...months],
      datasets: [
        { ...bars, label: base.name, data: [...base.values], stack: "base", backgroundColor: colors.control },
        ...others.map(({ name, values }, index) => ({
          ...bars,
          label: name,
          data: [...values],
          stack: `other ${index}`,
          ...fillOf(colors, line, index),
        })),
      ],
    },
    options: stackedBarOptions(canvas, colors, {
      onSelect: undefined,
      isShown: () => false,
      tickText: (index, narrow) => tickText(months, index, narrow),
      axisText,
      title: (index) => monthText(months[index] ?? ""),
      valueText: text,
    }),
  };
}

/** Full, soft and empty: told apart without their colour. */
function fillOf(colors: ThemeColors, line: BesideModel["line"], index: number) {
  const [full, soft] =
    line === "unclassified"
      ? [colors["warning-fill"], colors["warning-soft"]]
      : [colors[line], colors[`${line}-soft`]];
  return { backgroundColor: [full, soft, colors.surface][index] ?? full, borderColor: full, borderWidth: 1 };
}

function tickText(months: readonly Month[], index: number, narrow: boolean): string | string[] {
  const month = months[index] ?? "";
  const name = narrow ? monthShortText(month).slice(0, 1) : monthShortText(month);
  const isFirst = index === 0 && !(narrow && months[1]?.endsWith("-01"));
  return isFirst || month.endsWith("-01") ? [name, month.slice(0, 4)] : name;
}
