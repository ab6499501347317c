import type { Budget, BudgetGrouping, BudgetGroupKey, BudgetLine } from "@/lib/budget/schema";
import type { BillingModel, Purpose } from "@/lib/domain/facts";
import { BILLING_MODEL_NAMES } from "@/lib/domain/words";

export const GROUPING_NAMES = {
  service_provider: "Provider",
  team: "Team",
  member: "Person",
  product: "Product",
  billing_model: "Billing model",
} as const satisfies Record<BudgetGrouping, string>;

const NOBODY = {
  service_provider: "No provider",
  team: "No team",
  member: "Nobody's",
  product: "No product",
  billing_model: "No billing model",
} as const satisfies Record<BudgetGrouping, string>;

const CORRECTIONS_NAME = "Corrections of closed months";

/** A row below a line: what one group came to in it. */
export type GroupRow = { readonly id: string; readonly name: string; readonly line: BudgetLine };

/** The groups that have anything in a line, the largest first. */
export function groupRows({ groups, groupBy }: Budget, purpose: Purpose): GroupRow[] {
  return groups
    .flatMap(({ group, corrections, lines }) => {
      const line = lines.find((one) => one.purpose === purpose);
      if (!line || line.months.every(({ actual, forecast }) => actual.minor === 0 && !forecast?.minor))
        return [];
      if (corrections) return [{ id: "corrections", name: CORRECTIONS_NAME, line }];
      return [{ id: idOf(groupBy, group), name: namesOf(groupBy, group), line }];
    })
    .sort((a, b) => b.line.total.actual.minor - a.line.total.actual.minor);
}

const idOf = (groupBy: readonly BudgetGrouping[], group: BudgetGroupKey): string =>
  groupBy.map((grouping) => group[grouping]?.id ?? "none").join("~");

const namesOf = (groupBy: readonly BudgetGrouping[], group: BudgetGroupKey): string =>
  groupBy.map((grouping) => nameOf(grouping, group[grouping] ?? null)).join(", ");

function nameOf(
  grouping: BudgetGrouping,
  named: { readonly id: string; readonly name: string } | null,
): string {
  if (named === null) return NOBODY[grouping];
  return grouping === "billing_model" ? BILLING_MODEL_NAMES[named.id as BillingModel] : named.name;
}

/** What a group of the table is called. */
export function groupName({ groups, groupBy }: Budget, id: string): string {
  if (id === "corrections") return CORRECTIONS_NAME;
  const found = groups.find(({ group, corrections }) => !corrections && idOf(groupBy, group) === id);
  return found ? namesOf(groupBy, found.group) : id;
}
