"use client";

import { useEffect, useRef } from "react";

import { watchTheme } from "@/components/charts/theme-colors";

/** A drawing that follows its model until it is destroyed. */
export type Drawing<Model> = { readonly update: (model: Model) => void; readonly destroy: () => void };

type ChartCanvasProps<Model> = {
  /** What the picture shows, in a sentence: who cannot see it gets this and the table beside it. */
  readonly label: string;
  readonly model: Model;
  /** Brings the drawing library, which is half as large as everything else, after the page. The same on every render. */
  readonly load: () => Promise<(canvas: HTMLCanvasElement, first: Model) => Drawing<Model>>;
  /** The height, on the screen and in print. */
  readonly className: string;
};

/** The frame of every picture that is drawn: it comes after the page, and follows its model, its size and the theme. */
export function ChartCanvas<Model>({ label, model, load, className }: ChartCanvasProps<Model>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Drawing<Model>>(null);
  const latest = useRef(model);

  useEffect(() => {
    latest.current = model;
    drawing.current?.update(model);
  });
  useEffect(() => {
    let gone = false;
    let stopWatching = () => {};
    void load().then((draw) => {
      if (gone || !canvas.current) return;
      const drawn = draw(canvas.current, latest.current);
      drawing.current = drawn;
      stopWatching = watchTheme(() => drawn.update(latest.current));
    });
    return () => {
      gone = true;
      stopWatching();
      drawing.current?.destroy();
      drawing.current = null;
    };
  }, [load]);

  return (
    <div className={`relative min-w-0 ${className}`}>
      {/* Taken out of the flow, so that it shrinks with the page. */}
      <canvas ref={canvas} role="img" aria-label={label} className="absolute inset-0" />
    </div>
  );
}
