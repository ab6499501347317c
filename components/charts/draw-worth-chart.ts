import { Chart, type ChartConfiguration, type Plugin } from "chart.js";

import type { Drawing } from "@/components/charts/chart-canvas";
import { stackedBarOptions } from "@/components/charts/stacked-bars";
import { readThemeColors, type ThemeColors } from "@/components/charts/theme-colors";
import { monthShortText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

export type WorthColumn = {
  readonly month: Month;
  /** What the use would have cost. */
  readonly worth: number;
  /** What was spent beside the flat price. */
  readonly spent: number;
  /** The flat price; null where there was none. */
  readonly price: number | null;
};

export type WorthModel = {
  readonly columns: readonly WorthColumn[];
  readonly names: { readonly worth: string; readonly spent: string; readonly price: string };
  readonly text: (value: number) => string;
  readonly axisText: (value: number) => string;
};

/** Bars of what use was worth by month, the flat price as a line across them, and a mark where a bar reaches it. */
export function drawWorthChart(canvas: HTMLCanvasElement, first: WorthModel): Drawing<WorthModel> {
  let shown = first;
  const line = priceLine(() => ({ columns: shown.columns, colors: colorsOf(canvas) }));
  const chart = new Chart(canvas, { ...configuration(canvas, first), plugins: [line] });
  return {
    update: (model) => {
      shown = model;
      const { data, options } = configuration(canvas, model);
      chart.data = data;
      chart.options = options ?? {};
      chart.update("none");
    },
    destroy: () => chart.destroy(),
  };
}

const colorsOf = (canvas: HTMLCanvasElement): ThemeColors =>
  readThemeColors(canvas.parentElement ?? document.body);

function configuration(
  canvas: HTMLCanvasElement,
  { columns, names, text, axisText }: WorthModel,
): ChartConfiguration<"bar"> {
  const colors = colorsOf(canvas);
  const bars = { stack: "all", categoryPercentage: 0.9, barPercentage: 0.66, maxBarThickness: 48 };
  const prices = columns.map(({ price }) => price ?? 0);
  return {
    type: "bar",
    data: {
      labels: columns.map(({ month }) => month),
      datasets: [
        {
          ...bars,
          label: names.worth,
          data: columns.map(({ worth }) => worth),
          backgroundColor: colors["leverage-soft"],
          borderColor: colors.leverage,
          borderWidth: 1,
          borderSkipped: false,
        },
        {
          ...bars,
          label: names.spent,
          data: columns.map(({ spent }) => spent),
          backgroundColor: colors["series-2"],
        },
      ],
    },
    options: stackedBarOptions(canvas, colors, {
      onSelect: undefined,
      isShown: () => false,
      tickText: (index, narrow) => tickText(columns, index, narrow),
      axisText,
      axisMax: Math.max(...prices) * 1.15,
      title: (index) => monthText(columns[index]?.month ?? ""),
      valueText: text,
      footer: (index) => {
        const price = columns[index]?.price ?? null;
        return price === null ? "" : `${names.price} ${text(price)}`;
      },
    }),
  };
}

/** The price as a line from month to month, and a point on it wherever use was worth as much. */
function priceLine(
  read: () => { readonly columns: readonly WorthColumn[]; readonly colors: ThemeColors },
): Plugin<"bar"> {
  return {
    id: "priceLine",
    afterDatasetsDraw({ ctx, scales: { x, y } }) {
      if (!x || !y) return;
      const { columns, colors } = read();
      const step = columns.length > 1 ? x.getPixelForValue(1) - x.getPixelForValue(0) : x.width;
      ctx.save();
      ctx.strokeStyle = colors.ink;
      ctx.lineWidth = 2;
      ctx.beginPath();
      for (const [index, { price }] of columns.entries()) {
        if (price === null) continue;
        const [left, at] = [x.getPixelForValue(index) - step / 2, Math.round(y.getPixelForValue(price))];
        if (columns[index - 1]?.price === undefined || columns[index - 1]?.price === null)
          ctx.moveTo(left, at);
        else ctx.lineTo(left, at);
        ctx.lineTo(left + step, at);
      }
      ctx.stroke();
      for (const [index, { price, worth }] of columns.entries()) {
        if (price === null || worth < price) continue;
        ctx.beginPath();
        ctx.arc(x.getPixelForValue(index), Math.round(y.getPixelForValue(price)), 4.5, 0, 2 * Math.PI);
        ctx.fillStyle = colors.surface;
        ctx.fill();
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}

function tickText(columns: readonly WorthColumn[], index: number, narrow: boolean): string | string[] {
  const month = columns[index]?.month ?? "";
  const name = narrow ? monthShortText(month).slice(0, 1) : monthShortText(month);
  const isFirst = index === 0 && !(narrow && columns[1]?.month.endsWith("-01"));
  return isFirst || month.endsWith("-01") ? [name, month.slice(0, 4)] : name;
}
