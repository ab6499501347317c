import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { ExpectedCharge } from "./expected-charges";
import type { ChargeCategory } from "./facts";
import type { Amount } from "./ledger-entry";
import { divideHalfEven, sumMinor } from "./money";
import type { Period } from "./period";
import { matchSeats } from "./seat-matching";

/** Why two sides of the books differ. All but the last are proved by the ledger itself. */
export const DIFFERENCE_TYPES = [
  "not_billed",
  "proration",
  "tax",
  "credit",
  "price_change",
  "exchange_rate",
  "late_revision",
  "bank_fee",
  "unexplained",
] as const;
export type DifferenceType = (typeof DIFFERENCE_TYPES)[number];

export type Difference = { readonly type: DifferenceType; readonly amountMinor: number };

/** What the seat ledger says that a provider should charge, and how much of it no invoice covers yet. */
export type ForeseenSeats = Pick<
  ExpectedCharge,
  "planId" | "kind" | "cycle" | "period" | "seats" | "unitPriceMinor" | "currency"
> & { readonly amount: Amount; readonly open: Amount };

/** What was used, at its price, and how much of it no invoice covers yet. */
export type ForeseenUse = {
  readonly currency: Currency;
  readonly amount: Amount;
  readonly open: Amount;
  /** How much of it credit given to us paid for: nobody bills it. */
  readonly covered: Amount;
  /** What was known of it when the invoice was entered, in its own currency; null: the same, or nobody knows. */
  readonly knownMinor: number | null;
};

/** What an invoice charges a contract for, as the ledger holds it; what it does not ask for is not among it. */
export type BilledRow = {
  readonly chargeCategory: ChargeCategory;
  readonly planId: string | null;
  readonly quantity: number | null;
  readonly period: Period;
  readonly currency: Currency;
  readonly amount: Amount;
  /** Drawn from credit that the line bought, or left when that expired: at what it cost, not at what use is worth. */
  readonly prepaid: boolean;
};

/** A contract's part of what was paid otherwise than invoiced, in the books' currency. */
export type SettledDifference = {
  readonly bankFeeMinor: number;
  readonly exchangeRateMinor: number;
  readonly otherMinor: number;
};

/** A day on which more or fewer seats of a plan were in force than on the day before. */
export type SeatChange = { readonly planId: string; readonly day: CalendarDate; readonly seats: number };

export type PublishedPrice = {
  readonly planId: string;
  readonly startsOn: CalendarDate;
  readonly unitPriceMinor: number;
  readonly currency: Currency;
};

export type Sides = {
  readonly seats: readonly ForeseenSeats[];
  readonly use: readonly ForeseenUse[];
  readonly billed: readonly BilledRow[];
  readonly settled: readonly SettledDifference[];
  readonly changes: readonly SeatChange[];
  readonly prices: readonly PublishedPrice[];
};

/** The sides of one contract in one month, in the books' currency; null: that side says nothing. */
export type Reconciled = {
  readonly expectedMinor: number | null;
  readonly meteredMinor: number | null;
  readonly billedMinor: number | null;
  readonly settledMinor: number | null;
  /** What was paid, or else billed, less what was foreseen. */
  readonly differenceMinor: number;
  /** Sum to the whole difference. */
  readonly differences: readonly Difference[];
};

/**
 * Sets what a contract was foreseen to cost in a month against what was billed and paid, and says of each difference
 * why it is there, where the ledger proves it:
 *
 * - not billed: its estimate stands, no invoice covers it yet;
 * - tax and credit: lines of that kind;
 * - credit too: use that given credit paid for; and where bought credit paid for all that is billed, what it cost more or
 *   less than the use is worth, with what expired of it;
 * - price change: whole cycles at a price that is published for their day and is not the contract's;
 * - proration: a part of a cycle from a day on which the seats changed, up to what those seats cost for all of it;
 * - late revision: use that was told anew after the invoice was entered;
 * - exchange rate: of what agrees in its own currency, or the rate of the day of payment;
 * - bank fee: as it was entered.
 *
 * What remains is unexplained. Where nothing is foreseen, only what was paid is compared.
 */
export function reconcile({ seats, use, billed, settled, changes, prices }: Sides): Reconciled {
  const foreseen = [...seats, ...use];
  const expectedMinor = seats.length > 0 ? baseOf(seats.map(({ amount }) => amount)) : null;
  const meteredMinor = use.length > 0 ? baseOf(use.map(({ amount }) => amount)) : null;
  const billedMinor = billed.length > 0 ? baseOf(billed.map(({ amount }) => amount)) : null;
  const paidOtherwise = sumMinor(
    settled.flatMap((part) => [part.bankFeeMinor, part.exchangeRateMinor, part.otherMinor]),
  );

  const found: Difference[] = [
    ...(foreseen.length > 0 ? billedDifferences({ seats, use, billed, changes, prices }) : []),
    ...settled.flatMap((part): Difference[] => [
      { type: "bank_fee", amountMinor: part.bankFeeMinor },
      { type: "exchange_rate", amountMinor: part.exchangeRateMinor },
      { type: "unexplained", amountMinor: part.otherMinor },
    ]),
  ];
  const foreseenMinor = sumMinor([expectedMinor ?? 0, meteredMinor ?? 0]);
  return {
    expectedMinor,
    meteredMinor,
    billedMinor,
    settledMinor: settled.length > 0 ? (billedMinor ?? 0) + paidOtherwise : null,
    differenceMinor: foreseen.length > 0 ? (billedMinor ?? 0) + paidOtherwise - foreseenMinor : paidOtherwise,
    differences: DIFFERENCE_TYPES.flatMap((type) => {
      const amountMinor = sumMinor(found.filter((one) => one.type === type).map((one) => one.amountMinor));
      return amountMinor === 0 ? [] : [{ type, amountMinor }];
    }),
  };
}

function billedDifferences({ seats, use, billed, changes, prices }: Omit<Sides, "settled">): Difference[] {
  const foreseen = [...seats, ...use];
  const ofCategory = (category: ChargeCategory) =>
    baseOf(billed.filter((row) => row.chargeCategory === category).map(({ amount }) => amount));
  const openMinor = baseOf(foreseen.map(({ open }) => open));
  const coveredMinor = baseOf(use.map(({ covered }) => covered));
  const lines = billed.filter(
    ({ chargeCategory }) => chargeCategory !== "tax" && chargeCategory !== "credit",
  );
  /** What the lines differ by from what was foreseen and is billed. */
  const wholeMinor =
    baseOf(lines.map(({ amount }) => amount)) -
    (baseOf(foreseen.map(({ amount }) => amount)) - openMinor - coveredMinor);
  const known: Difference[] = [
    { type: "not_billed", amountMinor: openMinor === 0 ? 0 : -openMinor },
    { type: "tax", amountMinor: ofCategory("tax") },
    { type: "credit", amountMinor: ofCategory("credit") - coveredMinor },
  ];
  const currencies = new Set([...lines, ...foreseen].map(({ currency }) => currency));
  // Amounts of two currencies prove nothing of each other.
  if (currencies.size > 1) return [...known, { type: "unexplained", amountMinor: wholeMinor }];

  const { priceMinor, prorationMinor } = matchSeats({ seats, lines, changes, prices });
  const lateMinor = sumMinor(
    use.map(({ amount, knownMinor }) => (knownMinor === null ? 0 : knownMinor - amount.costMinor)),
  );
  const ownWholeMinor =
    ownOf(lines.map(({ amount }) => amount)) -
    ownOf(foreseen.map(({ amount }) => amount)) +
    ownOf(foreseen.map(({ open }) => open)) +
    ownOf(use.map(({ covered }) => covered));
  const toBase = converter(foreseen.map(({ amount }) => amount));
  const rest = lines.length > 0 && lines.every(({ prepaid }) => prepaid) ? "credit" : "unexplained";
  const own: readonly [DifferenceType, number][] = [
    ["price_change", priceMinor],
    ["proration", prorationMinor],
    ["late_revision", lateMinor],
    [rest, ownWholeMinor - priceMinor - prorationMinor - lateMinor],
  ];
  const typed = own.flatMap(([type, minor]): Difference[] => {
    const amountMinor = toBase(minor);
    return amountMinor === null ? [] : [{ type, amountMinor }];
  });
  if (typed.length < own.length) return [...known, { type: "unexplained", amountMinor: wholeMinor }];
  const rateMinor = wholeMinor - sumMinor(typed.map(({ amountMinor }) => amountMinor));
  return [...known, ...typed, { type: "exchange_rate", amountMinor: rateMinor }];
}

/**
 * Turns amounts into the books' currency at the rate of what was foreseen: that of the largest of them, on which rounding
 * tells the least. Null: it is so small that it says nothing of so large an amount.
 */
function converter(foreseen: readonly Amount[]): (minor: number) => number | null {
  const size = ({ costMinor }: Amount) => Math.abs(costMinor);
  const own = foreseen.reduce<Amount | null>((a, b) => (a === null || size(b) > size(a) ? b : a), null);
  if (own === null || own.costMinor === 0) return (minor) => minor;
  const sign = own.costMinor < 0 ? -1n : 1n;
  const [base, cost] = [BigInt(own.baseCostMinor) * sign, BigInt(own.costMinor) * sign];
  // A few of them still add up to a number that is exact.
  const room = (BigInt(Number.MAX_SAFE_INTEGER) / 16n) * cost;
  return (minor) => {
    const scaled = BigInt(minor) * base;
    return scaled > room || scaled < -room ? null : divideHalfEven(scaled, cost);
  };
}

const baseOf = (amounts: readonly Amount[]): number =>
  sumMinor(amounts.map(({ baseCostMinor }) => baseCostMinor));
const ownOf = (amounts: readonly Amount[]): number => sumMinor(amounts.map(({ costMinor }) => costMinor));

export type Tolerance = { readonly toleranceMinor: number; readonly tolerancePerMille: number };

/** What of a difference nobody and nothing explains. */
export const unexplainedOf = ({ differences }: Pick<Reconciled, "differences">): number =>
  differences.find(({ type }) => type === "unexplained")?.amountMinor ?? 0;

/** Whether an unexplained difference is so small that it is accepted by itself: in money, or beside what was billed. */
export function isTolerated(
  unexplainedMinor: number,
  billedMinor: number | null,
  { toleranceMinor, tolerancePerMille }: Tolerance,
): boolean {
  const size = Math.abs(unexplainedMinor);
  if (size <= toleranceMinor) return true;
  return BigInt(size) * 1_000n <= BigInt(Math.abs(billedMinor ?? 0)) * BigInt(tolerancePerMille);
}
