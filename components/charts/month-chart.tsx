"use client";

import { useEffect, useRef } from "react";

import type { MonthChart as DrawnChart } from "@/components/charts/draw-month-chart";
import type { MonthColumn } from "@/components/charts/month-column";
import { watchTheme } from "@/components/charts/theme-colors";
import type { Currency } from "@/lib/domain/currency";
import type { Month } from "@/lib/domain/month";

type MonthChartProps = {
  /** What the picture shows, in a sentence: who cannot see it gets this and the table beside it. */
  readonly label: string;
  readonly columns: readonly MonthColumn[];
  readonly currency: Currency;
  readonly locale: string;
  /** The month that the page shows. */
  readonly month?: Month;
  readonly onSelectMonth?: (month: Month) => void;
};

/** Cost by month: leverage below, product above it, unclassified on top; billed solid, estimated hatched. */
export function MonthChart({ label, columns, currency, locale, month, onSelectMonth }: MonthChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<DrawnChart>(null);
  const model = { columns, currency, locale, month, onSelectMonth };
  const latest = useRef(model);

  useEffect(() => {
    latest.current = model;
  });
  useEffect(() => {
    let gone = false;
    let stopWatching = () => {};
    // The drawing library is half as large as everything else: it comes after the page.
    void import("./draw-month-chart").then(({ drawMonthChart }) => {
      if (gone || !canvas.current) return;
      const drawn = drawMonthChart(canvas.current, latest.current);
      chart.current = drawn;
      stopWatching = watchTheme(() => drawn.update(latest.current));
    });
    return () => {
      gone = true;
      stopWatching();
      chart.current?.destroy();
      chart.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the model is these values.
  useEffect(() => chart.current?.update(latest.current), [columns, currency, locale, month]);

  return (
    <div className="relative h-72 min-w-0 print:h-56">
      {/* Taken out of the flow, so that it shrinks with the page. */}
      <canvas ref={canvas} role="img" aria-label={label} className="absolute inset-0" />
    </div>
  );
}
