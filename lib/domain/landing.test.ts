import { describe, expect, test } from "vitest";

import { landingOf } from "./landing";

const interval = (belowMinor: number | null, aboveMinor: number | null) => ({ belowMinor, aboveMinor });

describe("a landing", () => {
  test("is what was and what is expected, exactly where nothing is uncertain", () => {
    expect(landingOf({ actualMinor: 6_900, expectedMinor: 2_100 }, [])).toEqual({
      forecastMinor: 9_000,
      range: { lowMinor: 9_000, highMinor: 9_000 },
    });
  });

  test("joins errors that have nothing to do with each other: 3 and 4 make 5", () => {
    const intervals = [interval(300, 600), interval(400, 800)];
    expect(landingOf({ actualMinor: 6_900, expectedMinor: 2_100 }, intervals).range).toEqual({
      lowMinor: 8_500,
      highMinor: 10_000,
    });
  });

  test("does not fall below what was spent already", () => {
    expect(landingOf({ actualMinor: 6_900, expectedMinor: 100 }, [interval(500, 500)]).range?.lowMinor).toBe(
      6_900,
    );
  });

  test("has no interval where one part cannot be told", () => {
    const intervals = [interval(300, 600), interval(null, null)];
    expect(landingOf({ actualMinor: 0, expectedMinor: 100 }, intervals)).toEqual({
      forecastMinor: 100,
      range: null,
    });
  });
});
