import { BarElement, type Plugin } from "chart.js";

declare module "chart.js" {
  interface BarControllerDatasetOptions {
    /** Draws the bar as a dashed outline in this colour. */
    outlineColor?: string;
  }
}

/** Outlines what is only expected: the library's own bar borders cannot be dashed. */
export const forecastOutlines: Plugin<"bar"> = {
  id: "forecastOutlines",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    ctx.setLineDash([3, 3]);
    ctx.lineWidth = 1;
    for (const [index, dataset] of chart.data.datasets.entries()) {
      if (!("outlineColor" in dataset) || typeof dataset.outlineColor !== "string") continue;
      ctx.strokeStyle = dataset.outlineColor;
      for (const bar of chart.getDatasetMeta(index).data) {
        if (!(bar instanceof BarElement)) continue;
        const { x, y, base, width } = bar.getProps(["x", "y", "base", "width"], true);
        if (x !== null && y !== null && y !== base)
          ctx.strokeRect(x - width / 2 + 0.5, Math.min(y, base) + 0.5, width - 1, Math.abs(base - y) - 1);
      }
    }
    ctx.restore();
  },
};

type Budgets = { readonly values: readonly (number | undefined)[]; readonly color: string };

/** A short line across each month, at its budget; asked anew for every drawing. */
export function budgetLines(read: () => Budgets): Plugin<"bar"> {
  return {
    id: "budgetLines",
    afterDatasetsDraw({ ctx, scales: { x, y } }) {
      if (!x || !y) return;
      const { values, color } = read();
      const step = values.length > 1 ? x.getPixelForValue(1) - x.getPixelForValue(0) : x.width;
      const half = Math.min(step * 0.36, 40);
      ctx.save();
      ctx.strokeStyle = color;
      ctx.lineWidth = 2;
      for (const [index, value] of values.entries()) {
        if (value === undefined) continue;
        const at = Math.round(y.getPixelForValue(value));
        ctx.beginPath();
        ctx.moveTo(x.getPixelForValue(index) - half, at);
        ctx.lineTo(x.getPixelForValue(index) + half, at);
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}
