import { text } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { budgetInput } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { PURPOSES } from "@/lib/domain/facts";
import { postInvoice } from "@/lib/invoices/service";
import { memberInput } from "@/lib/members/schema";
import { createMember } from "@/lib/members/service";
import { createRate } from "@/lib/rates/service";
import { budgetReportInput } from "@/lib/reports/schema";
import { exportBudgetReport } from "@/lib/reports/service";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { createSubscription } from "@/lib/subscriptions/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, seatCharge, usageCharge } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

const HEADER =
  "month,purpose,billing_model,state,basis,team,member,product,service_provider,contract,charge_category,currency,cost,base_currency,base_cost,correction_of";
const OCTOBER = { from: "2026-10", to: "2026-10" };

async function books() {
  const ctx = await anOrganization();
  const made = await someBooks(ctx);
  await postInvoice(
    ctx,
    anInvoice(made, {
      charges: [
        seatCharge(made),
        usageCharge(made.accounts.prod, 124_011),
        usageCharge(made.accounts.trial, 1_234),
      ],
    }),
  );
  return { ctx, made };
}

const csvOf = async (ctx: Ctx, question: object) =>
  await text((await exportBudgetReport(ctx, budgetReportInput.parse(question))).rows);

type Row = Record<string, string>;
const rowsOf = (csv: string, delimiter = ","): Row[] => parse(csv, { columns: true, delimiter });
const minorOf = (rows: readonly Row[]) =>
  rows.reduce((sum, row) => sum + Math.round(Number(row.base_cost) * 100), 0);

async function hold(ctx: Ctx, made: SomeBooks, name: string) {
  const member = await createMember(
    ctx,
    memberInput.parse({ name, teamId: made.teams.growth, startsOn: "2026-01-01" }),
  );
  const seat = { planId: made.plans.cursorTeams, startsOn: "2026-10-01" };
  await createSubscription(
    ctx,
    subscriptionInput.parse({
      name: `Contract of ${member.id}`,
      serviceProviderId: made.providers.cursor,
      teamId: made.teams.growth,
      billingInterval: "month",
      billingAnchor: "2026-10-01",
      terms: [{ ...seat, seats: 1, unitPrice: { minor: 4_000, currency: "USD" } }],
      assignments: [{ ...seat, memberId: member.id }],
    }),
  );
}

describe("the budget report", () => {
  test("has its header, lines that end as RFC 4180 wants, and one row for each combination", async () => {
    const { ctx } = await books();
    const csv = await csvOf(ctx, OCTOBER);
    expect(csv.split("\r\n")[0]).toBe(HEADER);
    expect(csv.endsWith("\r\n")).toBe(true);
    expect(csv.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const keys = rowsOf(csv).map(({ cost: _, base_cost: __, ...key }) => JSON.stringify(key));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("is sorted by its columns, and says the same as the budget, line by line", async () => {
    const { ctx } = await books();
    const rows = rowsOf(await csvOf(ctx, OCTOBER));
    const keys = rows.map((row) =>
      [row.month, row.purpose, row.billing_model, row.state, row.basis, row.team, row.member].join("\u0000"),
    );
    expect(keys).toEqual(keys.toSorted());
    const { lines } = await getBudget(ctx, budgetInput.parse(OCTOBER));
    for (const purpose of PURPOSES) {
      const line = lines.find((one) => one.purpose === purpose);
      expect(minorOf(rows.filter((row) => row.purpose === purpose))).toBe(line?.total.actual.minor);
    }
  });

  test("writes amounts as plain decimals, with a comma when asked", async () => {
    const { ctx } = await books();
    const [prod] = rowsOf(await csvOf(ctx, OCTOBER)).filter(({ contract }) => contract === "prod");
    expect(prod).toMatchObject({
      cost: "1240.11",
      currency: "USD",
      base_cost: "1240.11",
      base_currency: "USD",
    });
    const comma = rowsOf(await csvOf(ctx, { ...OCTOBER, decimal: "comma" }), ";");
    expect(comma.find(({ contract }) => contract === "prod")?.cost).toBe("1240,11");
  });

  test("keeps the places of each currency, and the converted cost beside it", async () => {
    const { ctx, made } = await books();
    await createRate(ctx, { date: "2026-10-30", from: "JPY", to: "USD", rate: "0.0066", source: "test" });
    const yen = { minor: 15_000, currency: "JPY" };
    await postInvoice(
      ctx,
      anInvoice(made, {
        number: "YEN-1",
        billedCost: yen,
        charges: [{ ...usageCharge(made.accounts.dev, 0), billedCost: yen }],
      }),
    );
    const row = rowsOf(await csvOf(ctx, OCTOBER)).find(({ currency }) => currency === "JPY");
    expect(row).toMatchObject({ cost: "15000", base_currency: "USD", base_cost: "99.00" });
  });

  test.each(["=1+1", "+49 170", "-2", "@cmd", ' "=HYPERLINK(1)', "＝1+1", "'=1"])(
    "never hands a spreadsheet a formula: %j",
    async (name) => {
      const { ctx, made } = await books();
      await hold(ctx, made, name);
      const names = rowsOf(await csvOf(ctx, OCTOBER)).map(({ member }) => member);
      expect(names).toContain(`'${name.trim()}`);
    },
  );

  test("quotes what has separators and quotes in it", async () => {
    const { ctx, made } = await books();
    await hold(ctx, made, 'Smith, "Bo" ; Ltd');
    expect(rowsOf(await csvOf(ctx, OCTOBER)).map(({ member }) => member)).toContain('Smith, "Bo" ; Ltd');
    expect(
      rowsOf(await csvOf(ctx, { ...OCTOBER, decimal: "comma" }), ";").map(({ member }) => member),
    ).toContain('Smith, "Bo" ; Ltd');
  });

  test("holds what the reader may see, and is not for a member", async () => {
    const { ctx, made } = await books();
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [made.teams.growth] });
    expect(new Set(rowsOf(await csvOf(lead, OCTOBER)).map(({ team }) => team))).toEqual(new Set(["Growth"]));
    const member = await anActor(ctx, { roles: ["member"], memberId: made.members.ada });
    await expectRefusal(exportBudgetReport(member, budgetReportInput.parse(OCTOBER)), "forbidden");
    expect(await csvOf(await anOrganization(), OCTOBER)).toBe(`${HEADER}\r\n`);
  });

  test("on the billed basis holds no estimate, and an invoice whole in the month of its issue", async () => {
    const { ctx } = await books();
    const rows = rowsOf(await csvOf(ctx, { from: "2026-01", to: "2026-12", basis: "billed" }));
    expect(new Set(rows.map(({ month, state }) => `${month} ${state}`))).toEqual(new Set(["2026-10 billed"]));
    expect(minorOf(rows)).toBe(12_500 + 124_011 + 1_234);
  });
});
