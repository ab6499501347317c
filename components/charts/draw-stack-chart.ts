import { Chart, type ChartConfiguration } from "chart.js";

import type { Drawing } from "@/components/charts/chart-canvas";
import { stackedBarOptions } from "@/components/charts/stacked-bars";
import { readThemeColors, type ThemeColors } from "@/components/charts/theme-colors";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { dateText, monthShortText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

export type StackSeries = {
  readonly name: string;
  readonly values: readonly number[];
  /** What is left, in grey. */
  readonly rest?: boolean;
};

export type StackModel = {
  /** All months, or all days. */
  readonly periods: readonly (Month | CalendarDate)[];
  /** From the bottom up, each with a value for every period. */
  readonly series: readonly StackSeries[];
  /** The period in bold. */
  readonly shown?: string;
  readonly text: (value: number) => string;
  readonly axisText: (value: number) => string;
  readonly onSelect?: ((period: string) => void) | undefined;
};

/** Draws into the canvas and keeps drawing as the model, the size or the theme changes. */
export function drawStackChart(canvas: HTMLCanvasElement, first: StackModel): Drawing<StackModel> {
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
  { periods, series, shown, text, axisText, onSelect }: StackModel,
): ChartConfiguration<"bar"> {
  const colors = readThemeColors(canvas.parentElement ?? document.body);
  const periodAt = (index: number) => periods[index] ?? "";
  return {
    type: "bar",
    data: {
      labels: [...periods],
      datasets: series.map(({ name, values, rest }, index) => ({
        label: name,
        data: [...values],
        backgroundColor: rest ? colors.control : fillOf(colors, index),
        // A gap of the ground tells neighbours apart without their colours.
        borderColor: colors.surface,
        borderWidth: { top: 1 },
        borderSkipped: false,
        stack: "all",
        categoryPercentage: 0.9,
        barPercentage: 0.66,
        maxBarThickness: 64,
      })),
    },
    options: stackedBarOptions(canvas, colors, {
      onSelect: onSelect && ((index) => onSelect(periodAt(index))),
      isShown: (index) => periodAt(index) === shown,
      tickText: (index, narrow) => tickText(periods, index, narrow),
      skipsTicks: periods.length > 12,
      axisText,
      title: (index) => periodText(periodAt(index)),
      valueText: text,
    }),
  };
}

const FILLS = ["series-1", "series-2", "series-3", "series-4"] as const;

const fillOf = (colors: ThemeColors, index: number): string => colors[FILLS[index] ?? "control"];

const isDay = (period: string): boolean => period.length > "2026-10".length;

const periodText = (period: string): string => (isDay(period) ? dateText(period) : monthText(period));

/** The day's number, or the month's short name (its letter where there is no more room), with its year where one begins. */
function tickText(periods: StackModel["periods"], index: number, narrow: boolean): string | string[] {
  const period = periods[index] ?? "";
  if (isDay(period)) return String(Number(period.slice("2026-10-".length)));
  const name = narrow ? monthShortText(period).slice(0, 1) : monthShortText(period);
  const beginsYear = period.endsWith("-01");
  // Two years side by side would run into each other.
  const isFirst = index === 0 && !(narrow && periods[1]?.endsWith("-01"));
  return isFirst || beginsYear ? [name, period.slice(0, 4)] : name;
}
