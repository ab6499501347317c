import { beforeEach, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { budgetInput } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { listPeriods } from "@/lib/closing/service";
import { transact } from "@/lib/db/client";
import { getBridge } from "@/lib/entries/service";
import { postInvoice } from "@/lib/invoices/service";
import { rebuildLedger } from "@/lib/ledger/repost";
import { changeOpeningTotals, listOpeningTotals } from "@/lib/opening-totals/service";
import { readOrganization } from "@/lib/organization/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, seatCharge, usd } from "@/lib/testing/invoices";
import { at } from "@/lib/testing/kept-ledger";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// Totals of months before the books begin, in October 2026.

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = at(await anOrganization({ booksStart: "2026-10" }), "2026-11-24");
  books = await someBooks(ctx);
});

const flat = (month: string, amountMinor: number | null, changes: object = {}) => ({
  ...{ month, teamId: books.teams.platform, purpose: "developer_leverage" as const },
  ...{ billingModel: "flat" as const, amountMinor },
  ...changes,
});
const metered = (month: string, amountMinor: number) =>
  flat(month, amountMinor, {
    ...{ teamId: null, purpose: "product_running", billingModel: "metered" },
  });

const budget = (changes: object = {}, who: Ctx = ctx) =>
  getBudget(who, budgetInput.parse({ from: "2026-08", to: "2026-10", ...changes }));

test("stand in the budget as billed, and say that they are opening totals", async () => {
  const before = (await budget()).total.months[2];
  await changeOpeningTotals(ctx, { rows: [flat("2026-09", 10_000), metered("2026-09", 2_500)] });
  for (const basis of ["effective", "billed"]) {
    const { lines, total } = await budget({ basis });
    // 100.00 of Platform's seats and 25.00 of nobody's API use.
    expect(lines.map(({ months }) => months[1]?.billed.minor)).toEqual([10_000, 2_500, 0]);
    expect(total.months.map(({ opening, actual }) => [opening, actual.minor])).toEqual([
      [false, 0],
      [true, 12_500],
      [false, basis === "effective" ? before?.actual.minor : 0],
    ]);
  }
  expect((await budget()).total.months[1]).toMatchObject({ estimated: usd(0), forecast: usd(12_500) });
});

test("are found by team and by billing model, and add up to the whole", async () => {
  await changeOpeningTotals(ctx, { rows: [flat("2026-09", 10_000), metered("2026-09", 2_500)] });
  const september = async (groupBy: string, who: Ctx = ctx) =>
    (await budget({ from: "2026-09", to: "2026-09", groupBy }, who)).groups.map(({ group, total }) => [
      Object.values(group).map((name) => name?.name ?? null),
      total.total.actual.minor,
    ]);
  expect(await september("team")).toEqual([
    [["Platform"], 10_000],
    [[null], 2_500],
  ]);
  expect(await september("team,billing_model")).toEqual([
    [["Platform", "flat"], 10_000],
    [[null, "metered"], 2_500],
  ]);
  expect(await september("service_provider")).toEqual([[[null], 12_500]]);
  const lead = { ...(await anActor(ctx, { roles: ["lead"] })) };
  const actor = { ...lead.actor, ledTeamIds: [books.teams.platform] };
  expect(await september("team", { ...lead, actor })).toEqual([[["Platform"], 10_000]]);
});

test("stand for whatever else is known of their months, and leave the bridge and closing alone", async () => {
  // A year from April: 1,200.00, of which 100.00 and more fall in months before the books.
  const chargePeriod = { start: "2026-04-01", end: "2027-04-01" };
  const charges = [seatCharge(books, { chargePeriod, billedCost: usd(120_000) })];
  await postInvoice(ctx, anInvoice(books, { charges }));
  const whole = (await budget()).total.months.map(({ actual }) => actual.minor);
  expect(whole[1]).toBeGreaterThan(0);
  const bridges = () => Promise.all(["2026-09", "2026-10"].map((month) => getBridge(ctx, { month })));
  const [bridge, periods] = [await bridges(), await listPeriods(ctx)];

  await changeOpeningTotals(ctx, { rows: [flat("2026-09", 10_000)] });
  const months = (await budget()).total.months.map(({ actual }) => actual.minor);
  expect(months).toEqual([whole[0], 10_000, whole[2]]);
  expect([await bridges(), await listPeriods(ctx)]).toEqual([bridge, periods]);
  await rebuildLedger(ctx);
  expect((await budget()).total.months.map(({ actual }) => actual.minor)).toEqual(months);
});

test("are written over, taken out, and told in the trail", async () => {
  await changeOpeningTotals(ctx, { rows: [flat("2026-09", 10_000), flat("2026-08", 9_000)] });
  await changeOpeningTotals(ctx, { rows: [flat("2026-09", -500)] });
  await changeOpeningTotals(ctx, { rows: [flat("2026-08", null)] });
  const { data, booksStart } = await listOpeningTotals(ctx);
  expect(booksStart).toBe("2026-10");
  expect(data).toMatchObject([{ month: "2026-09", team: { name: "Platform" }, amount: usd(-500) }]);
  const { id: organizationId } = ctx.organization;
  const events = await transact({ organizationId }, (db) =>
    db.auditEvent.findMany({ where: { organizationId, action: "opening_totals.change" } }),
  );
  expect(events).toHaveLength(3);
});

test("are of months before the books only, by whoever closes months", async () => {
  const rows = [flat("2026-09", 1), flat("2026-10", 1)];
  await expectRefusal(changeOpeningTotals(ctx, { rows }), "invalid_input", "rows.1.month");
  const stranger = { ...flat("2026-09", 1), teamId: books.members.ada };
  await expectRefusal(changeOpeningTotals(ctx, { rows: [stranger] }), "not_found");
  expect((await listOpeningTotals(ctx)).data).toEqual([]);
  for (const role of ["lead", "member", "auditor"] as const) {
    const actor = await anActor(ctx, { roles: [role] });
    await expectRefusal(changeOpeningTotals(actor, { rows: [flat("2026-09", 1)] }), "forbidden");
  }
});

test("fix the currency and the first month of the books", async () => {
  const bare = await anOrganization({ booksStart: "2026-10" });
  expect((await readOrganization(bare)).fixed).toBe(false);
  await changeOpeningTotals(bare, { rows: [flat("2026-09", 1, { teamId: null })] });
  expect((await readOrganization(bare)).fixed).toBe(true);
});
