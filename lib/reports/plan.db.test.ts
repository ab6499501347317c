import { text } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { beforeEach, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { budgetInput } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { changeGrid, readGrid } from "@/lib/budgets/grid";
import { versionInput } from "@/lib/budgets/schema";
import { createVersion } from "@/lib/budgets/service";
import { postInvoice } from "@/lib/invoices/service";
import { changeOpeningTotals } from "@/lib/opening-totals/service";
import { planReportInput } from "@/lib/reports/schema";
import { exportPlanReport } from "@/lib/reports/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, seatCharge } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// The plan beside what it came to, as a file. The books begin with October 2026, the fiscal year with April.

const HEADER =
  "month,note,purpose,team,product,base_currency,budgeted,actual,estimated,before_credits,variance,forecast";
const QUARTER = { from: "2026-09", to: "2026-11" };

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-10" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
  const opening = { month: "2026-09", teamId: books.teams.platform, purpose: "developer_leverage" } as const;
  await changeOpeningTotals(ctx, { rows: [{ ...opening, billingModel: "flat", amountMinor: 10_000 }] });
  await postInvoice(ctx, anInvoice(books, { charges: [seatCharge(books)] }));
  const plan = await createVersion(
    ctx,
    versionInput.parse({ name: "Budget", kind: "budget", fiscalYear: "2026-04" }),
  );
  await changeGrid(ctx, {
    versionId: plan.id,
    version: plan.version,
    dryRun: false,
    rows: [
      {
        teamId: books.teams.platform,
        productId: null,
        purpose: "developer_leverage",
        amountsMinor: Array(12).fill(12_000),
      },
    ],
  });
});

type Row = Record<string, string>;
const csvOf = async (question: object, who = ctx) =>
  await text((await exportPlanReport(who, planReportInput.parse(question))).rows);
const rowsOf = async (question: object, delimiter = ","): Promise<Row[]> =>
  parse(await csvOf(question), { columns: true, delimiter });

describe("the plan report", () => {
  test("has its header, marks opening totals, and leaves out what is nothing", async () => {
    expect((await csvOf(QUARTER)).split("\r\n")[0]).toBe(HEADER);
    const rows = await rowsOf({ ...QUARTER, to: "2026-10" });
    // September was stated with 100.00 of 120.00; October's five seats of 25.00 are billed: 5.00 over.
    expect(rows).toEqual([
      row("2026-09", { note: "opening_total", actual: "100.00", variance: "20.00", forecast: "100.00" }),
      row("2026-10", { actual: "125.00", variance: "-5.00", forecast: "125.00" }),
    ]);
  });

  test("says of each line and month what the budget says", async () => {
    const rows = await rowsOf(QUARTER);
    const { lines } = await getBudget(ctx, budgetInput.parse(QUARTER));
    for (const { purpose, months } of lines) {
      for (const { month, actual, forecast } of months) {
        const found = rows.find((one) => one.month === month && one.purpose === purpose);
        expect(minorOf(found?.actual)).toBe(actual.minor);
        expect(minorOf(found?.forecast)).toBe(forecast?.minor);
      }
    }
  });

  test("is divided by team, with decimals as they are asked for", async () => {
    const rows = await rowsOf({ from: "2026-09", to: "2026-09", groupBy: "team", decimal: "comma" }, ";");
    expect(rows).toMatchObject([{ team: "Platform", budgeted: "120,00", actual: "100,00" }]);
  });

  test("is of what a lead sees, and of nothing to a member", async () => {
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
    expect(await csvOf({ from: "2026-09", to: "2026-09" }, lead)).toBe(`${HEADER}\r\n`);
    const own = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
    expect(await csvOf({ from: "2026-09", to: "2026-09" }, own)).toContain("opening_total");
    const member = await anActor(ctx, { roles: ["member"], memberId: books.members.ada });
    await expectRefusal(exportPlanReport(member, planReportInput.parse(QUARTER)), "forbidden");
  });
});

test("a year that begins as a copy of the last one takes what was stated of its months too", async () => {
  // 10 % more than 100.00 of September and 125.00 of October.
  const { id } = await createVersion(
    ctx,
    versionInput.parse({
      name: "Next",
      kind: "budget",
      fiscalYear: "2027-04",
      copy: { source: "actual", changeBasisPoints: 1_000 },
    }),
  );
  const { rows } = await readGrid(ctx, { versionId: id });
  const platform = rows.find(
    ({ team, purpose }) => team?.name === "Platform" && purpose === "developer_leverage",
  );
  expect(platform?.amountsMinor.slice(5, 7)).toEqual([11_000, 13_750]);
});

const row = (month: string, amounts: Row): Row => ({
  month,
  note: "",
  purpose: "developer_leverage",
  team: "",
  product: "",
  base_currency: "USD",
  budgeted: "120.00",
  estimated: "0.00",
  before_credits: amounts.actual ?? "",
  ...amounts,
});

const minorOf = (text: string | undefined): number => Math.round(Number(text ?? 0) * 100);
