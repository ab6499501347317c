import { describe, expect, test } from "vitest";

import { differenceText, effectText, grownModel } from "./change-words";
import type { CostPart, Measure } from "./cost-change";

const part = (measure: Measure | null, currency = "USD"): CostPart => ({
  baseCostMinor: 0,
  own: { costMinor: 0, currency },
  measure,
  wholeMinor: null,
  correction: false,
});

const seats = (seatDays: number, days: number, priced = "25.00 USD") =>
  part({ kind: "seats", seatDays, days, priced });

const use = (items: Record<string, [units: bigint, meteredNano: bigint]>): Measure => ({
  kind: "use",
  items: new Map(
    Object.entries(items).map(([model, [units, meteredNano]]) => [model, { units, meteredNano }]),
  ),
});

const between = (before: CostPart, after: CostPart) => ({ before, after, model: null });
const up = (kind: Parameters<typeof effectText>[0]["kind"]) => ({ kind, baseCostMinor: 1 });
const down = (kind: Parameters<typeof effectText>[0]["kind"]) => ({ kind, baseCostMinor: -1 });

describe("what changed, in words", () => {
  test("a line's difference", () => {
    const told = { currency: "USD", earlier: "2026-09" };
    expect(differenceText(41_200, told, "en")).toBe("is up 412.00\u00a0USD on September 2026");
    expect(differenceText(-41_200, told, "en")).toBe("is down 412.00\u00a0USD on September 2026");
    expect(differenceText(0, told, "en")).toBe("costs the same as in September 2026");
  });

  test("seats, on average over each month", () => {
    // 12 seats over 30 days, then 14 over 31; a seat for the last ten of thirty days is a third.
    expect(effectText(up("seats"), between(seats(360, 30), seats(434, 31)))).toBe("2 more seats (12 to 14)");
    expect(effectText(down("seats"), between(seats(60, 30), seats(31, 31)))).toBe("1 fewer seat (2 to 1)");
    expect(effectText(up("seats"), between(seats(30, 30), seats(40, 30)))).toBe("0.3 more seats (1 to 1.3)");
  });

  test("prices of a seat and of use", () => {
    expect(effectText(up("price"), between(seats(30, 30), seats(31, 31, "30.00 USD")))).toBe(
      "a seat went from 25.00 USD to 30.00 USD",
    );
    expect(effectText(down("price"), between(part(use({})), part(use({}))))).toBe("the same use costs less");
  });

  test("volume, in percent or in times", () => {
    const of = (units: bigint) => part(use({ haiku: [units, units] }));
    expect(effectText(up("volume"), between(of(100n), of(134n)))).toBe("34 % more use");
    expect(effectText(down("volume"), between(of(100n), of(40n)))).toBe("60 % less use");
    expect(effectText(up("volume"), between(of(100n), of(250n)))).toBe("2.5 times the use");
  });

  test("a model that took over", () => {
    const before = use({ haiku: [100n, 100n] });
    const after = use({ haiku: [100n, 100n], opus: [10n, 300n] });
    const model = grownModel(before, after);
    expect(model).toEqual({ name: "opus", beforePercent: 0, afterPercent: 75 });
    expect(
      effectText(up("mix"), {
        ...between(part(before), part(after)),
        model: model && { ...model, since: "2026-10-09" },
      }),
    ).toBe("moved to opus on 9 Oct 2026 (0 to 75 % of its cost)");
    expect(effectText(down("mix"), between(part(before), part(after)))).toBe("cheaper models");
  });

  test("a currency, a share, new and gone", () => {
    expect(effectText(up("rate"), between(part(null, "EUR"), part(null, "EUR")))).toBe("EUR costs more");
    expect(effectText(down("share"), between(part(null), part(null)))).toBe("less of it counts here");
    expect(effectText(up("new"), between(part(null), part(null)))).toBe("is new");
    expect(effectText(down("gone"), between(part(null), part(null)))).toBe("costs nothing any more");
  });
});
