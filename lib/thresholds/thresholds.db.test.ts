import { beforeEach, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { changeGrid } from "@/lib/budgets/grid";
import { versionInput } from "@/lib/budgets/schema";
import { createVersion } from "@/lib/budgets/service";
import { postInvoice } from "@/lib/invoices/service";
import { readLedger } from "@/lib/ledger/read";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, usageCharge } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { alertFilter } from "@/lib/thresholds/schema";
import { createThreshold, listAlerts, listThresholds, removeThreshold } from "@/lib/thresholds/service";

let ctx: Ctx;
let books: SomeBooks;
const LINE = { purpose: "product_running", teamId: null } as const;
const PAGE = { limit: 200 };

/** 1,000.00 a month for what the product costs. */
beforeEach(async () => {
  ctx = await anOrganization();
  books = await someBooks(ctx);
  await readLedger(ctx, async () => {});
  const { id, version } = await createVersion(
    ctx,
    versionInput.parse({ name: "Budget", kind: "budget", fiscalYear: "2026-04" }),
  );
  const rows = [{ ...LINE, productId: null, amountsMinor: Array<number>(12).fill(100_000) }];
  await changeGrid(ctx, { versionId: id, version, rows, dryRun: false });
});

/** An invoice of October for what the product used. */
const spend = (number: string, minor: number) =>
  postInvoice(ctx, anInvoice(books, { number, charges: [usageCharge(books.accounts.prod, minor)] }));

const raised = async (by = ctx) =>
  (await listAlerts(by, alertFilter.parse({ ...PAGE, month: "2026-10" }))).data.map(
    ({ threshold, budgeted, actual }) => [threshold.percent, budgeted.minor, actual.minor],
  );

test("an alert is raised by the cost that reaches its share, and never again in that month", async () => {
  for (const percent of [50, 80, 100]) await createThreshold(ctx, { ...LINE, basis: "actual", percent });
  await spend("A", 49_999);
  expect(await raised()).toEqual([]);
  // 500.00 of 1,000.00 is 50 %.
  await spend("B", 1);
  expect(await raised()).toEqual([[50, 100_000, 50_000]]);
  await spend("C", 1);
  expect(await raised()).toEqual([[50, 100_000, 50_000]]);
  // 1,000.00 reaches 80 and 100 % at once.
  await spend("D", 49_999);
  expect(await raised()).toEqual([
    [100, 100_000, 100_000],
    [80, 100_000, 100_000],
    [50, 100_000, 50_000],
  ]);
});

test("six invoices that reach it at once raise one alert", async () => {
  await createThreshold(ctx, { ...LINE, basis: "actual", percent: 50 });
  await Promise.all(["A", "B", "C", "D", "E", "F"].map((number) => spend(number, 60_000)));
  expect(await raised()).toEqual([[50, 100_000, 60_000]]);
});

test("a new threshold, and a budget that is cut, are looked at as at a new cost", async () => {
  await spend("A", 30_000);
  await createThreshold(ctx, { ...LINE, basis: "actual", percent: 30 });
  await createThreshold(ctx, { ...LINE, basis: "actual", percent: 60 });
  expect(await raised()).toEqual([[30, 100_000, 30_000]]);
  const { id, version } = await createVersion(
    ctx,
    versionInput.parse({ name: "Cut", kind: "reforecast", fiscalYear: "2026-04" }),
  );
  const rows = [{ ...LINE, productId: null, amountsMinor: Array<number>(12).fill(50_000) }];
  await changeGrid(ctx, { versionId: id, version, rows, dryRun: false });
  // 300.00 of 500.00 is 60 %; what was raised stays as it was.
  expect(await raised()).toEqual([
    [60, 50_000, 30_000],
    [30, 100_000, 30_000],
  ]);
});

test("a threshold is watched once, by whom it concerns, until it is ended", async () => {
  const whole = await createThreshold(ctx, { ...LINE, basis: "actual", percent: 50 });
  await expectRefusal(
    createThreshold(ctx, { ...LINE, basis: "actual", percent: 50 }),
    "name_taken",
    "percent",
  );
  await createThreshold(ctx, { purpose: null, teamId: null, basis: "actual", percent: 50 });
  const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
  const own = await createThreshold(lead, {
    ...LINE,
    teamId: books.teams.platform,
    basis: "actual",
    percent: 50,
  });
  await expectRefusal(createThreshold(lead, { ...LINE, basis: "actual", percent: 10 }), "forbidden");
  await expectRefusal(removeThreshold(lead, { id: whole.id }), "not_found");
  expect((await listThresholds(lead, PAGE)).data).toEqual([own]);
  await spend("A", 70_000);
  expect(await raised()).toHaveLength(2);
  expect(await raised(lead)).toEqual([]);

  await removeThreshold(ctx, { id: whole.id });
  expect((await listThresholds(ctx, PAGE)).data).toHaveLength(2);
  expect(await raised()).toHaveLength(2);
  await createThreshold(ctx, { ...LINE, basis: "actual", percent: 50 });
});
