import { expect, test } from "vitest";

import { shownRows } from "@/components/plan/plan-rows";
import type { GridRow } from "@/lib/budgets/schema";
import { PLANNED_PURPOSES } from "@/lib/domain/budget-plan";

const named = (name: string) => ({ id: name, name });
const row = (
  purpose: GridRow["purpose"],
  team: string | null,
  product: string | null,
  minor: number | null = null,
) => ({
  ...{ purpose, team: team ? named(team) : null, product: product ? named(product) : null },
  ...{ amountsMinor: Array<number | null>(12).fill(minor), lastYearMinor: [], owner: null, mayChange: true },
});
const all = (teams: readonly string[], products: readonly string[], undivided = true) =>
  PLANNED_PURPOSES.flatMap((purpose) => [
    ...(undivided ? [row(purpose, null, null)] : []),
    ...teams.map((team) => row(purpose, team, null)),
    ...products.map((product) => row(purpose, null, product)),
  ]);
const names = (rows: readonly GridRow[]) =>
  rows.map(({ purpose, team, product }) => `${purpose[0]} ${team?.id ?? product?.id ?? "-"}`);

test("leverage is planned by team and product running by product", () => {
  expect(names(shownRows(all(["A", "B"], ["P"]), false))).toEqual(["d A", "d B", "p P"]);
});

test("a line is planned undivided while there is nothing to divide it by", () => {
  expect(names(shownRows(all(["A"], []), false))).toEqual(["d -", "p -"]);
});

test("a lead plans both lines of their teams", () => {
  expect(names(shownRows(all(["A"], [], false), false))).toEqual(["d A", "p A"]);
});

test("what has a plan is there, and everything when it is asked for", () => {
  const rows = [...all(["A", "B"], ["P"]), row("product_running", "C", null, 0)];
  expect(names(shownRows(rows, false))).toEqual(["d A", "d B", "p P", "p C"]);
  expect(shownRows(rows, true)).toHaveLength(rows.length);
});
