"use client";

import { useId } from "react";

import { type ChartTone, HatchDef, SOLID_FILLS } from "@/components/charts/hatch-def";

type PaceBarProps = {
  /** The sentence that replaces the picture for who cannot see it. */
  readonly label: string;
  readonly tone: ChartTone;
  /** All in minor units of one currency. */
  readonly billed: number;
  readonly estimated: number;
  readonly budget?: number;
};

/** How much of a month's budget is used: billed solid, estimated hatched, the budget a mark. */
export function PaceBar({ label, tone, billed, estimated, budget }: PaceBarProps) {
  const hatch = useId();
  const solid = Math.max(0, billed);
  const hatched = Math.max(0, estimated);
  // The mark stays inside, so that over budget shows as what lies beyond it.
  const full = Math.max(solid + hatched, (budget ?? 0) * 1.06, 1);
  const share = (minor: number) => `${Math.round((minor / full) * 10_000) / 100}%`;

  return (
    <svg role="img" aria-label={label} className="block h-3.5 w-full overflow-visible">
      <HatchDef id={hatch} tone={tone} />
      <rect x="0" y="4" width="100%" height="6" rx="3" className="fill-sunken" />
      <rect x="0" y="4" width={share(solid)} height="6" rx="3" className={SOLID_FILLS[tone]} />
      <rect x={share(solid)} y="4" width={share(hatched)} height="6" fill={`url(#${hatch})`} />
      {budget !== undefined && <rect x={share(budget)} y="0" width="2" height="14" className="fill-ink" />}
    </svg>
  );
}
