import { beforeAll, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { listLedger } from "@/lib/entries/service";
import { beginDraft, listDrafts } from "@/lib/invoice-drafts/service";
import { invoiceFilter } from "@/lib/invoices/schema";
import { changeInvoice, listInvoices, postInvoice, readInvoice, voidInvoice } from "@/lib/invoices/service";
import { ledgerInput } from "@/lib/ledger/schema";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, invoiceFactsOf, seatCharge, usageCharge, usd } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";

const refusal = (code: string, fields?: readonly string[]) =>
  expect.objectContaining({
    code,
    ...(fields && {
      details: expect.objectContaining({
        fields: Object.fromEntries(fields.map((field) => [field, expect.any(String)])),
      }),
    }),
  });

async function books() {
  const ctx = await anOrganization();
  return { ctx, books: await someBooks(ctx) };
}

const idsIn = async (ctx: Ctx, filter: object = {}) =>
  (await listInvoices(ctx, invoiceFilter.parse(filter))).data.map(({ id }) => id);

const october = async (ctx: Ctx) => {
  const page = await listLedger(ctx, ledgerInput.parse({ month: "2026-10", limit: "200" }));
  const sum = (state: string) =>
    page.data
      .filter((entry) => entry.state === state)
      .reduce((total, { baseCost }) => total + baseCost.minor, 0);
  return { billed: sum("billed"), estimated: sum("estimated") };
};

describe("posting", () => {
  test("an invoice is read back as it was entered, and takes the estimate's place", async () => {
    const { ctx, books: b } = await books();
    expect(await october(ctx)).toEqual({ billed: 0, estimated: 12_500 });

    const posted = await postInvoice(
      ctx,
      anInvoice(b, {
        number: "  INV-٧ 🧾 שלום ",
        dueDate: "2026-11-30",
        purchaseOrder: "PO-1",
        paidBy: { memberId: b.members.cem, reimbursed: usd(13_775) },
        note: "line one\nline two",
        charges: [
          seatCharge(b),
          {
            chargeCategory: "tax",
            description: "VAT",
            billedCost: usd(1_275),
            follows: [0],
            recoverableBasisPoints: 5_000,
          },
        ],
      }),
    );

    expect(await readInvoice(ctx, posted)).toEqual(posted);
    expect(posted).toMatchObject({
      number: "INV-٧ 🧾 שלום",
      state: "posted",
      serviceProvider: { name: "Anthropic" },
      issueDate: "2026-10-31",
      dueDate: "2026-11-30",
      billedCost: usd(13_775),
      paidBy: { member: { name: "Cem" }, reimbursed: usd(13_775) },
      note: "line one\nline two",
      rest: null,
      version: 1,
    });
    expect(posted.charges).toMatchObject([
      {
        position: 0,
        quantity: "5",
        unitPrice: "25",
        chargePeriod: { start: "2026-10-01", end: "2026-11-01" },
        subscription: { name: "Claude Team" },
        plan: { name: "Team Standard" },
        countsAs: [
          {
            kind: "cost",
            purpose: "developer_leverage",
            billingModel: "flat",
            team: { name: "Platform" },
            baseCost: usd(12_500),
          },
        ],
      },
      { position: 1, follows: [0], recoverableBasisPoints: 5_000 },
    ]);
    const parts = posted.charges.flatMap(({ countsAs }) => countsAs);
    expect(parts.reduce((sum, part) => sum + part.baseCost.minor, 0)).toBe(13_775);
    expect(await october(ctx)).toMatchObject({ estimated: 0 });
  });

  test("finishes its draft in the same transaction", async () => {
    const { ctx, books: b } = await books();
    const draft = { month: "2026-10", subscriptionId: null, apiAccountId: null, content: {} };
    const { id: draftId } = await beginDraft(ctx, draft);
    await expect(postInvoice(ctx, anInvoice(b, { draftId, billedCost: usd(1) }))).rejects.toThrow();
    expect((await listDrafts(ctx, { limit: 50 })).data).toHaveLength(1);
    await postInvoice(ctx, anInvoice(b, { draftId }));
    expect((await listDrafts(ctx, { limit: 50 })).data).toHaveLength(0);
    await expect(postInvoice(ctx, anInvoice(b, { number: "INV-2", draftId }))).rejects.toThrow(
      refusal("not_found"),
    );
    expect(await idsIn(ctx)).toHaveLength(1);
  });

  test("leaves a trace without free text", async () => {
    const { ctx, books: b } = await books();
    const { id } = await postInvoice(ctx, anInvoice(b, { note: "for Ada" }));
    const events = await transact({ organizationId: ctx.organization.id }, (db) =>
      db.auditEvent.findMany({ where: { organizationId: ctx.organization.id, targetId: id } }),
    );
    expect(events).toMatchObject([{ action: "invoice.post", actorId: ctx.actor.userId }]);
    expect(JSON.stringify(events[0]?.after)).not.toMatch(/Ada|5 seats/);
  });

  test("five hundred lines are one invoice", async () => {
    const { ctx, books: b } = await books();
    const charges = Array.from({ length: 500 }, () => usageCharge(b.accounts.prod, 1));
    const { id } = await postInvoice(ctx, anInvoice(b, { charges }));
    expect((await readInvoice(ctx, { id })).charges).toHaveLength(500);
  });
});

describe("refusals", () => {
  let ctx: Ctx;
  let b: SomeBooks;
  let foreign: SomeBooks;
  beforeAll(async () => {
    ({ ctx, books: b } = await books());
    foreign = (await books()).books;
  });

  test("lines that do not make the total, naming both sums", async () => {
    await expect(postInvoice(ctx, anInvoice(b, { billedCost: usd(12_501) }))).rejects.toThrow(
      /125\.00 USD.*125\.01 USD/,
    );
  });

  test("an amount in another currency", async () => {
    const charges = [seatCharge(b, { billedCost: { minor: 12_500, currency: "EUR" } })];
    await expect(postInvoice(ctx, anInvoice(b, { charges }))).rejects.toThrow(
      refusal("currency_mismatch", ["charges.0.billedCost"]),
    );
  });

  test("a currency without a rate", async () => {
    const inEuro = { minor: 12_500, currency: "EUR" };
    const charges = [seatCharge(b, { billedCost: inEuro })];
    await expect(postInvoice(ctx, anInvoice(b, { billedCost: inEuro, charges }))).rejects.toThrow(
      refusal("rate_missing"),
    );
  });

  test("a plan of another provider", async () => {
    const charges = [seatCharge(b, { planId: b.plans.cursorTeams })];
    await expect(postInvoice(ctx, anInvoice(b, { charges }))).rejects.toThrow(
      refusal("invalid_input", ["charges.0.planId"]),
    );
  });

  test("a contract or an account of another provider", async () => {
    const elsewhere = { serviceProviderId: b.providers.cursor };
    await expect(postInvoice(ctx, anInvoice(b, elsewhere))).rejects.toThrow(
      refusal("invalid_input", ["charges.0.subscriptionId"]),
    );
    const charges = [usageCharge(b.accounts.prod, 12_500)];
    await expect(postInvoice(ctx, anInvoice(b, { ...elsewhere, charges }))).rejects.toThrow(
      refusal("invalid_input", ["charges.0.apiAccountId"]),
    );
  });

  test.each<[string, (their: SomeBooks) => Parameters<typeof anInvoice>[1], string]>([
    ["provider", (x) => ({ serviceProviderId: x.providers.anthropic }), "serviceProviderId"],
    ["payer", (x) => ({ paidBy: { memberId: x.members.ada } }), "paidBy.memberId"],
    [
      "contract",
      (x) => ({ charges: [seatCharge(b, { subscriptionId: x.subscriptions.claudeTeam })] }),
      "charges.0.subscriptionId",
    ],
    ["plan", (x) => ({ charges: [seatCharge(b, { planId: x.plans.standard })] }), "charges.0.planId"],
    ["account", (x) => ({ charges: [usageCharge(x.accounts.prod, 1)] }), "charges.0.apiAccountId"],
    ["member", (x) => ({ charges: [seatCharge(b, { memberId: x.members.ada })] }), "charges.0.memberId"],
    ["team in a share", (x) => withShare({ teamId: x.teams.growth }), "charges.0.shares.0.teamId"],
    ["member in a share", (x) => withShare({ memberId: x.members.ada }), "charges.0.shares.0.memberId"],
    ["product in a share", () => withShare({ productId: newId() }), "charges.0.shares.0.productId"],
  ])("another organization's %s", async (_name, changes, field) => {
    await expect(postInvoice(ctx, anInvoice(b, changes(foreign)))).rejects.toThrow(
      refusal("not_found", [field]),
    );
    expect(await idsIn(ctx)).toEqual([]);
  });

  const withShare = (share: object) => ({
    charges: [
      seatCharge(b, { shares: [{ basisPoints: 10_000, purpose: "developer_leverage" as const, ...share }] }),
    ],
  });

  test("another organization's draft", async () => {
    const stranger = await anOrganization();
    const draft = { month: null, subscriptionId: null, apiAccountId: null, content: {} };
    const { id: draftId } = await beginDraft(stranger, draft);
    await expect(postInvoice(ctx, anInvoice(b, { draftId }))).rejects.toThrow(refusal("not_found"));
    expect((await listDrafts(stranger, { limit: 50 })).data).toHaveLength(1);
  });

  test.each([
    ["NUL", "a\u0000b"],
    ["a lone surrogate", "a\ud800b"],
    ["a bell", "a\u0007b"],
    ["nothing but spaces", "   "],
    ["too much", "x".repeat(101)],
  ])("%s in a number", (_name, number) => {
    expect(() => anInvoice(b, { number })).toThrow();
  });

  test.each([
    ["an amount that is not whole", { billedCost: usd(0.5) }],
    ["an amount beyond what the books hold", { billedCost: usd(1e15) }],
    ["a day that does not exist", { issueDate: "2026-02-30" }],
    ["a year beyond 2100", { issueDate: "2101-01-01" }],
    ["no lines", { charges: [] }],
    ["501 lines", { charges: Array.from({ length: 501 }, () => usageCharge(newId(), 1)) }],
    ["a quantity in words", { charges: [{ ...usageCharge(newId(), 1), quantity: "five" }] }],
    ["a field that does not exist", { vendor: "Anthropic" } as object],
  ])("%s", (_name, changes) => {
    expect(() => anInvoice(b, changes)).toThrow();
  });
});

describe("a number once", () => {
  test("another case of a number that is there is the same number", async () => {
    const { ctx, books: b } = await books();
    const { id } = await postInvoice(ctx, anInvoice(b, { number: "Inv-Ä1" }));
    await expect(postInvoice(ctx, anInvoice(b, { number: "INV-ä1" }))).rejects.toThrow(
      expect.objectContaining({
        code: "invoice_duplicate",
        details: { fields: { number: expect.any(String) }, conflictingId: id },
      }),
    );
    const charges = [seatCharge(b, { subscriptionId: null, planId: null })];
    const elsewhere = { serviceProviderId: b.providers.cursor, charges };
    await postInvoice(ctx, anInvoice(b, { number: "INV-ä1", ...elsewhere }));
  });

  test("is free again after voiding, and the voided invoice can still be read", async () => {
    const { ctx, books: b } = await books();
    const first = await postInvoice(ctx, anInvoice(b));
    const gone = await voidInvoice(ctx, { ...first, reason: "Wrong provider" });
    expect(gone).toMatchObject({ state: "void", version: 2, void: { reason: "Wrong provider" } });
    expect(await october(ctx)).toEqual({ billed: 0, estimated: 12_500 });

    const second = await postInvoice(ctx, anInvoice(b));
    expect(await readInvoice(ctx, first)).toMatchObject({ state: "void", charges: [{ countsAs: [] }] });
    expect(await idsIn(ctx, { state: "posted" })).toEqual([second.id]);
    expect(await idsIn(ctx, { state: "void" })).toEqual([first.id]);
    expect(await october(ctx)).toEqual({ billed: 12_500, estimated: 0 });
  });

  test("twenty people posting one invoice at once make one", async () => {
    const { ctx, books: b } = await books();
    const tries = Array.from({ length: 20 }, () => postInvoice(ctx, anInvoice(b)));
    const results = await Promise.allSettled(tries);
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refused).toHaveLength(19);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["invoice_duplicate"]));
    expect(await idsIn(ctx)).toHaveLength(1);
  });

  test("the same key twenty times is one request, with another body a conflict", async () => {
    const { ctx, books: b } = await books();
    const once: Ctx = { ...ctx, idempotency: { key: "k-1", requestHash: "a".repeat(64) } };
    const answers = await Promise.all(Array.from({ length: 20 }, () => postInvoice(once, anInvoice(b))));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers[1]).toEqual(answers[0]);

    const other: Ctx = { ...ctx, idempotency: { key: "k-1", requestHash: "b".repeat(64) } };
    await expect(postInvoice(other, anInvoice(b, { number: "INV-2" }))).rejects.toThrow(
      refusal("idempotency_conflict"),
    );
    expect(await idsIn(ctx)).toHaveLength(1);
  });
});

describe("changing", () => {
  test("replaces header and lines, and moves the cost with them", async () => {
    const { ctx, books: b } = await books();
    const before = await postInvoice(ctx, anInvoice(b));
    const after = await changeInvoice(ctx, {
      id: before.id,
      version: 1,
      ...invoiceFactsOf(b, {
        number: "INV-1a",
        charges: [usageCharge(b.accounts.prod, 9_900), usageCharge(b.accounts.trial, 100)],
      }),
    });
    expect(after).toMatchObject({ number: "INV-1a", version: 2, billedCost: usd(10_000) });
    expect(after.charges.map(({ countsAs }) => countsAs[0]?.purpose)).toEqual([
      "product_running",
      "unclassified",
    ]);
    expect(await october(ctx)).toEqual({ billed: 10_000, estimated: 12_500 });
  });

  test("an invoice that moves to another month leaves nothing behind in the totals", async () => {
    const { ctx, books: b } = await books();
    const { id } = await postInvoice(ctx, anInvoice(b, { charges: [usageCharge(b.accounts.prod, 500)] }));
    const september = { start: "2026-09-01", end: "2026-10-01" };
    const charges = [{ ...usageCharge(b.accounts.prod, 500), chargePeriod: september }];
    await changeInvoice(ctx, { id, version: 1, ...invoiceFactsOf(b, { charges }) });
    const totals = await transact({ organizationId: ctx.organization.id }, (db) =>
      db.ledgerTotal.findMany({ where: { organizationId: ctx.organization.id, state: "billed" } }),
    );
    expect(totals.map(({ month, baseCostMinor }) => [month, baseCostMinor])).toEqual([["2026-09", 500n]]);
  });

  test("a stale version is refused and changes nothing", async () => {
    const { ctx, books: b } = await books();
    const { id } = await postInvoice(ctx, anInvoice(b));
    const change = { id, version: 1, ...invoiceFactsOf(b, { number: "INV-2" }) };
    await changeInvoice(ctx, change);
    await expect(changeInvoice(ctx, change)).rejects.toThrow(refusal("stale_version"));
    await expect(voidInvoice(ctx, { id, version: 1, reason: "late" })).rejects.toThrow(
      refusal("stale_version"),
    );
    expect(await readInvoice(ctx, { id })).toMatchObject({ state: "posted", version: 2 });
  });

  test("keeps its own number, and may not take another's", async () => {
    const { ctx, books: b } = await books();
    const { id } = await postInvoice(ctx, anInvoice(b));
    const other = await postInvoice(
      ctx,
      anInvoice(b, { number: "INV-2", charges: [usageCharge(b.accounts.dev, 1)] }),
    );
    await changeInvoice(ctx, { id, version: 1, ...invoiceFactsOf(b, { number: "inv-1" }) });
    await expect(
      changeInvoice(ctx, { id, version: 2, ...invoiceFactsOf(b, { number: "inv-2" }) }),
    ).rejects.toThrow(
      expect.objectContaining({ details: expect.objectContaining({ conflictingId: other.id }) }),
    );
  });

  test("a voided invoice is changed and voided no more", async () => {
    const { ctx, books: b } = await books();
    const { id } = await postInvoice(ctx, anInvoice(b));
    await voidInvoice(ctx, { id, version: 1, reason: "twice" });
    await expect(changeInvoice(ctx, { id, version: 2, ...invoiceFactsOf(b) })).rejects.toThrow(
      refusal("invoice_void"),
    );
    await expect(voidInvoice(ctx, { id, version: 2, reason: "again" })).rejects.toThrow(
      refusal("invoice_void"),
    );
  });
});

describe("who may", () => {
  let owner: Ctx;
  let b: SomeBooks;
  let id: string;
  beforeAll(async () => {
    ({ ctx: owner, books: b } = await books());
    const charges = [
      seatCharge(b),
      usageCharge(b.accounts.prod, 1_000),
      usageCharge(b.accounts.trial, 30),
      { chargeCategory: "tax" as const, description: "VAT", billedCost: usd(200), follows: [1] },
      {
        chargeCategory: "tax" as const,
        description: "VAT",
        billedCost: usd(210),
        follows: [1],
        selfAssessed: true,
      },
    ];
    ({ id } = await postInvoice(owner, anInvoice(b, { charges })));
  });

  test("a lead sees the header, the lines of the own teams, and the rest as one sum", async () => {
    const lead = await anActor(owner, { roles: ["lead"], ledTeamIds: [b.teams.platform] });
    const seen = await readInvoice(lead, { id });
    expect(seen.charges.map(({ position }) => position)).toEqual([0]);
    expect(seen).toMatchObject({ billedCost: usd(13_730), rest: { count: 4, billedCost: usd(1_230) } });

    const growth = await anActor(owner, { roles: ["lead"], ledTeamIds: [b.teams.growth] });
    expect((await readInvoice(growth, { id })).charges.map(({ position }) => position)).toEqual([1, 3, 4]);
    const nobody = await anActor(owner, { roles: ["lead"] });
    expect(await readInvoice(nobody, { id })).toMatchObject({
      charges: [],
      rest: { count: 5, billedCost: usd(13_730) },
    });
    const [summary] = (await listInvoices(lead, invoiceFilter.parse({}))).data;
    expect(summary?.purposes).toEqual(["developer_leverage"]);
  });

  test("a member sees header and line behind the own seat, and no other invoice", async () => {
    const ada = await anActor(owner, { roles: ["member"], memberId: b.members.ada });
    const seen = await readInvoice(ada, { id });
    expect(seen.charges.map(({ position }) => position)).toEqual([0]);
    expect(seen.charges[0]?.countsAs).toMatchObject([{ baseCost: usd(2_500) }]);
    expect(await idsIn(ada)).toEqual([id]);

    const cem = await anActor(owner, { roles: ["member"], memberId: b.members.cem });
    await expect(readInvoice(cem, { id })).rejects.toThrow(refusal("not_found"));
    expect(await idsIn(cem)).toEqual([]);
  });

  test("an auditor reads all of it and changes nothing", async () => {
    const auditor = await anActor(owner, { roles: ["auditor"] });
    expect((await readInvoice(auditor, { id })).rest).toBeNull();
    await expect(postInvoice(auditor, anInvoice(b))).rejects.toThrow(refusal("forbidden"));
  });

  test.each(["lead", "member", "auditor"] as const)("a %s neither changes nor voids", async (role) => {
    const actor = await anActor(owner, { roles: [role] });
    await expect(changeInvoice(actor, { id, version: 1, ...invoiceFactsOf(b) })).rejects.toThrow(
      refusal("forbidden"),
    );
    await expect(voidInvoice(actor, { id, version: 1, reason: "no" })).rejects.toThrow(refusal("forbidden"));
  });

  test("another organization finds nothing", async () => {
    const { ctx: stranger, books: theirs } = await books();
    const gone = refusal("not_found");
    await expect(readInvoice(stranger, { id })).rejects.toThrow(gone);
    await expect(voidInvoice(stranger, { id, version: 1, reason: "no" })).rejects.toThrow(gone);
    await expect(changeInvoice(stranger, { id, version: 1, ...invoiceFactsOf(theirs) })).rejects.toThrow(
      gone,
    );
    expect(await idsIn(stranger, { serviceProviderId: b.providers.anthropic })).toEqual([]);
    expect(await idsIn(stranger, { subscriptionId: b.subscriptions.claudeTeam })).toEqual([]);
  });
});

describe("the list", () => {
  test("is paged by day, the newest first, and narrowed", async () => {
    const { ctx, books: b } = await books();
    const days = ["2026-09-30", "2026-11-01", "2026-10-05", "2026-10-05"];
    const ids: string[] = [];
    for (const [index, issueDate] of days.entries()) {
      const charges = [usageCharge(index === 0 ? b.accounts.prod : b.accounts.dev, 100)];
      const number = `N_${index}`;
      ids.push(
        (await postInvoice(ctx, anInvoice(b, { number, issueDate, charges, purchaseOrder: "100%" }))).id,
      );
    }
    const [first, second, third, fourth] = ids;
    expect(await idsIn(ctx)).toEqual([second, fourth, third, first]);

    const page = await listInvoices(ctx, invoiceFilter.parse({ limit: "2" }));
    const next = await listInvoices(ctx, invoiceFilter.parse({ limit: "2", cursor: page.nextCursor }));
    expect([...page.data, ...next.data].map(({ id }) => id)).toEqual([second, fourth, third, first]);
    expect(next.nextCursor).toBeNull();

    expect(await idsIn(ctx, { month: "2026-09" })).toEqual([first]);
    expect(await idsIn(ctx, { month: "2026-10" })).toEqual([second, fourth, third, first]);
    expect(await idsIn(ctx, { text: "n_3" })).toEqual([fourth]);
    expect(await idsIn(ctx, { text: "N%3" })).toEqual([]);
    expect(await idsIn(ctx, { text: "0%" })).toHaveLength(4);
    expect(await idsIn(ctx, { text: "anthro" })).toHaveLength(4);
    expect(await idsIn(ctx, { apiAccountId: b.accounts.prod })).toEqual([first]);
    expect(await idsIn(ctx, { subscriptionId: b.subscriptions.claudeTeam })).toEqual([]);
    await expect(listInvoices(ctx, invoiceFilter.parse({ cursor: "x" }))).rejects.toThrow(
      refusal("invalid_input", ["cursor"]),
    );
  });
});
