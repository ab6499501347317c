import type { NamedTerm, ThingNames, ThingSum, UsedModel } from "@/lib/changes/data";
import type { CostPart, Measure, UsedItem } from "@/lib/domain/cost-change";
import { money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import { type Month, periodOfMonth } from "@/lib/domain/month";
import { daysIn } from "@/lib/domain/period";

const LOCALE = "en";

type Known = {
  readonly sums: readonly ThingSum[];
  readonly models: readonly UsedModel[];
  readonly things: ThingNames;
};

type Items = ReadonlyMap<string, UsedItem>;

/** What the costs of two months are costs of. */
export type Measured = {
  readonly sums: readonly ThingSum[];
  readonly things: ThingNames;
  /** The use of an account in a month, by model. */
  readonly usedBy: (accountId: string, month: Month) => Items;
  /** What the account of a sum costs over all lines and products. */
  readonly wholeOf: (sum: ThingSum) => number;
};

export function measuring({ sums, models, things }: Known): Measured {
  const used = usedByAccount({ sums, models, things });
  const wholeKey = (sum: ThingSum) =>
    [sum.apiAccountId, sum.month, sum.chargeCategory, sum.correction].join(" ");
  const wholes = new Map<string, number>();
  for (const sum of sums) {
    wholes.set(wholeKey(sum), (wholes.get(wholeKey(sum)) ?? 0) + sum.baseCostMinor);
  }
  return {
    sums,
    things,
    usedBy: (accountId, month) => used.get(`${accountId} ${month}`) ?? new Map(),
    wholeOf: (sum) => wholes.get(wholeKey(sum)) ?? 0,
  };
}

/** The same thing in both months has the same key. */
export const thingKey = (sum: ThingSum): string =>
  [
    sum.subscriptionId,
    sum.planId,
    sum.apiAccountId,
    sum.productId,
    sum.serviceProviderId,
    sum.chargeCategory,
    sum.correction,
  ].join(" ");

/** One month of a line as the parts that its change is explained by. */
export function partsOf(sums: readonly ThingSum[], measured: Measured): Map<string, CostPart> {
  return new Map(sums.map((sum) => [thingKey(sum), partOf(sum, measured)]));
}

function partOf(sum: ThingSum, measured: Measured): CostPart {
  const { baseCostMinor, costMinor, currency, correction } = sum;
  const measure = measureOf(sum, measured);
  return {
    baseCostMinor,
    own: costMinor === null ? null : { costMinor, currency },
    measure,
    wholeMinor: measure?.kind === "use" ? measured.wholeOf(sum) : null,
    correction,
  };
}

function measureOf(sum: ThingSum, { things, usedBy }: Measured): Measure | null {
  if (sum.chargeCategory === "purchase" && sum.subscriptionId !== null && sum.seatDays !== null) {
    return {
      kind: "seats",
      seatDays: sum.seatDays,
      days: daysIn(periodOfMonth(sum.month)),
      priced: pricesIn(sum, things.terms),
    };
  }
  if (sum.chargeCategory !== "usage" || sum.apiAccountId === null) return null;
  const items = usedBy(sum.apiAccountId, sum.month);
  return items.size === 0 ? null : { kind: "use", items };
}

/** The prices of a seat of the plan in the month, in words. */
function pricesIn({ subscriptionId, planId, month }: ThingSum, terms: readonly NamedTerm[]): string {
  const { start, end } = periodOfMonth(month);
  const own = terms.filter(
    (term) => term.subscriptionId === subscriptionId && (planId === null || term.planId === planId),
  );
  const before = own.filter(({ startsOn }) => startsOn <= start);
  // Of several plans without a name each last one; of one plan the last.
  const last = [...new Map(before.map((term) => [term.planId, term])).values()];
  const within = own.filter(({ startsOn }) => startsOn > start && startsOn < end);
  const prices = [...last, ...within].map(({ unitPriceMinor, currency }) =>
    moneyText(money(unitPriceMinor, currency), LOCALE, { withCurrency: true }),
  );
  return [...new Set(prices)].sort().join(" and ");
}

/**
 * What each account used in each month, with the accounts below it that have no cost of their own. Where a file tells
 * cost without tokens, cost by the meter stands for them.
 */
function usedByAccount({ sums, models, things }: Known): Map<string, Map<string, UsedItem>> {
  const costing = new Set(sums.flatMap(({ apiAccountId }) => apiAccountId ?? []));
  const ownerOf = (id: string): string => {
    const parent = things.parents.get(id);
    return costing.has(id) || !parent ? id : ownerOf(parent);
  };
  const used = new Map<string, Map<string, UsedItem>>();
  for (const [owner, own] of Map.groupBy(models, ({ apiAccountId }) => ownerOf(apiAccountId))) {
    const months = [...Map.groupBy(own, ({ month }) => month)];
    const inTokens = months.every(([, rows]) => rows.some(({ tokens }) => tokens > 0n));
    for (const [month, rows] of months) used.set(`${owner} ${month}`, itemsOf(rows, inTokens));
  }
  return used;
}

function itemsOf(rows: readonly UsedModel[], inTokens: boolean): Map<string, UsedItem> {
  const items = new Map<string, UsedItem>();
  for (const { model, tokens, meteredNano } of rows) {
    const known = items.get(model);
    items.set(model, {
      units: (known?.units ?? 0n) + (inTokens ? tokens : meteredNano),
      meteredNano: (known?.meteredNano ?? 0n) + meteredNano,
    });
  }
  return items;
}
