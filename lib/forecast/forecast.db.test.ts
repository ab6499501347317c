import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

import { changeAccount, readAccount } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import type { BudgetGrouping, BudgetRow } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { createPlanPrice } from "@/lib/catalogue/service";
import { addDays } from "@/lib/domain/calendar-date";
import { monthOf } from "@/lib/domain/month";
import type { ForecastContract } from "@/lib/forecast/schema";
import { getForecast } from "@/lib/forecast/service";
import { postInvoice } from "@/lib/invoices/service";
import { readLedger } from "@/lib/ledger/read";
import { addTerm } from "@/lib/subscriptions/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { enterBase, remainingSteps } from "@/lib/testing/enter-facts";
import { importFile } from "@/lib/testing/imports";
import { anInvoice, usageCharge, usd } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { randomFacts } from "@/lib/testing/random-facts";

// What the contracts are expected to come to, against PostgreSQL. Today is Tuesday, 24 November 2026; the fiscal year
// began in April.

const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";
const QUARTER = { from: "2026-10", to: "2026-12" };

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
});

/** The same cost on each of so many days. */
async function used(workspace: string, first: string, days: number, cost = "3.00"): Promise<void> {
  const rows = Array.from(
    { length: days },
    (_, index) => `${addDays(first, index)},Claude Opus 4.5,${workspace},,message,output,${cost}\n`,
  );
  await importFile(ctx, `${workspace}.csv`, HEADER + rows.join(""));
}

const monthsOf = ({ months }: ForecastContract) =>
  months.map(({ actual, expected, forecast }) => [actual.minor, expected?.minor, forecast?.minor]);

/** Amounts and their currencies stay on one line on a screen. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

async function contractsOf(who = ctx) {
  const { contracts } = await getForecast(who, QUARTER);
  const of = (name: string) => contracts.find(({ contract }) => contract?.name === name)!;
  return { seats: of("Claude Team"), api: of("Anthropic organization"), contracts };
}

describe("the forecast", () => {
  test("of seats is exact: 5 at 25.00 a month", async () => {
    const { seats } = await contractsOf();
    expect(monthsOf(seats)).toEqual([
      [12_500, 0, 12_500],
      [12_500, 0, 12_500],
      [0, 12_500, 12_500],
    ]);
    expect(seats).toMatchObject({
      kind: "subscription",
      total: { actual: usd(25_000), expected: usd(12_500), forecast: usd(37_500), range: null },
      accounts: [],
      text: "Exact: the charges that its seats, terms and cycles bring.",
    });
  });

  test("of use goes on as it was: 3.00 a day", async () => {
    // 29 days to 23 November. October: 6 of them, 18.00. November: 23 x 3.00 = 69.00, and 7 days to come, 21.00.
    // December: 31 x 3.00 = 93.00.
    await used("prod", "2026-10-26", 29);
    const { api } = await contractsOf();
    expect(monthsOf(api)).toEqual([
      [1_800, 0, 1_800],
      [6_900, 2_100, 9_000],
      [0, 9_300, 9_300],
    ]);
    expect(api.accounts).toMatchObject([
      {
        account: { id: books.accounts.prod, name: "prod" },
        history: "usage",
        historyDays: 29,
        knownUntil: "2026-11-24",
        method: "trailing_mean",
        errorPercent: 0,
        testedDays: 7,
        month: usd(9_000),
      },
    ]);
    expect(api.accounts[0]?.text).toBe(
      "From 29 days of use, known to 23 Nov 2026. Follows the mean of the last 28 days, which came closest on this account's own past: its totals of 7 days were off by 0.0 % of what came.",
    );
  });

  test("lands the fiscal year: what was, and what is expected to its end in March", async () => {
    // Seats: October and November 250.00, four months to come 500.00. Use: 87.00 so far; 21.00, and to the end of March
    // 31 + 31 + 28 + 31 = 121 days, 363.00.
    await used("prod", "2026-10-26", 29);
    const { fiscalYear } = await getForecast(ctx, QUARTER);
    expect(plain(fiscalYear.text)).toBe("The fiscal year lands at 1,221.00 USD.");
    expect(fiscalYear).toMatchObject({
      from: "2026-04",
      to: "2027-03",
      lines: [
        { purpose: "developer_leverage", forecast: usd(75_000), range: null },
        { purpose: "product_running", actual: usd(8_700), expected: usd(38_400), forecast: usd(47_100) },
        { purpose: "unclassified", forecast: usd(0) },
      ],
      total: { forecast: usd(122_100) },
    });
  });

  test("says of a new account that it is one", async () => {
    // 5 days at 3.00; their mean for 7 days of November and 31 of December.
    await used("prod", "2026-11-19", 5);
    const { api } = await contractsOf();
    expect(monthsOf(api)).toEqual([
      [0, 0, 0],
      [1_500, 2_100, 3_600],
      [0, 9_300, 9_300],
    ]);
    expect(api.accounts[0]).toMatchObject({ testedDays: null, errorPercent: null });
    expect(api.accounts[0]?.text).toContain("fewer than 14 days");
  });

  test("does not take days that nobody reported yet for days of no use", async () => {
    // 31 days of October; nothing of November yet: 30 x 3.00 = 90.00 are still to come.
    await used("prod", "2026-10-01", 31);
    const { api } = await contractsOf();
    expect(monthsOf(api)).toEqual([
      [9_300, 0, 9_300],
      [0, 9_000, 9_000],
      [0, 9_300, 9_300],
    ]);
  });

  test("of an account whose use nobody reports follows its invoices", async () => {
    // 60.00 for September, 62.00 for October: 2.00 a day.
    const charge = (minor: number, month: string, end: string) => ({
      ...usageCharge(books.accounts.dev, minor),
      chargePeriod: { start: `${month}-01`, end },
    });
    await postInvoice(
      ctx,
      anInvoice(books, {
        charges: [charge(6_000, "2026-09", "2026-10-01"), charge(6_200, "2026-10", "2026-11-01")],
      }),
    );
    const { api } = await contractsOf();
    expect(monthsOf(api)).toEqual([
      [6_200, 0, 6_200],
      [0, 6_000, 6_000],
      [0, 6_200, 6_200],
    ]);
    expect(api.accounts).toMatchObject([{ history: "charges", historyDays: 61, account: { name: "dev" } }]);
  });

  test("expects no day twice that an invoice already covers", async () => {
    await used("prod", "2026-10-26", 29);
    const november = { start: "2026-11-01", end: "2026-12-01" };
    await postInvoice(
      ctx,
      anInvoice(books, {
        charges: [{ ...usageCharge(books.accounts.prod, 10_000), chargePeriod: november }],
      }),
    );
    const { api } = await contractsOf();
    expect(monthsOf(api)[1]).toEqual([10_000, 0, 10_000]);
    expect(monthsOf(api)[2]).toEqual([0, 9_300, 9_300]);
  });

  test("takes a new list price from the next renewal on", async () => {
    const price = (startsOn: string, minor: number) =>
      createPlanPrice(ctx, {
        id: books.plans.standard,
        startsOn,
        billingInterval: "month",
        unitPrice: usd(minor),
        source: "the provider's page",
      });
    await price("2026-01-01", 2_500);
    await contractsOf();
    // Listed from 15 December, paid from the cycle of 1 January: 5 x 30.00.
    await price("2026-12-15", 3_000);
    const { contracts } = await getForecast(ctx, { from: "2026-12", to: "2027-02" });
    const seats = contracts.find(({ contract }) => contract?.name === "Claude Team")!;
    expect(monthsOf(seats).map(([, expected]) => expected)).toEqual([12_500, 15_000, 15_000]);
    expect(plain(seats.text)).toContain(
      "From the renewal on 1 Jan 2027: 5 seats of Team Standard at 30.00 USD, the list price from 15 Dec 2026.",
    );
  });

  test("counts changes that are agreed already", async () => {
    // 2 x 25.00 from December on.
    const term = { planId: books.plans.standard, startsOn: "2026-12-01", seats: 2, unitPrice: usd(2_500) };
    await addTerm(ctx, { id: books.subscriptions.claudeTeam, ...term });
    const { seats } = await contractsOf();
    expect(monthsOf(seats)[2]).toEqual([0, 5_000, 5_000]);
    expect(plain(seats.text)).toContain("From 1 Dec 2026: 2 seats of Team Standard at 25.00 USD.");
  });

  test("is unknown beyond the next fiscal year", async () => {
    const { total, until } = await getForecast(ctx, { from: "2028-03", to: "2028-04" });
    expect(until).toBe("2028-03");
    expect(total.months).toMatchObject([{ forecast: usd(12_500) }, { forecast: null, expected: null }]);
    expect(total.total.forecast).toBeNull();
  });

  test("shows a lead their teams' part, and neither limits nor what others spend", async () => {
    await used("prod", "2026-10-26", 29);
    const lead = (teamId: string) => anActor(ctx, { roles: ["lead"], ledTeamIds: [teamId] });
    const growth = await getForecast(await lead(books.teams.growth), QUARTER);
    expect(growth.contracts).toMatchObject([
      { contract: { name: "Anthropic organization" }, accounts: [{ month: null }] },
    ]);
    expect(growth.total.months[1]).toMatchObject({ forecast: usd(9_000) });
    expect(growth).toMatchObject({ spendLimits: [], maximumBills: [] });
    const platform = await getForecast(await lead(books.teams.platform), QUARTER);
    expect(platform.contracts).toMatchObject([{ contract: { name: "Claude Team" } }]);
    expect(platform.total.total).toMatchObject({ forecast: usd(37_500) });
  });
});

describe("limits", () => {
  const limit = async (id: string, minor: number) => {
    const { version } = await readAccount(ctx, { id });
    await changeAccount(ctx, { id, version, monthlySpendLimit: usd(minor) });
  };

  test("are compared with the month of the account and all below it, and name the day", async () => {
    await used("prod", "2026-10-26", 29);
    await limit(books.accounts.organization, 10_000);
    // 3.00 a day come to 81.00 on the 27th.
    await limit(books.accounts.prod, 8_000);
    const { spendLimits } = await getForecast(ctx, QUARTER);
    expect(spendLimits).toMatchObject([
      {
        account: { name: "Anthropic organization" },
        forecast: usd(9_000),
        left: usd(1_000),
        reachedOn: null,
      },
      { account: { name: "prod" }, forecast: usd(9_000), left: usd(-1_000), reachedOn: "2026-11-27" },
    ]);
    expect(spendLimits.map(({ text }) => plain(text))).toEqual([
      "November 2026 comes to 90.00 of 100.00 USD, which leaves 10.00.",
      "November 2026 comes to 90.00 of 80.00 USD, 10.00 too much. The limit is reached on 27 Nov 2026; the provider stops the account there.",
    ]);
  });

  test("and seats make the most that a provider can bill", async () => {
    const bill = async () => (await getForecast(ctx, QUARTER)).maximumBills;
    expect(await bill()).toMatchObject([
      { committed: usd(12_500), spendLimits: usd(0), maximum: null, unlimited: { length: 3 } },
    ]);
    await limit(books.accounts.organization, 500_000);
    // 5 x 25.00 + 5,000.00
    const [most] = await bill();
    expect(plain(most?.text ?? "")).toBe(
      "At most 5,125.00 USD: 125.00 for seats and 5,000.00 of spend limits.",
    );
    expect([most]).toMatchObject([
      {
        serviceProvider: { name: "Anthropic" },
        month: "2026-11",
        committed: usd(12_500),
        spendLimits: usd(500_000),
        maximum: usd(512_500),
        unlimited: [],
      },
    ]);
  });
});

describe("the budget", () => {
  const budget = (who: Ctx, groupBy: BudgetGrouping[] = [], basis: "effective" | "billed" = "effective") =>
    getBudget(who, { ...QUARTER, basis, groupBy });
  const forecasts = ({ months, total }: BudgetRow) => [
    ...months.map(({ forecast }) => forecast?.minor),
    total.forecast?.minor,
  ];

  test("tells what each line and group comes to: of a month that is over its actual", async () => {
    await used("prod", "2026-10-26", 29);
    const { lines, total, groups } = await budget(ctx, ["service_provider", "billing_model"]);
    expect(lines.map(forecasts)).toEqual([
      [12_500, 12_500, 12_500, 37_500],
      [1_800, 9_000, 9_300, 20_100],
      [0, 0, 0, 0],
    ]);
    expect(forecasts(total)).toEqual([14_300, 21_500, 21_800, 57_600]);
    expect(groups.map(({ group, total }) => [group.billing_model?.id, forecasts(total)])).toEqual([
      ["flat", [12_500, 12_500, 12_500, 37_500]],
      ["metered", [1_800, 9_000, 9_300, 20_100]],
    ]);
    const byTeam = await budget(ctx, ["team"]);
    expect(byTeam.groups.map(({ group, total }) => [group.team?.name, forecasts(total)])).toEqual([
      ["Growth", [1_800, 9_000, 9_300, 20_100]],
      ["Platform", [12_500, 12_500, 12_500, 37_500]],
    ]);
  });

  test("has an interval of the running month where it is not exact", async () => {
    // "prod" costs the same every day; "dev" 2.00 on every other one, so that what 7 days come to varies.
    await used("prod", "2026-10-26", 29);
    const rows = Array.from({ length: 15 }, (_, index) => addDays("2026-10-26", 2 * index));
    const more = rows.map((day) => `${day},Claude Opus 4.5,dev,,message,output,2.00\n`).join("");
    await importFile(ctx, "dev.csv", HEADER + more);
    const { lines } = await budget(ctx);
    const [leverage, product] = lines.map(({ months }) => months[1]);
    expect(product?.range).toBeNull();
    const { forecast, range } = leverage!;
    expect(range!.low.minor).toBeLessThan(forecast!.minor);
    expect(range!.high.minor).toBeGreaterThan(forecast!.minor);
    expect(lines.every(({ months, total }) => !months[0]?.range && !months[2]?.range && !total.range)).toBe(
      true,
    );
  });

  test("tells nothing of single people, of when things are billed, or beyond what is forecast", async () => {
    const { lines, groups } = await budget(ctx, ["member"]);
    expect(lines[0]?.total.forecast).toEqual(usd(37_500));
    expect(groups.every(({ total }) => total.total.forecast === null)).toBe(true);
    expect((await budget(ctx, [], "billed")).total.total.forecast).toBeNull();
    const ada = await anActor(ctx, { roles: ["member"], memberId: books.members.ada });
    expect((await budget(ada)).total.total.forecast).toBeNull();
    const far = await getBudget(ctx, { from: "2028-03", to: "2028-04", basis: "effective", groupBy: [] });
    expect(forecasts(far.total)).toEqual([12_500, undefined, undefined]);
  });
});

test("laws over random facts: contracts sum to the total, and a month that is over is forecast as what it came to", async () => {
  await fc.assert(
    fc.asyncProperty(randomFacts, async (facts) => {
      const { today } = facts.books;
      const base = await anOrganization({ booksStart: facts.books.booksStart });
      const own = { ...base, now: new Date(`${today}T12:00:00Z`) };
      await readLedger(own, async () => {});
      for (const step of remainingSteps(own, facts, await enterBase(own, facts))) await step();

      const asked = { from: "2026-01", to: "2027-12" };
      const { total, contracts, currency } = await getForecast(own, asked);
      const budget = await getBudget(own, { ...asked, basis: "effective", groupBy: ["team", "product"] });
      const sum = (minors: readonly (number | undefined)[]) =>
        minors.reduce<number>((a, b) => a + (b ?? 0), 0);
      total.months.forEach(({ month, actual, expected, forecast }, index) => {
        expect(actual).toEqual(budget.total.months[index]?.actual);
        if (month < monthOf(today)) expect(expected).toEqual({ minor: 0, currency });
        expect(forecast?.minor).toBe(actual.minor + (expected?.minor ?? 0));
        expect(budget.total.months[index]?.forecast).toEqual(forecast);
        expect(sum(budget.lines.map(({ months }) => months[index]?.forecast?.minor))).toBe(forecast?.minor);
        const ofGroups = budget.groups.map((group) => group.total.months[index]?.forecast?.minor);
        expect(sum(ofGroups)).toBe(forecast?.minor);
        expect(sum(contracts.map(({ months }) => months[index]?.forecast?.minor))).toBe(forecast?.minor);
      });
    }),
    { numRuns: 4, endOnFailure: true },
  );
});
