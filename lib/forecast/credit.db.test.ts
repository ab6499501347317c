import { beforeEach, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { budgetInput } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { creditGrantInput } from "@/lib/credit-grants/schema";
import { createCreditGrant, voidCreditGrant } from "@/lib/credit-grants/service";
import { addDays } from "@/lib/domain/calendar-date";
import type { Purpose } from "@/lib/domain/facts";
import { getForecast } from "@/lib/forecast/service";
import { postInvoice } from "@/lib/invoices/service";
import { rebuildLedger } from "@/lib/ledger/repost";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { importFile } from "@/lib/testing/imports";
import { anInvoice, usd } from "@/lib/testing/invoices";
import { keptLedger } from "@/lib/testing/kept-ledger";
import { anOrganization } from "@/lib/testing/organization";

// What credit makes of the forecast (domain rule 8), against PostgreSQL. Today is Tuesday, 24 November 2026. Workspace
// "prod" counts as product running and used 3.00 on each of the 29 days before: 18.00 in October, 69.00 in November;
// 21.00 are still expected of November's 7 days, 93.00 of December's 31.

const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
  const rows = Array.from(
    { length: 29 },
    (_, index) => `${addDays("2026-10-26", index)},Claude Opus 4.5,prod,,message,output,3.00\n`,
  );
  await importFile(ctx, "prod.csv", HEADER + rows.join(""));
});

const grant = (changes: object) =>
  createCreditGrant(
    ctx,
    creditGrantInput.parse({
      serviceProviderId: books.providers.anthropic,
      startsOn: "2026-11-01",
      ...changes,
    }),
  );

/** Of each month: what it came to and lands at, each as cost and before credits. */
async function lineOf(purpose: Purpose) {
  const { lines } = await getBudget(ctx, budgetInput.parse({ from: "2026-10", to: "2026-12" }));
  return lines
    .find((line) => line.purpose === purpose)
    ?.months.map(({ actual, beforeCredits, forecast, forecastBeforeCredits }) => [
      actual.minor,
      beforeCredits.minor,
      forecast?.minor,
      forecastBeforeCredits?.minor,
    ]);
}

describe("credit that was given", () => {
  test("lowers what is expected until it is used up, and is told before credits", async () => {
    // 100.00 from 20 November on. 4 days drew 12.00: 57.00 of 69.00 are cost. 7 days to come draw 21.00: nothing is
    // added. 67.00 are left: of December's 93.00, 26.00 are cost.
    const { id, version } = await grant({ kind: "gift", amount: usd(10_000), startsOn: "2026-11-20" });
    expect(await lineOf("product_running")).toEqual([
      [1_800, 1_800, 1_800, 1_800],
      [5_700, 6_900, 5_700, 9_000],
      [0, 0, 2_600, 9_300],
    ]);
    const { contracts, total, fiscalYear } = await getForecast(ctx, { from: "2026-11", to: "2026-12" });
    const api = contracts.find(({ contract }) => contract?.name === "Anthropic organization");
    expect(api?.months).toMatchObject([
      { forecast: usd(5_700), forecastBeforeCredits: usd(9_000) },
      { forecast: usd(2_600), forecastBeforeCredits: usd(9_300) },
    ]);
    // The seats of the year are 750.00; of use 18.00 + 57.00 + 26.00, and 93.00 + 84.00 + 93.00 to the end of March.
    expect(fiscalYear.lines[1]).toMatchObject({ forecast: usd(37_100), forecastBeforeCredits: usd(47_100) });
    expect(total.months[0]).toMatchObject({ forecast: usd(18_200), forecastBeforeCredits: usd(21_500) });

    await voidCreditGrant(ctx, { id, version, reason: "no credit" });
    expect((await lineOf("product_running"))?.at(-1)).toEqual([0, 0, 9_300, 9_300]);
  });

  test("covers nothing from the day on which it expires", async () => {
    // December: 10 days of 3.00 are covered, 21 are not.
    await grant({ kind: "gift", amount: usd(100_000), expiresOn: "2026-12-11" });
    expect(await lineOf("product_running")).toEqual([
      [1_800, 1_800, 1_800, 1_800],
      [0, 6_900, 0, 9_000],
      [0, 0, 6_300, 9_300],
    ]);
    expect((await lineOf("unclassified"))?.at(-1)).toEqual([0, 0, 0, 0]);
  });

  test("that covers a month whole leaves nothing that could be off", async () => {
    await grant({ kind: "gift", amount: usd(100_000) });
    const { lines } = await getBudget(ctx, budgetInput.parse({ from: "2026-11", to: "2026-11" }));
    expect(lines[1]?.months[0]).toMatchObject({ forecast: usd(0), range: null });
  });
});

describe("credit that was bought", () => {
  test("costs what it cost as it is drawn, and in the month of its expiry what is expected to be left", async () => {
    const charge = {
      chargeCategory: "purchase" as const,
      description: "Prepaid credit",
      chargePeriod: { start: "2026-11-01", end: "2026-11-02" },
      billedCost: usd(90_000),
    };
    const invoice = await postInvoice(
      ctx,
      anInvoice(books, { number: "CREDIT-1", issueDate: "2026-11-01", charges: [charge] }),
    );
    await grant({
      kind: "purchase",
      amount: usd(100_000),
      expiresOn: "2027-01-01",
      chargeId: invoice.charges[0]?.id,
    });
    // 1,000.00 of credit for 900.00. November: nine tenths of 69.00 and of 21.00; December: of 93.00. Of the 817.00
    // that are then left, 735.30 expire: 62.10 + 18.90 + 83.70 + 735.30 = 900.00.
    expect(await lineOf("product_running")).toEqual([
      [1_800, 1_800, 1_800, 1_800],
      [6_210, 6_210, 8_100, 8_100],
      [0, 0, 8_370, 8_370],
    ]);
    expect((await lineOf("unclassified"))?.map(([, , lands]) => lands)).toEqual([0, 0, 73_530]);
  });

  test("without its invoice is cost at what it is worth, and so is what will expire of it", async () => {
    // 300.00 less 69.00, 21.00 and 93.00: 117.00 expire.
    await grant({ kind: "purchase", amount: usd(30_000), expiresOn: "2027-01-01" });
    expect((await lineOf("product_running"))?.map(([, , lands]) => lands)).toEqual([1_800, 9_000, 9_300]);
    expect((await lineOf("unclassified"))?.map(([, , lands]) => lands)).toEqual([0, 0, 11_700]);
  });
});

test("what credit leads to expect is the same after a rebuild", async () => {
  await grant({ kind: "gift", amount: usd(10_000), expiresOn: "2026-12-20" });
  await grant({ kind: "purchase", amount: usd(2_000), expiresOn: "2026-12-05" });
  const kept = await keptLedger(ctx);
  await rebuildLedger(ctx);
  expect(await keptLedger(ctx)).toEqual(kept);
});
