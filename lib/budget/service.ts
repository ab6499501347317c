import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { type BudgetSum, countCostObjects, FIELD, findNames, sumBudget } from "@/lib/budget/data";
import { type ExpectedOfGroup, findExpected, type MarginOfLine } from "@/lib/budget/expected-data";
import { type Landing, spentLines, toRow } from "@/lib/budget/figures";
import { findOpenings } from "@/lib/budget/opening-data";
import { findPlanned, type PlannedSum } from "@/lib/budget/planned-data";
import type { Budget, BudgetGrouping, BudgetGroupKey, BudgetInput } from "@/lib/budget/schema";
import { read } from "@/lib/db/client";
import { budgetLines } from "@/lib/domain/budget-line";
import { budgetedLines } from "@/lib/domain/budgeted";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { forecastReach, lastForecast } from "@/lib/domain/expected-cost";
import { expectedLines, nothingExpected } from "@/lib/domain/expected-lines";
import type { Purpose } from "@/lib/domain/facts";
import { monthOf, monthsBetween } from "@/lib/domain/month";
import { readLedger } from "@/lib/ledger/read";

/** The budget lines of some months, each figure billed and estimated apart; with `groupBy`, one set per group. */
export async function getBudget(ctx: Ctx, input: BudgetInput): Promise<Budget> {
  authorize(ctx, "books:read");
  const { sums, planned, expected, openings, names } = await readLedger(ctx, async (db) => {
    const planned = await findPlanned(db, ctx, input);
    const expected = await findExpected(db, ctx, input);
    const openings = await findOpenings(db, ctx, input);
    const sums = [
      ...(await sumBudget(db, ctx, input)).filter(({ month }) => !openings.months.has(month)),
      ...openings.sums,
      ...planned.byGroup.map(nothingSpent),
      ...(byPerson(input) ? [] : (expected?.sums ?? [])).map(nothingSpentYet),
    ];
    return { sums, planned, expected, openings: openings.months, names: await findNames(db, ctx, sums) };
  });
  const { baseCurrency } = ctx.organization;
  const months = monthsBetween(input.from, input.to);
  const today = utcDateOf(ctx.now);
  const until = lastForecast(forecastReach(today, ctx.organization.fiscalYearStart));
  const linesOf = (part: readonly BudgetSum[], plan: readonly PlannedSum[], { sums, margins }: Expected) => {
    const { lines, total } = budgetLines(part, months);
    const budgeted = budgetedLines(lines, plan);
    const ahead = sums && expectedLines(sums, months, until);
    const covered = sums && expectedLines(sums, months, until, "coveredMinor");
    const rowOf = (of: typeof ahead, purpose: Purpose | null) =>
      of ? (purpose ? of.lines[purpose] : of.total) : nothingExpected(months);
    const landing = (purpose: Purpose | null): Landing => ({
      expected: rowOf(ahead, purpose),
      covered: rowOf(covered, purpose),
      margin: margins.find((margin) => margin.purpose === purpose),
      running: monthOf(today),
      openings,
    });
    return {
      lines: lines.map(({ purpose, ...row }) => ({
        purpose,
        ...toRow(row, budgeted.lines[purpose], landing(purpose), baseCurrency),
      })),
      total: toRow(total, budgeted.total, landing(null), baseCurrency),
    };
  };
  const spentOf = spentLines({ months, running: monthOf(today), openings, currency: baseCurrency });
  const expectedFor = ([first]: readonly BudgetSum[]): Expected => {
    if (!expected || byPerson(input)) return { sums: null, margins: [] };
    const key = first && groupKey(first, input.groupBy);
    return { sums: expected.sums.filter((sum) => groupKey(sum, input.groupBy) === key), margins: [] };
  };
  return {
    from: input.from,
    to: input.to,
    basis: input.basis,
    currency: baseCurrency,
    ...linesOf(sums, planned.whole, expected ?? { sums: null, margins: [] }),
    groupBy: input.groupBy,
    groups: groupsOf(sums, input.groupBy, names).map(({ part, ...group }) => {
      if (byPerson(input)) return { ...group, ...spentOf(part) };
      const own = group.corrections ? [] : part;
      return { ...group, ...linesOf(part, plannedFor(planned.byGroup, own), expectedFor(own)) };
    }),
  };
}

/** What the rows of a budget may be: teams, people and products only once there is a second one. */
export async function budgetGroupings(ctx: Ctx): Promise<BudgetGrouping[]> {
  authorize(ctx, "books:read");
  const { teams, members, products } = await read(ctx, (db) => countCostObjects(db, ctx));
  return [
    "service_provider",
    ...(teams > 1 ? (["team"] as const) : []),
    ...(members > 1 ? (["member"] as const) : []),
    ...(products > 1 ? (["product"] as const) : []),
    "billing_model",
  ];
}

type Expected = {
  /** Null where nothing can be told. */
  readonly sums: readonly ExpectedOfGroup[] | null;
  readonly margins: readonly MarginOfLine[];
};

const byPerson = ({ groupBy }: Pick<BudgetInput, "groupBy">): boolean => groupBy.includes("member");

/** What is expected has its row also while it has cost nothing. */
const nothingSpentYet = ({ expectedMinor: _, ...sum }: ExpectedOfGroup): BudgetSum => ({
  ...sum,
  state: "billed",
  baseCostMinor: 0,
  coveredMinor: 0,
  member: null,
  corrects: false,
});

/** A planned team or product has its row also while it has cost nothing. */
const nothingSpent = ({ month, purpose, team, product }: PlannedSum): BudgetSum => ({
  ...{ month, purpose, state: "billed", baseCostMinor: 0, coveredMinor: 0, team, product },
  ...{ member: null, serviceProvider: null, billingModel: null, corrects: false },
});

/** The plan of the team or product whose sums these are; none of what belongs to neither. */
function plannedFor(planned: readonly PlannedSum[], [first]: readonly BudgetSum[]): readonly PlannedSum[] {
  const id = first?.team ?? first?.product;
  return id ? planned.filter(({ team, product }) => (team ?? product) === id) : [];
}

const groupKey = (
  sum: Pick<BudgetSum, "team" | "product" | "serviceProvider" | "billingModel"> & Partial<BudgetSum>,
  groupBy: readonly BudgetGrouping[],
): string => groupBy.map((grouping) => sum[FIELD[grouping]] ?? "").join(" ");

/** The sums by group, in the order of the groups' names; what belongs to none comes last, and then what corrects closed months. */
function groupsOf(
  sums: readonly BudgetSum[],
  groupBy: readonly BudgetGrouping[],
  names: ReadonlyMap<string, string>,
) {
  if (groupBy.length === 0) return [];
  const parts = Map.groupBy(sums, (sum) => (sum.corrects ? CORRECTIONS : groupKey(sum, groupBy)));
  const nameOf = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id });
  return [...parts]
    .map(([key, part]) => {
      const corrections = key === CORRECTIONS;
      const [first] = corrections ? [] : part;
      const group: BudgetGroupKey = Object.fromEntries(
        groupBy.map((grouping) => [grouping, nameOf(first?.[FIELD[grouping]] ?? null)]),
      );
      return { group, corrections, part };
    })
    .sort(
      (a, b) => Number(a.corrections) - Number(b.corrections) || compareGroups(groupBy, a.group, b.group),
    );
}

const CORRECTIONS = "corrections";

function compareGroups(groupBy: readonly BudgetGrouping[], a: BudgetGroupKey, b: BudgetGroupKey): number {
  for (const grouping of groupBy) {
    const [left, right] = [a[grouping], b[grouping]];
    if (!left !== !right) return left ? -1 : 1;
    const order = (left?.name ?? "").localeCompare(right?.name ?? "", "en");
    if (order !== 0) return order;
  }
  return 0;
}
