import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { addDays } from "./calendar-date";
import { daysOfCharges, forecastHistory, type MeteredHistory } from "./metered-forecast";
import { daysIn, type Period } from "./period";

const NANO = 1_000_000_000n;
/** The fiscal year ends with March 2027; two years are forecast. */
const REACH = { today: "2026-11-24", yearEnd: "2027-04-01", end: "2028-04-01" };

const each = ({ start, end }: Period, costNano: bigint) =>
  Array.from({ length: daysIn({ start, end }) }, (_, index) => ({ day: addDays(start, index), costNano }));

const KNOWN = { start: "2026-10-01", end: "2026-11-24" };
const history = (changes: Partial<MeteredHistory> = {}): MeteredHistory => ({
  currency: "USD",
  history: "usage",
  known: KNOWN,
  days: each(KNOWN, 2n * NANO),
  open: () => true,
  endsOn: null,
  ...changes,
});

const expectedOf = (changes: Partial<MeteredHistory> = {}) =>
  forecastHistory(history(changes), REACH)?.months.map(({ month, expectedMinor }) => [
    month,
    expectedMinor,
  ]) ?? [];

describe("what a history leads to expect", () => {
  test("is the rest of the running month, and all of those to come: 2.00 a day", () => {
    // 24 to 30 November are 7 days, December has 31.
    expect(expectedOf().slice(0, 2)).toEqual([
      ["2026-11", 1_400],
      ["2026-12", 6_200],
    ]);
    expect(expectedOf().at(-1)).toEqual(["2028-03", 6_200]);
    expect(expectedOf()).toHaveLength(17);
  });

  test("takes of today what was expected, or what was used already if that is more", () => {
    const used = (costNano: bigint) => ({
      days: [...each(KNOWN, 2n * NANO), { day: REACH.today, costNano }],
    });
    // 0.50 are in the ledger: 1.50 of today's 2.00 are left, and 6 days.
    expect(expectedOf(used(NANO / 2n))[0]).toEqual(["2026-11", 1_350]);
    // 9.00 are in the ledger: nothing is left of today, and 6 days.
    expect(expectedOf(used(9n * NANO))[0]).toEqual(["2026-11", 1_200]);
  });

  test("rounds what is used and expected once, with what the ledger has of it", () => {
    // A third of a cent a day. Used: 23 x 0.333... = 7.67 cents, 8 in the ledger. With 7 more days 10 cents: 2 are left.
    const third = NANO / 300n;
    expect(expectedOf({ days: each(KNOWN, third) })[0]).toEqual(["2026-11", 2]);
  });

  test("leaves out days that are charged already, and those after the account is closed", () => {
    const open = (day: string) => day >= "2026-12-01";
    expect(expectedOf({ open })[0]).toEqual(["2026-11", 0]);
    // 1 to 10 December.
    expect(expectedOf({ endsOn: "2026-12-11" }).slice(1, 3)).toEqual([
      ["2026-12", 2_000],
      ["2027-01", 0],
    ]);
  });

  test("of charges is expected from where they end, in a running month too", () => {
    const known = { start: "2026-09-01", end: "2026-11-01" };
    const days = each(known, 2n * NANO);
    expect(expectedOf({ history: "charges", known, days })[0]).toEqual(["2026-11", 6_000]);
  });

  test("is nothing after a quarter without use", () => {
    const known = { start: "2026-06-01", end: "2026-08-23" };
    expect(forecastHistory(history({ known, days: each(known, NANO) }), REACH)).toBeNull();
    const later = { start: "2026-06-01", end: "2026-08-24" };
    expect(forecastHistory(history({ known: later, days: each(later, NANO) }), REACH)).not.toBeNull();
  });

  test("has no interval while it is too young, and none for months after the running one", () => {
    const known = { start: "2026-11-20", end: "2026-11-24" };
    const young = forecastHistory(history({ known, days: each(known, NANO) }), REACH);
    expect(young).toMatchObject({ year: { belowMinor: null }, months: { 0: { belowMinor: null } } });
    const old = forecastHistory(history(), REACH);
    expect(old?.months.slice(0, 2)).toMatchObject([{ belowMinor: 0 }, { belowMinor: null }]);
  });

  test("keeps the days of the running month for the spend limit, charged ones too", () => {
    const days = forecastHistory(history({ open: () => false }), REACH)?.days ?? [];
    expect(days).toEqual(each({ start: "2026-11-01", end: "2026-12-01" }, 2n * NANO));
  });

  test("is never below zero", () => {
    const costs = fc.array(fc.bigInt({ min: 0n, max: 100n * NANO }), { minLength: 54, maxLength: 54 });
    fc.assert(
      fc.property(costs, fc.bigInt({ min: 0n, max: 300n * NANO }), (used, today) => {
        const days = [...used, today].map((costNano, index) => ({
          day: addDays(KNOWN.start, index),
          costNano,
        }));
        expect(expectedOf({ days }).every(([, minor]) => Number(minor) >= 0)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

test("charges are spread over their days without losing any of them", () => {
  const period = { start: "2026-09-01", end: "2026-10-01" };
  const spread = (costNano: bigint) =>
    daysOfCharges([{ period, costNano }], period).map((day) => day.costNano);
  expect(spread(31n)).toEqual([2n, ...new Array(29).fill(1n)]);
  expect(spread(-31n)).toEqual([-2n, ...new Array(29).fill(-1n)]);
});
