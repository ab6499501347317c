import { describe, expect, test } from "vitest";

import { type ListPrice, proposedTerms, withTerms } from "./list-price";

const TODAY = "2026-11-24";
const UNTIL = "2028-04-01";

const term = (startsOn: string, unitPriceMinor: number, seats = 5) => ({
  planId: "plan",
  startsOn,
  seats,
  unitPriceMinor,
  currency: "USD",
});
const listed = (startsOn: string, unitPriceMinor: number, changes: Partial<ListPrice> = {}): ListPrice => ({
  planId: "plan",
  startsOn,
  billingInterval: "year",
  unitPriceMinor,
  currency: "USD",
  ...changes,
});
/** Five seats at 240.00 a year from 8 March 2026, which is the list price of that day. */
const contract = {
  terms: [term("2026-03-08", 24_000)],
  endsOn: null,
  billingInterval: "year" as const,
  billingAnchor: "2026-03-08",
  renewsOn: null,
};
const LIST = listed("2025-01-01", 24_000);

const proposed = (prices: readonly ListPrice[], changes: Partial<Parameters<typeof proposedTerms>[0]> = {}) =>
  proposedTerms({ ...contract, ...changes }, prices, { today: TODAY, until: UNTIL }).map(
    ({ startsOn, seats, unitPriceMinor }) => [startsOn, seats, unitPriceMinor],
  );

describe("proposed terms", () => {
  test("begin at the next renewal: the next cycle, or the day that the contract states, every year", () => {
    const prices = [LIST, listed("2027-01-01", 30_000)];
    expect(proposed(prices)).toEqual([["2027-03-08", 5, 30_000]]);
    expect(proposed(prices, { renewsOn: "2027-06-30" })).toEqual([["2027-06-30", 5, 30_000]]);
    expect(proposed(prices, { renewsOn: "2026-06-30" })).toEqual([["2027-06-30", 5, 30_000]]);
  });

  test("come from a price that changed already, but not for this cycle", () => {
    expect(proposed([LIST, listed("2026-06-01", 30_000)])).toEqual([["2027-03-08", 5, 30_000]]);
    expect(proposed([LIST, listed("2026-03-01", 30_000)])).toEqual([]);
  });

  test("take the last of several prices, and a further one at the renewal after", () => {
    const prices = [
      LIST,
      listed("2026-12-01", 28_000),
      listed("2027-02-01", 30_000),
      listed("2027-05-01", 33_000),
    ];
    expect(proposed(prices)).toEqual([
      ["2027-03-08", 5, 30_000],
      ["2028-03-08", 5, 33_000],
    ]);
  });

  test("are none for a price of its own, another interval or currency, or a term agreed for that day", () => {
    const rise = listed("2027-01-01", 30_000);
    expect(proposed([LIST, rise], { terms: [term("2026-03-08", 20_000)] })).toEqual([]);
    expect(proposed([LIST, { ...rise, billingInterval: "month" }])).toEqual([]);
    expect(proposed([LIST, { ...rise, currency: "EUR" }])).toEqual([]);
    expect(proposed([LIST, rise], { terms: [...contract.terms, term("2027-03-08", 26_000)] })).toEqual([]);
    expect(proposed([LIST, rise], { endsOn: "2027-03-08" })).toEqual([]);
  });

  test("reach seats that are agreed for later at the price before", () => {
    const terms = [...contract.terms, term("2027-09-01", 24_000, 8)];
    const prices = [LIST, listed("2027-01-01", 30_000)];
    expect(proposed(prices, { terms })).toEqual([
      ["2027-03-08", 5, 30_000],
      ["2027-09-01", 8, 30_000],
    ]);
    const proposals = proposedTerms({ ...contract, terms }, prices, { today: TODAY, until: UNTIL });
    expect(
      withTerms({ terms }, proposals).terms.map(({ startsOn, unitPriceMinor }) => [startsOn, unitPriceMinor]),
    ).toEqual([
      ["2026-03-08", 24_000],
      ["2027-03-08", 30_000],
      ["2027-09-01", 30_000],
    ]);
  });
});
