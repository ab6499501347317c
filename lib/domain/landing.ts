import type { Interval } from "./metered-forecast";

/** Where something lands, and the interval that holds it four times in five. */
export type Landing = {
  readonly forecastMinor: number;
  /** Null where a part of it cannot be told: a history too short to test, or months after the running one. */
  readonly range: { readonly lowMinor: number; readonly highMinor: number } | null;
};

/**
 * Actual so far and expected rest. The intervals of several accounts are joined as those of errors that have nothing to
 * do with each other: by the root of the sum of their squares. What is there already cannot be undone, so nothing below
 * the actual is in the interval.
 *
 * @param intervals one for each account, whole; exact parts may be left out
 */
export function landingOf(
  { actualMinor, expectedMinor }: { actualMinor: number; expectedMinor: number },
  intervals: readonly Interval[],
): Landing {
  const forecastMinor = actualMinor + expectedMinor;
  const below = joined(intervals.map(({ belowMinor }) => belowMinor));
  const above = joined(intervals.map(({ aboveMinor }) => aboveMinor));
  if (below === null || above === null) return { forecastMinor, range: null };
  const lowMinor = Math.max(Math.min(actualMinor, forecastMinor), forecastMinor - below);
  return { forecastMinor, range: { lowMinor, highMinor: forecastMinor + above } };
}

function joined(margins: readonly (number | null)[]): number | null {
  let squares = 0;
  for (const margin of margins) {
    if (margin === null) return null;
    squares += margin * margin;
  }
  return Math.round(Math.sqrt(squares));
}
