import { beforeEach, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { budgetInput } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { changeGrid } from "@/lib/budgets/grid";
import { type GridChange, versionInput } from "@/lib/budgets/schema";
import { approveVersion, createVersion } from "@/lib/budgets/service";
import { createProduct } from "@/lib/products/service";
import { createTeam } from "@/lib/teams/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anActor, anOrganization } from "@/lib/testing/organization";

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = await anOrganization();
  books = await someBooks(ctx);
});

const LINE = { teamId: null, productId: null, purpose: "developer_leverage" } as const;
const flat = (minor: number) => Array<number>(12).fill(minor);

async function aVersion(name: string, rows: GridChange["rows"], fiscalYear = "2026-04") {
  const { id, version } = await createVersion(ctx, versionInput.parse({ name, kind: "budget", fiscalYear }));
  const saved = await changeGrid(ctx, { versionId: id, version, rows, dryRun: false });
  return { id, version: saved.version };
}

const budget = (changes: object = {}, who = ctx) =>
  getBudget(who, budgetInput.parse({ from: "2026-10", to: "2026-10", ...changes }));
const leverage = async (changes: object = {}, who = ctx) => (await budget(changes, who)).lines[0]!.total;

describe("the budget of a month", () => {
  test("is there with what is left of it, from the version that counts", async () => {
    expect(await leverage()).toMatchObject({ budgeted: null, variance: null });
    const first = await aVersion("First", [{ ...LINE, amountsMinor: flat(50_000) }]);
    await aVersion("Second", [{ ...LINE, amountsMinor: flat(60_000) }]);
    // No version is approved: the newest draft counts.
    expect((await leverage()).budgeted).toEqual({ minor: 60_000, currency: "USD" });
    await approveVersion(ctx, first);
    const { budgeted, variance, actual } = await leverage();
    expect(budgeted?.minor).toBe(50_000);
    expect(variance).toEqual({ minor: 50_000 - actual.minor, currency: "USD" });
  });

  test("is that of its own fiscal year, and none where a year has no version", async () => {
    await aVersion("26", [{ ...LINE, amountsMinor: flat(100) }]);
    await aVersion("27", [{ ...LINE, amountsMinor: flat(200) }], "2027-04");
    const { lines } = await budget({ from: "2027-02", to: "2028-04" });
    const months = lines[0]!.months.map(({ budgeted }) => budgeted?.minor ?? null);
    expect(months).toEqual([100, 100, ...Array(12).fill(200), null]);
  });

  test("is compared with what the month cost, not with what was billed in it", async () => {
    await aVersion("Budget", [{ ...LINE, amountsMinor: flat(100) }]);
    expect(await leverage({ basis: "billed" })).toMatchObject({ budgeted: null, variance: null });
  });
});

describe("by group", () => {
  test("it is there by team and by product, also of those that cost nothing yet", async () => {
    const team = await createTeam(ctx, { name: "New", code: "NEW" });
    const product = await createProduct(ctx, { name: "Checkout", endsOn: null });
    await aVersion("Budget", [
      { ...LINE, teamId: books.teams.platform, amountsMinor: flat(70_000) },
      { ...LINE, teamId: team.id, amountsMinor: flat(300) },
      { ...LINE, amountsMinor: flat(5) },
      { ...LINE, productId: product.id, purpose: "product_running", amountsMinor: flat(900) },
    ]);
    const byTeam = await budget({ groupBy: "team" });
    expect(byTeam.lines.map(({ total }) => total.budgeted?.minor)).toEqual([70_305, 900, undefined]);
    const of = (answer: Awaited<ReturnType<typeof budget>>, id: string) =>
      answer.groups.find(({ group }) => (group.team ?? group.product)?.id === id);
    expect(of(byTeam, books.teams.platform)?.lines[0]?.total.budgeted?.minor).toBe(70_000);
    expect(of(byTeam, team.id)).toMatchObject({
      group: { team: { id: team.id, name: "New" } },
      total: { total: { actual: { minor: 0 }, budgeted: { minor: 300 }, variance: { minor: 300 } } },
    });
    const nobody = byTeam.groups.find(({ group }) => group.team === null);
    expect(nobody?.total.total.budgeted ?? null).toBeNull();

    const byProduct = await budget({ groupBy: "product" });
    expect(of(byProduct, product.id)?.lines[1]?.total.budgeted?.minor).toBe(900);
    for (const groupBy of ["member", "service_provider", "billing_model", "team,member"]) {
      const { groups } = await budget({ groupBy });
      expect(groups.every(({ lines }) => lines.every(({ total }) => total.budgeted === null))).toBe(true);
    }
  });

  test("a lead sees the plan of their teams, a member none", async () => {
    await aVersion("Budget", [
      { ...LINE, teamId: books.teams.platform, amountsMinor: flat(70_000) },
      { ...LINE, teamId: books.teams.growth, amountsMinor: flat(1_000) },
    ]);
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
    expect((await leverage({}, lead)).budgeted?.minor).toBe(1_000);
    const groups = (await budget({ groupBy: "team" }, lead)).groups;
    expect(groups.map(({ group }) => group.team?.id)).toEqual([books.teams.growth]);
    const member = await anActor(ctx, { roles: ["member"], memberId: books.members.ben });
    expect((await leverage({}, member)).budgeted).toBeNull();
  });
});
