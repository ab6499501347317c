import { expect, test } from "vitest";

import { changeGrid } from "@/lib/budgets/grid";
import { versionInput } from "@/lib/budgets/schema";
import { createVersion } from "@/lib/budgets/service";
import { addDays } from "@/lib/domain/calendar-date";
import { listMessages } from "@/lib/messages/service";
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
