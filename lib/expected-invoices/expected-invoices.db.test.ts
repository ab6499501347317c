import { describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { changeServiceProvider, readServiceProvider } from "@/lib/catalogue/service";
import { listLedger } from "@/lib/entries/service";
import { listExpectedInvoices } from "@/lib/expected-invoices/service";
import { beginDraft } from "@/lib/invoice-drafts/service";
import { invoiceInput } from "@/lib/invoices/schema";
import { postInvoice } from "@/lib/invoices/service";
import { ledgerInput } from "@/lib/ledger/schema";
import { addTerm } from "@/lib/subscriptions/service";
import { someBooks } from "@/lib/testing/books";
import { anInvoice, seatCharge, usageCharge, usd } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";

async function books() {
  const ctx = await anOrganization();
  return { ctx, books: await someBooks(ctx) };
}

const expectedIn = async (ctx: Ctx, month: string) => (await listExpectedInvoices(ctx, { month })).data;

describe("expected invoices", () => {
  test("of a seat contract can be entered by adding the number", async () => {
    const { ctx, books: b } = await books();
    await addTerm(ctx, {
      id: b.subscriptions.claudeTeam,
      planId: b.plans.standard,
      startsOn: "2026-10-16",
      seats: 7,
      unitPrice: usd(2_500),
    });
    const [expected, ...others] = await expectedIn(ctx, "2026-10");
    expect(others).toEqual([]);
    expect(expected).toMatchObject({
      kind: "subscription",
      contract: { id: b.subscriptions.claudeTeam, name: "Claude Team" },
      serviceProvider: { name: "Anthropic" },
      currency: "USD",
      draft: null,
      body: {
        issueDate: "2026-10-16",
        billedCost: usd(15_081),
        charges: [
          {
            description: "Team Standard, 5 seats",
            quantity: "5",
            unitPrice: "25.00",
            billedCost: usd(12_500),
            chargePeriod: { start: "2026-10-01", end: "2026-11-01" },
          },
          {
            description: "Team Standard, 2 seats added",
            quantity: "2",
            unitPrice: null,
            billedCost: usd(2_581),
            chargePeriod: { start: "2026-10-16", end: "2026-11-01" },
          },
        ],
      },
    });
    await postInvoice(ctx, invoiceInput.parse({ ...expected?.body, number: "INV-1" }));
    expect(await expectedIn(ctx, "2026-10")).toEqual([]);
    expect(await expectedIn(ctx, "2026-11")).toMatchObject([{ body: { billedCost: usd(17_500) } }]);
    expect(await expectedIn(ctx, "2026-09")).toEqual([]);
  });

  test("of a contract that is invoiced in part are for the rest", async () => {
    const { ctx, books: b } = await books();
    const charges = [seatCharge(b, { quantity: "3", billedCost: usd(7_500) })];
    await postInvoice(ctx, anInvoice(b, { charges }));
    expect(await expectedIn(ctx, "2026-10")).toMatchObject([
      { body: { charges: [{ quantity: "2", billedCost: usd(5_000) }] } },
    ]);
  });

  test("of a metered account follow from the three months before, amounts open", async () => {
    const { ctx, books: b } = await books();
    const charges = [usageCharge(b.accounts.prod, 1_000), usageCharge(b.accounts.dev, 200)];
    await postInvoice(ctx, anInvoice(b, { charges }));
    const metered = async (month: string) =>
      (await expectedIn(ctx, month)).filter(({ kind }) => kind === "api_account");
    expect(await metered("2026-10")).toEqual([]);
    expect(await metered("2026-12")).toMatchObject([{ body: { issueDate: "2026-11-23" } }]);
    expect(await metered("2027-02")).toEqual([]);
    expect(await metered("2026-11")).toMatchObject([
      {
        contract: { id: b.accounts.organization },
        currency: "USD",
        body: {
          issueDate: "2026-11-23",
          billedCost: null,
          charges: [
            { apiAccountId: b.accounts.dev, billedCost: null, chargePeriod: { start: "2026-11-01" } },
            { apiAccountId: b.accounts.prod, billedCost: null },
          ],
        },
      },
    ]);
  });

  test("are begun with the provider's usual tax, which under reverse charge is cost that no invoice shows", async () => {
    const { ctx, books: b } = await books();
    const { id, version } = await readServiceProvider(ctx, { id: b.providers.anthropic });
    const tax = { rateBasisPoints: 2_100, recoverableBasisPoints: 6_200, code: "RC21" };
    await changeServiceProvider(ctx, { id, version, tax: { ...tax, treatment: "reverse_charge" } });
    const [expected] = await expectedIn(ctx, "2026-11");
    // Five seats at 25.00: 125.00, and 26.25 of tax that the invoice does not ask for.
    expect(expected?.body.billedCost).toEqual(usd(12_500));
    expect(expected?.body.charges[1]).toMatchObject({
      chargeCategory: "tax",
      billedCost: usd(2_625),
      selfAssessed: true,
      taxTreatment: "reverse_charge",
      taxCode: "RC21",
    });
    await postInvoice(ctx, invoiceInput.parse({ ...expected?.body, number: "RC-1" }));
    // Of 26.25 62 % come back, 16.275, and 9.975 stay; the odd cent goes to what is named first, so 9.97 are cost.
    const { total } = await listLedger(ctx, ledgerInput.parse({ month: "2026-11" }));
    expect(total.minor).toBe(13_497);

    const changed = await readServiceProvider(ctx, { id });
    await changeServiceProvider(ctx, {
      id,
      version: changed.version,
      tax: { ...tax, treatment: "standard" },
    });
    const [october] = await expectedIn(ctx, "2026-10");
    expect(october?.body).toMatchObject({
      billedCost: usd(15_125),
      charges: [{}, { billedCost: usd(2_625) }],
    });
    await postInvoice(ctx, invoiceInput.parse({ ...october?.body, number: "STD-1" }));
  });

  test("name the draft that somebody began, to those who use drafts", async () => {
    const { ctx, books: b } = await books();
    const draft = await beginDraft(ctx, {
      month: "2026-10",
      subscriptionId: b.subscriptions.claudeTeam,
      apiAccountId: null,
      content: {},
    });
    expect(await expectedIn(ctx, "2026-10")).toMatchObject([{ draft: { id: draft.id, version: 1 } }]);
    const auditor = await anActor(ctx, { roles: ["auditor"] });
    expect(await expectedIn(auditor, "2026-10")).toMatchObject([{ draft: null }]);
  });

  test("are those of the teams that a lead leads, and none of a member or another organization", async () => {
    const { ctx, books: b } = await books();
    const lead = (teamId: string) => anActor(ctx, { roles: ["lead"], ledTeamIds: [teamId] });
    expect(await expectedIn(await lead(b.teams.platform), "2026-10")).toHaveLength(1);
    expect(await expectedIn(await lead(b.teams.growth), "2026-10")).toEqual([]);
    const ada = await anActor(ctx, { roles: ["member"], memberId: b.members.ada });
    expect(await expectedIn(ada, "2026-10")).toEqual([]);
    expect(await expectedIn(await anOrganization(), "2026-10")).toEqual([]);
    expect(await expectedIn(ctx, "2025-12")).toEqual([]);
  });
});
