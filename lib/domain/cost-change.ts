import type { Currency } from "./currency";
import { divideHalfEven } from "./decimal";

/**
 * Why a cost changed. `share`: more or less of an account counts here; `rate`: of exchange; `seats`: more or fewer of
 * them; `volume`: more or less use; `price`: of a seat or of the same use; `mix`: other models; `days`: the same seats
 * at the same price over other days; `amount`: of what is charged without a measure; `correction`: of closed months.
 */
export const CHANGE_KINDS = [
  "new",
  "gone",
  "share",
  "rate",
  "seats",
  "volume",
  "price",
  "mix",
  "days",
  "amount",
  "correction",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** How much one model was used in a month, and what that would cost by the meter. */
export type UsedItem = { readonly units: bigint; readonly meteredNano: bigint };

/** What a month's cost is a cost of, as far as it is known. */
export type Measure =
  | {
      readonly kind: "seats";
      readonly seatDays: number;
      /** The days of the month. */
      readonly days: number;
      /** The prices of a seat that were in force, in words that are the same when they are. */
      readonly priced: string;
    }
  | { readonly kind: "use"; readonly items: ReadonlyMap<string, UsedItem> };

/** What one thing cost in one month; its cost in its own currency is null where that is several. */
export type CostPart = {
  readonly baseCostMinor: number;
  readonly own: { readonly costMinor: number; readonly currency: Currency } | null;
  readonly measure: Measure | null;
  /** What all of the account costs, of which this is a part; null where that is no question. */
  readonly wholeMinor: number | null;
  /** Of closed months. */
  readonly correction: boolean;
};

export type Effect = { readonly kind: ChangeKind; readonly baseCostMinor: number };

/**
 * Takes the difference of two months' cost of one thing apart, to the minor unit: the effects sum to it exactly.
 *
 * In this order: what another share of the same account did; what the exchange rate did to the later cost; what more or fewer seats (in seat-months), or more or
 * less use, would have cost at the earlier price; what the price did to the later quantity; and what is left. Each
 * is rounded half to even once, the last one takes the rest.
 *
 * @param before null: it did not cost anything yet
 * @param after null: it costs nothing any more
 * @returns only effects that are not zero
 */
export function explainChange(before: CostPart | null, after: CostPart | null): Effect[] {
  const difference = (after?.baseCostMinor ?? 0) - (before?.baseCostMinor ?? 0);
  if (before?.correction || after?.correction) return told([["correction", difference]]);
  if (!before) return told([["new", difference]]);
  if (!after) return told([["gone", difference]]);
  const asShared = atOldShare(before, after);
  const atOldRate = costAtOldRate(before, asShared);
  return told([
    ["share", after.baseCostMinor - asShared.baseCostMinor],
    ["rate", asShared.baseCostMinor - atOldRate],
    ...effectsAtOneRate(before, asShared, atOldRate),
  ]);
}

/** The later cost if as large a part of the account counted here as before. */
function atOldShare(before: CostPart, after: CostPart): CostPart {
  if (before.wholeMinor === null || after.wholeMinor === null) return after;
  const baseCostMinor = scaled(before.baseCostMinor, after.wholeMinor, before.wholeMinor);
  if (baseCostMinor === null || baseCostMinor === after.baseCostMinor) return after;
  const costMinor = after.own && scaled(after.own.costMinor, baseCostMinor, after.baseCostMinor);
  return {
    ...after,
    baseCostMinor,
    own: after.own && costMinor !== null ? { ...after.own, costMinor } : null,
  };
}

const told = (effects: readonly (readonly [ChangeKind, number])[]): Effect[] =>
  effects.filter(([, minor]) => minor !== 0).map(([kind, baseCostMinor]) => ({ kind, baseCostMinor }));

/** The later cost as the earlier month's rate would convert it. */
function costAtOldRate(before: CostPart, after: CostPart): number {
  if (!before.own || !after.own || before.own.currency !== after.own.currency) return after.baseCostMinor;
  return scaled(before.baseCostMinor, after.own.costMinor, before.own.costMinor) ?? after.baseCostMinor;
}

function effectsAtOneRate(
  before: CostPart,
  after: CostPart,
  afterMinor: number,
): (readonly [ChangeKind, number])[] {
  const [old, now] = [before.measure, after.measure];
  const difference = afterMinor - before.baseCostMinor;
  if (old?.kind === "seats" && now?.kind === "seats") {
    const asMany = scaled(before.baseCostMinor, now.seatDays * old.days, old.seatDays * now.days);
    const seats = asMany === null ? 0 : asMany - before.baseCostMinor;
    return [
      ["seats", seats],
      [old.priced === now.priced ? "days" : "price", difference - seats],
    ];
  }
  if (old?.kind === "use" && now?.kind === "use") {
    return effectsOfUse(before.baseCostMinor, old.items, afterMinor, now.items);
  }
  return [["amount", difference]];
}

type Items = ReadonlyMap<string, UsedItem>;

function effectsOfUse(
  beforeMinor: number,
  old: Items,
  afterMinor: number,
  now: Items,
): (readonly [ChangeKind, number])[] {
  const difference = afterMinor - beforeMinor;
  const asMuch = scaled(beforeMinor, total(now, "units"), total(old, "units"));
  if (asMuch === null || total(now, "units") === 0n) return [["amount", difference]];
  const volume = asMuch - beforeMinor;
  if (isOneModel(old, now)) return withRest([["volume", volume]], "price", difference);
  const repriced = atOldPrices(beforeMinor, old, afterMinor, now);
  if (repriced === null) return [["amount", difference]];
  const price = afterMinor - repriced;
  return withRest(
    [
      ["volume", volume],
      ["price", price],
    ],
    "mix",
    difference,
  );
}

const withRest = (
  effects: readonly (readonly [ChangeKind, number])[],
  rest: ChangeKind,
  difference: number,
): (readonly [ChangeKind, number])[] => [
  ...effects,
  [rest, difference - effects.reduce((sum, [, minor]) => sum + minor, 0)],
];

const isOneModel = (old: Items, now: Items): boolean =>
  old.size === 1 && now.size === 1 && [...old.keys()][0] === [...now.keys()][0];

/** What the later use would have cost at each model's earlier price; of a model that is new, at its own. */
function atOldPrices(beforeMinor: number, old: Items, afterMinor: number, now: Items): number | null {
  const [metered, meteredOld] = [total(now, "meteredNano"), total(old, "meteredNano")];
  if (metered === 0n || meteredOld === 0n) return afterMinor;
  // Both months' parts over one denominator, so that only their sum is rounded.
  let numerator = 0n;
  let denominator = 1n;
  for (const [model, { units, meteredNano }] of now) {
    const known = old.get(model);
    const [above, below] =
      known && known.units > 0n
        ? [BigInt(beforeMinor) * known.meteredNano * units, meteredOld * known.units]
        : [BigInt(afterMinor) * meteredNano, metered];
    numerator = numerator * below + above * denominator;
    denominator *= below;
  }
  return quotient(numerator, denominator);
}

const total = (items: Items, of: keyof UsedItem): bigint =>
  [...items.values()].reduce((sum, item) => sum + item[of], 0n);

const scaled = (minor: number, above: number | bigint, below: number | bigint): number | null =>
  quotient(BigInt(minor) * BigInt(above), BigInt(below));

/** Half to even; null where nothing can be told: of nothing, or because it is beyond any amount. */
function quotient(above: bigint, below: bigint): number | null {
  if (below === 0n) return null;
  const whole = Number(below < 0n ? divideHalfEven(-above, -below) : divideHalfEven(above, below));
  return Number.isSafeInteger(whole) ? whole : null;
}

export type ExplainedChange = { readonly key: string; readonly effects: readonly Effect[] };

/** The same for all things of two months: what did not change is left out. */
export function explainChanges(
  before: ReadonlyMap<string, CostPart>,
  after: ReadonlyMap<string, CostPart>,
): ExplainedChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const effects = explainChange(before.get(key) ?? null, after.get(key) ?? null);
    return effects.length > 0 ? [{ key, effects }] : [];
  });
}
