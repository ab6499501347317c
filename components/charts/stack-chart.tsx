"use client";

import { useEffect, useRef } from "react";

import type { StackChart as DrawnChart, StackModel } from "@/components/charts/draw-stack-chart";
import { watchTheme } from "@/components/charts/theme-colors";

type StackChartProps = StackModel & {
  /** What the picture shows, in a sentence: who cannot see it gets this and the table beside it. */
  readonly label: string;
};

/** Something over months or days, as a stack of what it is made of. */
export function StackChart({ label, ...model }: StackChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<DrawnChart>(null);
  const latest = useRef<StackModel>(model);

  useEffect(() => {
    latest.current = model;
    chart.current?.update(model);
  });
  useEffect(() => {
    let gone = false;
    let stopWatching = () => {};
    // The drawing library comes after the page.
    void import("./draw-stack-chart").then(({ drawStackChart }) => {
      if (gone || !canvas.current) return;
      const drawn = drawStackChart(canvas.current, latest.current);
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

  return (
    <div className="relative h-56 min-w-0 print:h-48">
      {/* Taken out of the flow, so that it shrinks with the page. */}
      <canvas ref={canvas} role="img" aria-label={label} className="absolute inset-0" />
    </div>
  );
}
