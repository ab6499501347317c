import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  Tooltip,
} from "chart.js";

import { tooltipStyle } from "@/components/charts/chart-style";
import type { ThemeColors } from "@/components/charts/theme-colors";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

/** Below this width twelve names of three letters run into each other. */
const NARROW_PX = 460;

type StackedBars = {
  /** What a click on a stack chooses. */
  readonly onSelect: ((index: number) => void) | undefined;
  /** The stack whose name is bold. */
  readonly isShown: (index: number) => boolean;
  readonly tickText: (index: number, narrow: boolean) => string | string[];
  /** Leaves names out where they have no room. */
  readonly skipsTicks?: boolean;
  readonly axisText: (value: number) => string;
  readonly axisMax?: number;
  readonly title: (index: number) => string;
  readonly valueText: (value: number) => string;
  readonly footer?: (index: number) => string;
};

type BarOptions = NonNullable<ChartConfiguration<"bar">["options"]>;

/** How every picture of stacks looks and answers: no movement, one quiet grid, what is pointed at told in full. */
export function stackedBarOptions(
  canvas: HTMLCanvasElement,
  colors: ThemeColors,
  bars: StackedBars,
): BarOptions {
  const font = { family: getComputedStyle(canvas).fontFamily, size: 12 };
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    events: ["mousemove", "mouseout", "click", "touchstart"],
    interaction: { mode: "index", intersect: false },
    onClick: (_event, [element]) => {
      if (element) bars.onSelect?.(element.index);
    },
    onHover: (_event, elements, chart) => {
      chart.canvas.classList.toggle("cursor-pointer", bars.onSelect !== undefined && elements.length > 0);
    },
    scales: scalesOf(colors, font, bars),
    plugins: { tooltip: { ...tooltipStyle(colors, font), ...tooltipOf(bars) } },
  };
}

function scalesOf(
  colors: ThemeColors,
  font: { readonly family: string; readonly size: number },
  { isShown, tickText, skipsTicks = false, axisText, axisMax }: StackedBars,
): BarOptions["scales"] {
  return {
    x: {
      stacked: true,
      grid: { display: false },
      border: { display: false },
      ticks: {
        autoSkip: skipsTicks,
        maxRotation: 0,
        color: ({ index }) => (isShown(index) ? colors.ink : colors.muted),
        font: ({ index }) => ({ ...font, weight: isShown(index) ? "bold" : "normal" }),
        callback(_value, index) {
          return tickText(index, this.chart.width < NARROW_PX);
        },
      },
    },
    y: {
      stacked: true,
      ...(axisMax !== undefined && { suggestedMax: axisMax }),
      grid: { color: colors.line },
      border: { display: false },
      ticks: { color: colors.muted, font, maxTicksLimit: 6, callback: (value) => axisText(Number(value)) },
    },
  };
}

const tooltipOf = ({ title, valueText, footer }: StackedBars) =>
  ({
    itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
    filter: (item) => item.parsed.y !== 0,
    callbacks: {
      title: ([item]) => (item ? title(item.dataIndex) : ""),
      label: (item) => `${item.dataset.label}: ${valueText(item.parsed.y ?? 0)}`,
      footer: ([item]) => (item ? (footer?.(item.dataIndex) ?? "") : ""),
    },
  }) satisfies NonNullable<BarOptions["plugins"]>["tooltip"];
