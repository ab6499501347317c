import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  Tooltip,
} from "chart.js";
import { budgetLines, forecastOutlines } from "@/components/charts/chart-marks";
import { tooltipStyle } from "@/components/charts/chart-style";
import { monthChartData, stackMax } from "@/components/charts/month-chart-data";
import type { MonthColumn } from "@/components/charts/month-column";
import { readThemeColors, type ThemeColors } from "@/components/charts/theme-colors";
import { type Currency, fractionDigits } from "@/lib/domain/currency";
import { monthShortText, monthText } from "@/lib/domain/date-text";
import { money } from "@/lib/domain/money";
import { axisText, moneyText } from "@/lib/domain/money-text";
import type { Month } from "@/lib/domain/month";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

/** Below this width twelve names of three letters run into each other. */
const NARROW_PX = 460;

export type MonthChartModel = {
  readonly columns: readonly MonthColumn[];
  readonly currency: Currency;
  readonly locale: string;
  readonly month: Month | undefined;
  readonly onSelectMonth: ((month: Month) => void) | undefined;
};

export type MonthChart = { readonly update: (model: MonthChartModel) => void; readonly destroy: () => void };

/** Draws into the canvas and keeps drawing as the model, the size or the theme changes. */
export function drawMonthChart(canvas: HTMLCanvasElement, first: MonthChartModel): MonthChart {
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
  model: MonthChartModel,
  colors: ThemeColors,
): ChartConfiguration<"bar"> {
  const { columns, currency, locale, month, onSelectMonth } = model;
  const { fontFamily } = getComputedStyle(canvas);
  const font = { family: fontFamily, size: 12 };
  const isShown = (index: number) => columns[index]?.month === month;
  const name = (minor: number) => moneyText(money(Math.round(minor), currency), locale);

  return {
    type: "bar",
    data: monthChartData(columns, colors),
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      events: ["mousemove", "mouseout", "click", "touchstart"],
      interaction: { mode: "index", intersect: false },
      onClick: (_event, elements) => {
        const column = columns[elements[0]?.index ?? -1];
        if (column) onSelectMonth?.(column.month);
      },
      onHover: (_event, elements, chart) => {
        chart.canvas.classList.toggle("cursor-pointer", onSelectMonth !== undefined && elements.length > 0);
      },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { display: false },
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            color: ({ index }) => (isShown(index) ? colors.ink : colors.muted),
            font: ({ index }) => ({ ...font, weight: isShown(index) ? "bold" : "normal" }),
            callback(_value, index) {
              return tickText(columns, index, this.chart.width < NARROW_PX);
            },
          },
        },
        y: {
          stacked: true,
          suggestedMax: stackMax(columns) || 100 * 10 ** fractionDigits(currency),
          grid: { color: colors.line },
          border: { display: false },
          ticks: {
            color: colors.muted,
            font,
            maxTicksLimit: 6,
            callback: (value) => axisText(Number(value), currency, locale),
          },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipStyle(colors, font),
          itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
          filter: (item) => item.parsed.y !== 0,
          callbacks: {
            title: ([item]) => monthText(columns[item?.dataIndex ?? -1]?.month ?? ""),
            label: (item) => `${item.dataset.label}: ${name(item.parsed.y ?? 0)}`,
            footer: ([item]) => {
              const budget = columns[item?.dataIndex ?? -1]?.budget;
              return budget === undefined ? "" : `Budget ${name(budget)}`;
            },
          },
        },
      },
    },
  };
}

/** The month's short name (its letter where there is no more room), with its year where one begins. */
function tickText(columns: readonly MonthColumn[], index: number, narrow: boolean): string | string[] {
  const month = columns[index]?.month ?? "";
  const name = narrow ? monthShortText(month).slice(0, 1) : monthShortText(month);
  const beginsYear = index === 0 || month.endsWith("-01");
  return beginsYear ? [name, month.slice(0, 4)] : name;
}
