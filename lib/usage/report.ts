import { nanoText } from "@/lib/domain/decimal";
import { TOKEN_TYPES, type TokenCounts } from "@/lib/domain/usage";
import type { Amounts, UsageCell } from "@/lib/usage/data";
import type { ShownCell } from "@/lib/usage/people";
import type { UsageRowGroup, UsageSums, UsageTrend } from "@/lib/usage/schema";

type Asked = {
  /** The first period whose use counts in the sums; the ones before are there for the trend. */
  readonly from: string;
  readonly periods: readonly string[];
};

/** The groups that have use in the periods asked for, those of the greatest cost first. */
export function groupCells(cells: readonly ShownCell[], asked: Asked): UsageRowGroup[] {
  const kept = Map.groupBy(
    cells.filter(({ keptFrom }) => keptFrom !== undefined),
    ({ keptFrom = null }) => keptFrom,
  );
  const byGroup = Map.groupBy(cells, ({ kind, key }) => `${kind} ${key}`);
  return [...byGroup.values()]
    .map((of) => ({
      ...summary(of, asked),
      ...identify(of),
      partial: partialIn(of, kept, asked),
      cost: costOf(of, asked),
      of,
    }))
    .filter(({ of }) => of.some(({ period }) => period >= asked.from))
    .sort((a, b) => PLACES[a.kind] - PLACES[b.kind] || compare(b.cost, a.cost))
    .map(({ cost: _, of: __, ...group }) => group);
}

/** All of it together. */
export function summary(cells: readonly UsageCell[], asked: Asked): UsageSums & { trend: UsageTrend } {
  const counted = cells.filter(({ period }) => period >= asked.from);
  return { ...sumsOf(counted), trend: trendOf(cells, asked.periods) };
}

/** What cannot be told apart stands below what can. */
const PLACES: Readonly<Record<UsageRowGroup["kind"], number>> = {
  named: 0,
  pseudonym: 0,
  people: 1,
  none: 2,
};

function partialIn(
  [cell]: readonly ShownCell[],
  kept: ReadonlyMap<string | null, readonly ShownCell[]>,
  { periods }: Asked,
): boolean[] {
  const elsewhere = (cell?.kind !== "people" && kept.get(cell?.key ?? null)) || [];
  const partial = new Set(elsewhere.map(({ period }) => period));
  return periods.map((period) => partial.has(period));
}

function identify([cell]: readonly ShownCell[]): Pick<UsageRowGroup, "kind" | "group"> {
  if (!cell) return { kind: "none", group: null };
  return { kind: cell.kind, group: cell.key === null ? null : { id: cell.key, name: cell.name } };
}

function sumsOf(cells: readonly UsageCell[]): UsageSums {
  const sum = (amount: keyof Amounts) => cells.reduce((all, { amounts }) => all + amounts[amount], 0n);
  const tokens = Object.fromEntries(TOKEN_TYPES.map((type) => [type, Number(sum(type))])) as TokenCounts;
  return {
    tokens,
    requests: Number(sum("requests")),
    unpricedTokens: Number(sum("unpricedTokens")),
    costs: byCost(cells).map(({ costKind, currency, of }) => ({
      costKind,
      currency,
      cost: nanoText(nanoOf(of)),
    })),
  };
}

function trendOf(cells: readonly UsageCell[], periods: readonly string[]): UsageTrend {
  const byPeriod = Map.groupBy(cells, ({ period }) => period);
  return {
    tokens: periods.map((period) => Number(tokensOf(byPeriod.get(period) ?? []))),
    costs: byCost(cells).map(({ costKind, currency, of }) => {
      const inPeriod = Map.groupBy(of, ({ period }) => period);
      const costs = periods.map((period) => nanoText(nanoOf(inPeriod.get(period) ?? [])));
      return { costKind, currency, costs };
    }),
  };
}

function byCost(cells: readonly UsageCell[]) {
  const groups = Map.groupBy(cells, ({ costKind, currency }) => `${costKind} ${currency}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, of]) => {
      const [first] = of;
      return first ? [{ costKind: first.costKind, currency: first.currency, of }] : [];
    });
}

const nanoOf = (cells: readonly UsageCell[]): bigint =>
  cells.reduce((sum, { amounts }) => sum + amounts.costNano, 0n);

const tokensOf = (cells: readonly UsageCell[]): bigint =>
  cells.reduce((sum, { amounts }) => TOKEN_TYPES.reduce((all, type) => all + amounts[type], sum), 0n);

const costOf = (cells: readonly UsageCell[], { from }: Asked): bigint =>
  nanoOf(cells.filter(({ period }) => period >= from));

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
