"use client";

import { useId } from "react";

import { type ChartTone, HatchDef, SOLID_FILLS } from "@/components/charts/hatch-def";

export type SmallBar = {
  /** In minor units. */
  readonly value: number;
  /** `planned` is drawn in grey: a forecast, or a budget where nothing happened yet. */
  readonly state: "billed" | "estimated" | "planned";
};

type SmallBarsProps = {
  /** The sentence that replaces the picture for who cannot see it. */
  readonly label: string;
  readonly tone: ChartTone;
  readonly bars: readonly SmallBar[];
  readonly className?: string;
};

const WIDTH = 8;
const GAP = 2;
const HEIGHT = 28;

/** A year at a glance, as small as a word. Credits hang below the line. */
export function SmallBars({ label, tone, bars, className = "h-7 w-30" }: SmallBarsProps) {
  const hatch = useId();
  const top = Math.max(1, ...bars.map(({ value }) => value));
  const bottom = Math.min(0, ...bars.map(({ value }) => value));
  const scale = HEIGHT / (top - bottom);
  const zero = top * scale;

  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${bars.length * (WIDTH + GAP) - GAP} ${HEIGHT}`}
      className={className}
    >
      <HatchDef id={hatch} tone={tone} />
      {bars.map(({ value, state }, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in the year.
          key={index}
          x={index * (WIDTH + GAP)}
          width={WIDTH}
          y={value < 0 ? zero : zero - value * scale}
          height={Math.max(value === 0 ? 0 : 1, Math.abs(value) * scale)}
          {...(state === "estimated"
            ? { fill: `url(#${hatch})` }
            : { className: state === "planned" ? "fill-control opacity-50" : SOLID_FILLS[tone] })}
        />
      ))}
    </svg>
  );
}
