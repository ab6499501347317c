import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type BilledRow,
  type ForeseenSeats,
  type ForeseenUse,
  isTolerated,
  reconcile,
  type Sides,
} from "./reconciliation";
import { settledDifferences } from "./settlement";

const OCTOBER = { start: "2026-10-01", end: "2026-11-01" };
const REST = { start: "2026-10-16", end: "2026-11-01" };
const NOTHING = { costMinor: 0, baseCostMinor: 0 };
const same = (minor: number) => ({ costMinor: minor, baseCostMinor: minor });

const seats = (fields: Partial<ForeseenSeats> = {}): ForeseenSeats => ({
  planId: "team",
  kind: "cycle_start",
  cycle: OCTOBER,
  period: OCTOBER,
  seats: 5,
  unitPriceMinor: 2_500,
  currency: "USD",
  amount: same(12_500),
  open: NOTHING,
  ...fields,
});
const line = (fields: Partial<BilledRow> = {}): BilledRow => ({
  chargeCategory: "purchase",
  planId: "team",
  quantity: 5,
  period: OCTOBER,
  currency: "USD",
  amount: same(12_500),
  prepaid: false,
  ...fields,
});
const use = (fields: Partial<ForeseenUse> = {}): ForeseenUse => ({
  currency: "USD",
  amount: same(10_000),
  open: NOTHING,
  covered: NOTHING,
  knownMinor: null,
  ...fields,
});
const found = (sides: Partial<Sides>) => {
  const { differences, differenceMinor } = reconcile({
    seats: [],
    use: [],
    billed: [],
    settled: [],
    changes: [],
    prices: [],
    ...sides,
  });
  expect(differences.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(differenceMinor);
  return Object.fromEntries(differences.map(({ type, amountMinor }) => [type, amountMinor]));
};

test("what was billed as expected differs in nothing", () => {
  expect(found({ seats: [seats()], billed: [line()] })).toEqual({});
});

test("each typed difference appears once", () => {
  // Five seats at 25.00 are expected for October (125.00), two more from the 16th (2 x 25.00 x 16/31 = 25.81), and
  // 40.00 of use, of which 10.00 are in no invoice yet. Since the invoice was entered the use was told anew: 37.00 then.
  // Billed: the seats at the published 27.00 (135.00, +10.00), the two seats for half a month (25.00, -0.81), use of
  // 27.00 (30.00 were foreseen: -3.00 of it the late revision), a fee that nobody expected (4.00), tax 13.00, a
  // credit of -5.00. The rate is 1 to 1.10 when it was foreseen and 1 to 1.20 on the invoice.
  const at = (rate: number, minor: number) => ({ costMinor: minor, baseCostMinor: Math.round(minor * rate) });
  const sides: Partial<Sides> = {
    seats: [
      seats({ amount: at(1.1, 12_500) }), // 137.50
      seats({ kind: "addition", period: REST, seats: 2, amount: at(1.1, 2_581) }), // 28.39
    ],
    use: [use({ amount: at(1.1, 4_000), open: at(1.1, 1_000), knownMinor: 3_700 })], // 44.00, of it 11.00 open
    billed: [
      line({ amount: at(1.2, 13_500) }), // 162.00
      line({ quantity: 2, period: REST, amount: at(1.2, 2_500) }), // 30.00
      line({ chargeCategory: "usage", planId: null, quantity: null, amount: at(1.2, 2_700) }), // 32.40
      line({ chargeCategory: "adjustment", planId: null, quantity: null, amount: at(1.2, 400) }), // 4.80
      line({ chargeCategory: "tax", planId: null, quantity: null, amount: at(1.2, 1_300) }), // 15.60
      line({ chargeCategory: "credit", planId: null, quantity: null, amount: at(1.2, -500) }), // -6.00
    ],
    changes: [{ planId: "team", day: "2026-10-16", seats: 2 }],
    prices: [
      { planId: "team", startsOn: "2026-01-01", unitPriceMinor: 2_500, currency: "USD" },
      { planId: "team", startsOn: "2026-10-01", unitPriceMinor: 2_700, currency: "USD" },
    ],
    settled: [{ bankFeeMinor: 250, exchangeRateMinor: 100, otherMinor: 0 }],
  };
  // Foreseen 209.89, billed 238.80, paid 242.30: 32.41 in all. Of the lines 229.20 - (209.89 - 11.00) = 30.31: price
  // 11.00, proration -0.89, late -3.30, the fee 4.40, and the rate the rest, 19.10; with that of the payment 20.10.
  expect(found(sides)).toEqual({
    not_billed: -1_100,
    proration: -89,
    tax: 1_560,
    credit: -600,
    price_change: 1_100,
    exchange_rate: 1_910 + 100,
    late_revision: -330,
    bank_fee: 250,
    unexplained: 440,
  });
});

test("a higher bill is no price change, unless that price is published for its day", () => {
  const billed = [line({ amount: same(13_500) })];
  const price = { planId: "team", startsOn: "2026-11-01", unitPriceMinor: 2_700, currency: "USD" };
  expect(found({ seats: [seats()], billed })).toEqual({ unexplained: 1_000 });
  expect(found({ seats: [seats()], billed, prices: [price] })).toEqual({ unexplained: 1_000 });
  const since = { ...price, startsOn: "2026-09-01" };
  expect(found({ seats: [seats()], billed, prices: [since] })).toEqual({ price_change: 1_000 });
  // Six seats at 27.00: the sixth was not bought.
  const six = [line({ quantity: 6, amount: same(16_200) })];
  expect(found({ seats: [seats()], billed: six, prices: [since] })).toEqual({
    price_change: 1_000,
    unexplained: 2_700,
  });
});

test("a part of a cycle is proration only from a day on which seats changed, and never above their whole price", () => {
  const addition = seats({ kind: "addition", period: REST, seats: 2, amount: same(2_581) });
  const part = (minor: number) => ({
    seats: [seats(), addition],
    billed: [line(), line({ quantity: 2, period: REST, amount: same(minor) })],
  });
  const changes = [{ planId: "team", day: "2026-10-16", seats: 2 }];
  expect(found({ ...part(2_500), changes })).toEqual({ proration: -81 });
  expect(found({ ...part(5_000), changes })).toEqual({ proration: 2_419 });
  expect(found({ ...part(5_001), changes })).toEqual({ unexplained: 2_420 });
  expect(found(part(2_500))).toEqual({ unexplained: -81 });
});

test("what given credit paid for is credit, and nobody is asked for its bill", () => {
  // 100.00 were used: 60.00 of it covered, 25.00 in no invoice yet, 15.00 billed.
  const billed = [line({ chargeCategory: "usage", planId: null, quantity: null, amount: same(1_500) })];
  expect(found({ use: [use({ covered: same(6_000), open: same(2_500) })], billed })).toEqual({
    not_billed: -2_500,
    credit: -6_000,
  });
});

test("what bought credit cost less than the use is worth is credit, and so is what expired of it", () => {
  // 100.00 of use drawn from 1,000.00 of credit that cost 900.00: 90.00 are cost. Later 30.00 expire.
  const drawn = line({ planId: null, quantity: null, amount: same(9_000), prepaid: true });
  expect(found({ use: [use()], billed: [drawn] })).toEqual({ credit: -1_000 });
  const expired = line({ planId: null, quantity: null, amount: same(3_000), prepaid: true });
  expect(found({ use: [use()], billed: [drawn, expired] })).toEqual({ credit: 2_000 });
  // Beside a line that charges use, nothing proves which of the two is off.
  const charged = line({ chargeCategory: "usage", planId: null, quantity: null, amount: same(500) });
  expect(found({ use: [use()], billed: [drawn, charged] })).toEqual({ unexplained: -500 });
});

test("what no invoice covers is not billed yet, and explains nothing else", () => {
  expect(found({ seats: [seats({ open: same(12_500) })] })).toEqual({ not_billed: -12_500 });
});

test("where nothing is foreseen, only what was paid is compared", () => {
  const settled = [{ bankFeeMinor: 300, exchangeRateMinor: 0, otherMinor: -20 }];
  expect(found({ billed: [line()] })).toEqual({});
  expect(found({ billed: [line()], settled })).toEqual({ bank_fee: 300, unexplained: -20 });
});

test("yen without cents and dinars with three places are compared in their own units", () => {
  // 5 seats at 3,000 yen, billed 15,001: one yen; the books are in dinars, a yen is 2 fils, 2.1 on the invoice:
  // 30,000 foreseen, 31,502 billed: the yen is 2 fils, the rate the other 1,500.
  const yen = { currency: "JPY", unitPriceMinor: 3_000 };
  expect(
    found({
      seats: [seats({ ...yen, amount: { costMinor: 15_000, baseCostMinor: 30_000 } })],
      billed: [line({ currency: "JPY", amount: { costMinor: 15_001, baseCostMinor: 31_502 } })],
    }),
  ).toEqual({ exchange_rate: 1_500, unexplained: 2 });
  expect(
    found({
      seats: [seats({ currency: "KWD", unitPriceMinor: 7_125, amount: same(35_625) })],
      billed: [line({ currency: "KWD", amount: same(35_624) })],
    }),
  ).toEqual({ unexplained: -1 });
});

test("what is billed in another currency than it was foreseen proves nothing", () => {
  const billed = [line({ currency: "EUR", amount: { costMinor: 11_000, baseCostMinor: 12_100 } })];
  expect(found({ seats: [seats()], billed })).toEqual({ unexplained: -400 });
});

test("what was paid otherwise is split over the parts of the invoice, to the cent", () => {
  // 300.00 asked, 305.00 paid: 3.50 fee, 1.00 by the rate of the day, 0.50 nobody knows; two thirds and one third.
  const paid = { askedMinor: 30_000, paidMinor: 30_500, bankFeeMinor: 350, askedAtPaymentMinor: 30_100 };
  expect(settledDifferences(paid, [20_000, 10_000])).toEqual([
    { bankFeeMinor: 233, exchangeRateMinor: 67, otherMinor: 33 },
    { bankFeeMinor: 117, exchangeRateMinor: 33, otherMinor: 17 },
  ]);
  const nothing = { askedMinor: 0, paidMinor: 100, bankFeeMinor: 100, askedAtPaymentMinor: null };
  expect(settledDifferences(nothing, [0, 0]).map(({ bankFeeMinor }) => bankFeeMinor)).toEqual([50, 50]);
});

test("a difference is tolerated in money or beside what was billed", () => {
  const tolerance = { toleranceMinor: 100, tolerancePerMille: 1 };
  expect(isTolerated(-100, 0, tolerance)).toBe(true);
  expect(isTolerated(101, 100_000, tolerance)).toBe(false);
  expect(isTolerated(101, 101_000, tolerance)).toBe(true);
  expect(isTolerated(1, null, { toleranceMinor: 0, tolerancePerMille: 0 })).toBe(false);
});

test("an amount too small to tell a rate leaves a large one unexplained", () => {
  // One cent at 48,830.74 a cent would make 844,575,752 cents a sum that no number holds.
  const use = {
    currency: "USD",
    amount: { costMinor: -1, baseCostMinor: 4_883_074 },
    open: NOTHING,
    covered: NOTHING,
    knownMinor: -844_575_753,
  };
  const empty = { seats: [], billed: [], settled: [], changes: [], prices: [] };
  expect(reconcile({ ...empty, use: [use] }).differences).toEqual([
    { type: "unexplained", amountMinor: -4_883_074 },
  ]);
});

test("typed differences sum to the whole difference, whatever the sides are", () => {
  const minor = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const amount = fc.record({ costMinor: minor, baseCostMinor: minor });
  const currency = fc.constantFrom("USD", "JPY", "KWD");
  const period = fc.constantFrom(OCTOBER, REST);
  const sides = fc.record({
    seats: fc.array(
      fc.record({
        planId: fc.constantFrom("team", "premium"),
        kind: fc.constantFrom("cycle_start" as const, "addition" as const, "upgrade" as const),
        cycle: fc.constant(OCTOBER),
        period,
        seats: fc.nat(50),
        unitPriceMinor: fc.nat(100_000),
        currency,
        amount,
        open: amount,
      }),
      { maxLength: 4 },
    ),
    use: fc.array(
      fc.record({ currency, amount, open: amount, covered: amount, knownMinor: fc.option(minor) }),
      {
        maxLength: 2,
      },
    ),
    billed: fc.array(
      fc.record({
        chargeCategory: fc.constantFrom("usage", "purchase", "tax", "credit", "adjustment"),
        planId: fc.option(fc.constantFrom("team", "premium")),
        quantity: fc.option(fc.nat(50)),
        period,
        currency,
        amount,
        prepaid: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
    settled: fc.array(fc.record({ bankFeeMinor: minor, exchangeRateMinor: minor, otherMinor: minor }), {
      maxLength: 2,
    }),
    changes: fc.array(
      fc.record({
        planId: fc.constant("team"),
        day: fc.constant("2026-10-16"),
        seats: fc.integer({ min: -9, max: 9 }),
      }),
    ),
    prices: fc.array(
      fc.record({
        planId: fc.constant("team"),
        startsOn: fc.constantFrom("2026-01-01", "2026-12-01"),
        unitPriceMinor: fc.nat(100_000),
        currency,
      }),
    ),
  });
  fc.assert(
    fc.property(sides, (any) => {
      found(any as Sides);
    }),
  );
});
