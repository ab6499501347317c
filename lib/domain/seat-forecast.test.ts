import { describe, expect, test } from "vitest";

import type { Books } from "./books";
import { forecastReach, lastForecast } from "./expected-cost";
import type { Subscription } from "./facts";
import type { ListPrice } from "./list-price";
import type { SeatFee } from "./seat-coverage";
import { expectedSeatCost } from "./seat-forecast";

/** The fiscal year began in April 2026: what is forecast ends with March 2028. */
const REACH = forecastReach("2026-11-24", 4);

const contract: Subscription = {
  id: "contract",
  serviceProviderId: "provider",
  teamId: "platform",
  billingInterval: "month",
  billingAnchor: "2026-10-15",
  endsOn: null,
  defaultPurpose: "developer_leverage",
  defaultProductId: null,
  terms: [{ planId: "plan", startsOn: "2026-10-15", seats: 2, unitPriceMinor: 3_100, currency: "USD" }],
  assignments: [],
};

const books: Books = {
  baseCurrency: "USD",
  booksStart: "2026-01",
  today: REACH.today,
  subscriptions: new Map(),
  apiAccounts: new Map(),
  prorationRules: new Map([["plan", "prorated"]]),
  memberships: new Map(),
  rates: [],
  usage: [],
  credits: { grants: [], drawn: new Map(), seatUse: [] },
};

type Known = { readonly fees?: readonly SeatFee[]; readonly prices?: readonly ListPrice[] };

const expected = (
  changes: Partial<Subscription> = {},
  { fees = [], prices = [] }: Known = {},
  own = books,
) => {
  const costs = expectedSeatCost({ ...contract, ...changes }, { fees, prices, renewsOn: null }, own, REACH);
  const sums = new Map<string, number>();
  for (const { month, baseCostMinor } of costs) sums.set(month, (sums.get(month) ?? 0) + baseCostMinor);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
};

describe("what seats are expected to cost", () => {
  test("is nothing of the running month, which is estimated, and all cycles of those to come", () => {
    // 62.00 a cycle from the 15th. December has 14 of the 30 days of the cycle of 15 November, 28.93, and 17 of the 31
    // of the next, 34.00.
    const [december, january] = expected();
    expect(december).toEqual(["2026-12", 6_293]);
    // 14/31 of 62.00 are 28.00, and 17/31 34.00.
    expect(january).toEqual(["2027-01", 6_200]);
    expect(expected().at(-1)?.[0]).toBe(lastForecast(REACH));
  });

  test("leaves out what is invoiced already", () => {
    const chargePeriod = { start: "2026-11-15", end: "2026-12-15" };
    const fees = [{ planId: "plan", quantity: 2, billedCostMinor: 6_200, chargePeriod }];
    expect(expected({}, { fees })[0]).toEqual(["2026-12", 3_400]);
  });

  test("follows dated changes, an end, and a list price that is proposed", () => {
    const first = contract.terms[0]!;
    const terms = [first, { ...first, startsOn: "2026-12-15", seats: 1 }];
    // 28.93 of two seats and 17.00 of one.
    expect(expected({ terms })[0]).toEqual(["2026-12", 4_593]);
    expect(expected({ endsOn: "2026-12-15" })).toEqual([["2026-12", 2_893]]);
    const price = { planId: "plan", billingInterval: "month" as const, currency: "USD" };
    const prices = [
      { ...price, startsOn: "2026-01-01", unitPriceMinor: 3_100 },
      { ...price, startsOn: "2026-12-01", unitPriceMinor: 6_200 },
    ];
    // 28.93 at the price before, 68.00 at twice of it.
    expect(expected({}, { prices })[0]).toEqual(["2026-12", 9_693]);
  });

  test("is shared as the seats will be held, without naming anybody", () => {
    // Ada of Growth holds one of two seats until 1 January; then nobody holds any.
    const assignment = { memberId: "ada", planId: "plan", startsOn: "2026-10-15", endsOn: "2027-01-01" };
    const membership = { memberId: "ada", teamId: "growth", startsOn: "2026-01-01", endsOn: null };
    const own = { ...books, memberships: new Map([["ada", [membership]]]) };
    const costs = expectedSeatCost(
      { ...contract, assignments: [{ ...assignment, purpose: null, productId: null }] },
      { fees: [], prices: [], renewsOn: null },
      own,
      REACH,
    );
    const of = (month: string) =>
      costs
        .filter((cost) => cost.month === month)
        .map(({ teamId, baseCostMinor }) => [teamId, baseCostMinor]);
    // 28.93 and 34.00, each split in two: the odd cent of the first goes to whoever holds a seat.
    expect(of("2026-12").toSorted()).toEqual([
      ["growth", 3_147],
      ["platform", 3_146],
    ]);
    expect(of("2027-01")).toEqual([["platform", 6_200]]);
    expect(Object.keys(costs[0] ?? {})).not.toContain("memberId");
  });

  test("takes the last rate that is known, however old", () => {
    const rates = [
      { date: "2026-01-02", from: "USD", to: "EUR", rate: "0.8" },
      { date: "2026-05-04", from: "USD", to: "EUR", rate: "0.5" },
    ];
    // 28.93 and 34.00, each at half.
    expect(expected({}, {}, { ...books, baseCurrency: "EUR", rates })[0]).toEqual(["2026-12", 1_446 + 1_700]);
  });

  test("is nothing for plans that are billed as they come, or in a currency without a rate", () => {
    const asBilled = { ...books, prorationRules: new Map([["plan", "as_billed" as const]]) };
    expect(expected({}, {}, asBilled)).toEqual([]);
    expect(expected({}, {}, { ...books, baseCurrency: "EUR" })).toEqual([]);
  });
});
