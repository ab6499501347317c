import { Chart, type ChartConfiguration } from "chart.js";

import type { Drawing } from "@/components/charts/chart-canvas";
import { budgetLines, forecastOutlines } from "@/components/charts/chart-marks";
import { monthChartData, stackMax } from "@/components/charts/month-chart-data";
import type { MonthColumn } from "@/components/charts/month-column";
import { stackedBarOptions } from "@/components/charts/stacked-bars";
import { readThemeColors, type ThemeColors } from "@/components/charts/theme-colors";
import { type Currency, fractionDigits } from "@/lib/domain/currency";
import { monthShortText, monthText } from "@/lib/domain/date-text";
import { money } from "@/lib/domain/money";
import { axisText, moneyText } from "@/lib/domain/money-text";
import type { Month } from "@/lib/domain/month";

export type MonthChartModel = {
  readonly columns: readonly MonthColumn[];
  readonly currency: Currency;
  readonly locale: string;
  /** The month that the page shows. */
  readonly month?: Month;
  readonly onSelectMonth?: (month: Month) => void;
};

/** Draws into the canvas and keeps drawing as the model, the size or the theme changes. */
export function drawMonthChart(canvas: HTMLCanvasElement, first: MonthChartModel): Drawing<MonthChartModel> {
  let shown = first;
  let colors = colorsOf(canvas);
  const budgets = budgetLines(() => ({
    values: shown.columns.map((column) => column.budget),
    color: colors.ink,
  }));
  const chart = new Chart(canvas, {
    ...configuration(canvas, first, colors),
    plugins: [forecastOutlines, budgets],
  });
  return {
    update: (model) => {
      shown = model;
      colors = colorsOf(canvas);
      const { data, options } = configuration(canvas, model, colors);
      chart.data = data;
      chart.options = options ?? {};
      chart.update("none");
    },
    destroy: () => chart.destroy(),
  };
}

function colorsOf(canvas: HTMLCanvasElement): ThemeColors {
  return readThemeColors(canvas.parentElement ?? document.body);
}

function configuration(
  canvas: HTMLCanvasElement,
  { columns, currency, locale, month, onSelectMonth }: MonthChartModel,
  colors: ThemeColors,
): ChartConfiguration<"bar"> {
  const monthAt = (index: number) => columns[index]?.month ?? "";
  const name = (minor: number) => moneyText(money(Math.round(minor), currency), locale);
  return {
    type: "bar",
    data: monthChartData(columns, colors),
    options: stackedBarOptions(canvas, colors, {
      onSelect: onSelectMonth && ((index) => onSelectMonth(monthAt(index))),
      isShown: (index) => monthAt(index) === month,
      tickText: (index, narrow) => tickText(columns, index, narrow),
      axisText: (value) => axisText(value, currency, locale),
      axisMax: stackMax(columns) || 100 * 10 ** fractionDigits(currency),
      title: (index) => monthText(monthAt(index)),
      valueText: name,
      footer: (index) => {
        const budget = columns[index]?.budget;
        return budget === undefined ? "" : `Budget ${name(budget)}`;
      },
    }),
  };
}

/** The month's short name (its letter where there is no more room), with its year where one begins. */
function tickText(columns: readonly MonthColumn[], index: number, narrow: boolean): string | string[] {
  const month = columns[index]?.month ?? "";
  const name = narrow ? monthShortText(month).slice(0, 1) : monthShortText(month);
  const beginsYear = index === 0 || month.endsWith("-01");
  return beginsYear ? [name, month.slice(0, 4)] : name;
}
