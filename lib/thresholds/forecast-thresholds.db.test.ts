import { expect, test } from "vitest";
import { changeGrid } from "@/lib/budgets/grid";
import { versionInput } from "@/lib/budgets/schema";
import { createVersion } from "@/lib/budgets/service";
import { createPlanPrice } from "@/lib/catalogue/service";
import { addDays } from "@/lib/domain/calendar-date";
import { listMessages } from "@/lib/messages/service";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { createSubscription } from "@/lib/subscriptions/service";
import { someBooks } from "@/lib/testing/books";
import { importFile } from "@/lib/testing/imports";
import { usd } from "@/lib/testing/invoices";
import { anOrganization } from "@/lib/testing/organization";
import { alertFilter } from "@/lib/thresholds/schema";
import { createThreshold, listAlerts } from "@/lib/thresholds/service";

const LINE = { purpose: "product_running", teamId: null } as const;

/** The file of so many days from 26 October 2026, each at the same cost. */
const use = (days: number, cost: string) =>
  "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n" +
  Array.from(
    { length: days },
    (_, index) => `${addDays("2026-10-26", index)},Claude Opus 4.5,prod,,message,output,${cost}\n`,
  ).join("");

test("the running month's forecast raises one alert, before the month has cost that much", async () => {
  // Today is 24 November: 23 days x 3.00 = 69.00 were used, and 7 days to come bring 21.00, 90.00 in all.
  const ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  await someBooks(ctx);
  const { id, version } = await createVersion(
    ctx,
    versionInput.parse({ name: "Budget", kind: "budget", fiscalYear: "2026-04" }),
  );
  // October's 18.00 are more than its 1.00, but a month that is over has no forecast.
  const amountsMinor = ["04", "05", "06", "07", "08", "09", "10", "11", "12", "01", "02", "03"].map(
    (month) => (month === "10" ? 100 : 9_000),
  );
  await changeGrid(ctx, {
    ...{ versionId: id, version, dryRun: false },
    rows: [{ ...LINE, productId: null, amountsMinor }],
  });
  await createThreshold(ctx, { ...LINE, basis: "forecast", percent: 100 });
  await createThreshold(ctx, { ...LINE, basis: "forecast", percent: 101 });
  await createThreshold(ctx, { ...LINE, basis: "actual", percent: 77 });
  const raised = async (month = "2026-11") => (await listAlerts(ctx, alertFilter.parse({ month }))).data;
  expect(await raised()).toEqual([]);

  await importFile(ctx, "prod.csv", use(29, "3.00"));
  const [alert, ...others] = await raised();
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    month: "2026-11",
    threshold: { basis: "forecast", percent: 100 },
    ...{ budgeted: usd(9_000), actual: usd(6_900), forecast: usd(9_000) },
  });
  expect((await raised("2026-10")).map(({ threshold }) => threshold.basis)).toEqual(["actual"]);
  const { data: messages } = await listMessages(ctx, { limit: 200 });
  expect(messages.filter(({ subject }) => subject.includes("November"))).toMatchObject([
    {
      subject: "Forecast to reach 100 % of the budget for November 2026: product running",
      text: expect.stringContaining("It has cost 69.00 USD and is forecast to cost 90.00 USD; 90.00 USD are"),
    },
  ]);

  // 69.30 are 77 % of 90.00, and more is forecast too: the alert of the forecast is not raised again.
  await importFile(ctx, "prod2.csv", use(29, "3.10"));
  expect((await raised()).map(({ threshold }) => [threshold.basis, threshold.percent])).toEqual([
    ["actual", 77],
    ["forecast", 101],
    ["forecast", 100],
  ]);
});

test("a new list price raises what it is forecast to cost at once, and not only with the next invoice", async () => {
  const ctx = { ...(await anOrganization()), now: new Date("2026-11-10T12:00:00Z") };
  const { plans, providers, teams } = await someBooks(ctx);
  const list = (startsOn: string, minor: number) =>
    createPlanPrice(ctx, {
      ...{ id: plans.cursorTeams, startsOn, billingInterval: "month", source: "the provider's page" },
      unitPrice: usd(minor),
    });
  await list("2026-01-01", 2_000);
  const term = { planId: plans.cursorTeams, startsOn: "2026-10-20", seats: 10, unitPrice: usd(2_000) };
  await createSubscription(
    ctx,
    subscriptionInput.parse({
      ...{ name: "Cursor", serviceProviderId: providers.cursor, teamId: teams.platform },
      ...{ billingInterval: "month", billingAnchor: "2026-10-20", terms: [term], assignments: [] },
    }),
  );
  const { id, version } = await createVersion(
    ctx,
    versionInput.parse({ name: "Budget", kind: "budget", fiscalYear: "2026-04" }),
  );
  const line = { purpose: "developer_leverage", teamId: null } as const;
  const rows = [{ ...line, productId: null, amountsMinor: Array<number>(12).fill(35_758) }];
  await changeGrid(ctx, { versionId: id, version, rows, dryRun: false });
  await createThreshold(ctx, { ...line, basis: "forecast", percent: 100 });
  const raised = async () => (await listAlerts(ctx, alertFilter.parse({ month: "2026-11" }))).data;
  expect(await raised()).toEqual([]);
  // 5 x 25.00, and of 10 x 20.00 first 19 of 31 days, then 11 of 30: 125.00 + 122.58 + 73.33. From the 20th 10 x 30.00,
  // of which 11 of 30 days are 110.00.
  await list("2026-11-15", 3_000);
  expect(await raised()).toMatchObject([{ actual: usd(32_091), forecast: usd(35_758) }]);
});
