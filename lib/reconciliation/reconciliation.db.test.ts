import { beforeEach, describe, expect, test } from "vitest";

import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents } from "@/lib/audit/service";
import type { Ctx } from "@/lib/auth/ctx";
import { createPlanPrice } from "@/lib/catalogue/service";
import { creditGrantInput } from "@/lib/credit-grants/schema";
import { createCreditGrant } from "@/lib/credit-grants/service";
import { read } from "@/lib/db/client";
import type { InvoiceBody } from "@/lib/invoices/schema";
import { postInvoice, voidInvoice } from "@/lib/invoices/service";
import { changeOrganization, readOrganization } from "@/lib/organization/service";
import { acceptanceInput } from "@/lib/reconciliation/schema";
import {
  acceptDifference,
  findUnexplained,
  readReconciledContract,
  readReconciliation,
  withdrawAcceptance,
} from "@/lib/reconciliation/service";
import { settlementInput } from "@/lib/settlements/schema";
import { createSettlement, listSettlements, voidSettlement } from "@/lib/settlements/service";
import { addTerm } from "@/lib/subscriptions/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { importFile } from "@/lib/testing/imports";
import { anInvoice, seatCharge, usageCharge, usd } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// What was foreseen, billed and paid against PostgreSQL: which facts become which side, and who may explain what.

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = await anOrganization({ now: new Date("2026-11-24T12:00:00Z") });
  books = await someBooks(ctx);
});

const month = "2026-10";
const seats = () => readReconciledContract(ctx, { month, id: books.subscriptions.claudeTeam });
const account = () => readReconciledContract(ctx, { month, id: books.accounts.organization });
const typed = ({ differences }: Awaited<ReturnType<typeof seats>>) =>
  Object.fromEntries(differences.map(({ type, amount }) => [type, amount.minor]));

let invoices = 0;
const post = (charges: InvoiceBody["charges"], by: Ctx = ctx) =>
  postInvoice(by, anInvoice(books, { number: `INV-${++invoices}`, charges }));
const pay = (invoiceId: string, minor: number, fee = 0) =>
  createSettlement(
    ctx,
    settlementInput.parse({ invoiceId, paidOn: "2026-11-10", amount: usd(minor), bankFee: usd(fee) }),
  );
const accept = async (note = "asked the provider") => {
  const { unexplained } = await seats();
  const input = { month, id: books.subscriptions.claudeTeam, type: "bank_fee", amount: unexplained, note };
  return await acceptDifference(ctx, acceptanceInput.parse(input));
};

describe("seats", () => {
  test("agree when billed as expected, and are not billed before", async () => {
    expect(typed(await seats())).toEqual({ not_billed: -12_500 });
    await post([seatCharge(books)]);
    const found = await seats();
    expect(found).toMatchObject({
      expected: usd(12_500),
      billed: usd(12_500),
      settled: null,
      state: "agrees",
    });
    expect(found.rows.expected).toMatchObject([{ plan: "Team Standard", seats: 5, open: usd(0) }]);
    expect(found.rows.billed).toMatchObject([{ amount: usd(12_500), invoice: { name: `INV-${invoices}` } }]);
  });

  test("differ by tax and credit as far as those are theirs", async () => {
    const tax = { chargeCategory: "tax" as const, description: "VAT", billedCost: usd(2_625), follows: [0] };
    const credit = {
      chargeCategory: "credit" as const,
      description: "Goodwill",
      billedCost: usd(-500),
      subscriptionId: books.subscriptions.claudeTeam,
    };
    await post([seatCharge(books), tax, credit]);
    expect(typed(await seats())).toEqual({ tax: 2_625, credit: -500 });
  });

  test("differ by a price that the catalogue published, and by another one without a reason", async () => {
    await post([seatCharge(books, { billedCost: usd(13_500) })]);
    expect(typed(await seats())).toEqual({ unexplained: 1_000 });
    await createPlanPrice(ctx, {
      id: books.plans.standard,
      startsOn: "2026-09-01",
      billingInterval: "month",
      unitPrice: usd(2_700),
      source: "price list",
    });
    expect(typed(await seats())).toEqual({ price_change: 1_000 });
  });

  test("an invoice that is void is no side", async () => {
    const { id, version } = await post([seatCharge(books)]);
    await voidInvoice(ctx, { id, version, reason: "entered twice" });
    expect(await seats()).toMatchObject({ billed: null });
  });
});

describe("what was paid", () => {
  test("differs by the bank's fee, the rest is unexplained; all parts of the invoice sum to it", async () => {
    const { id } = await post([seatCharge(books), usageCharge(books.accounts.prod, 12_500)]);
    await pay(id, 25_600, 400);
    expect(typed(await seats())).toEqual({ bank_fee: 200, unexplained: 100 });
    expect(typed(await account())).toEqual({ bank_fee: 200, unexplained: 100 });
    expect((await seats()).settled).toEqual(usd(12_800));
  });

  test("counts as long as it is not void", async () => {
    const { id } = await post([seatCharge(books)]);
    const { id: paymentId, version } = await pay(id, 12_900, 400);
    const input = { id: paymentId, version, reason: "wrong invoice" };
    expect(await voidSettlement(ctx, input)).toMatchObject({ void: { reason: "wrong invoice" } });
    await expectRefusal(voidSettlement(ctx, input), "stale_version");
    expect(await seats()).toMatchObject({ settled: null, state: "agrees" });
    expect((await listSettlements(ctx, { limit: 50, invoiceId: id })).data).toHaveLength(1);
    const { data } = await listAuditEvents(ctx, auditFilter.parse({ targetId: id }));
    expect(data.map(({ action }) => action)).toEqual([
      "settlement.void",
      "settlement.create",
      "invoice.post",
    ]);
  });

  test("is in the currency of the books, on an invoice that stands", async () => {
    const { id, version } = await post([seatCharge(books)]);
    const euros = settlementInput.parse({
      invoiceId: id,
      paidOn: "2026-11-10",
      amount: { minor: 1, currency: "EUR" },
    });
    await expectRefusal(createSettlement(ctx, euros), "currency_mismatch", "amount");
    await voidInvoice(ctx, { id, version, reason: "entered twice" });
    await expectRefusal(pay(id, 12_500), "invoice_void");
  });
});

describe("metered use", () => {
  const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";
  const used = (cost: string) => `${HEADER}2026-10-02,Claude Opus 4.5,prod,,message,output,${cost}\n`;

  test("is set against what was billed on the tree, and what was told later is a late revision", async () => {
    await importFile(ctx, "first.csv", used("100.00"));
    expect(typed(await account())).toEqual({ not_billed: -10_000 });
    const later = { ...ctx, now: new Date("2026-11-24T13:00:00Z") };
    await post([usageCharge(books.accounts.prod, 10_300)], later);
    expect(typed(await account())).toEqual({ unexplained: 300 });
    await importFile({ ...ctx, now: new Date("2026-11-24T14:00:00Z") }, "restated.csv", used("90.00"));
    expect(await account()).toMatchObject({ metered: usd(9_000), billed: usd(10_300) });
    expect(typed(await account())).toEqual({ late_revision: 1_000, unexplained: 300 });
  });
});

describe("an unexplained difference", () => {
  beforeEach(async () => {
    await post([seatCharge(books, { billedCost: usd(13_000) })]);
  });
  const unexplained = async () =>
    (await read(ctx, (db) => findUnexplained(db, ctx, month))).map(({ name }) => name);

  test("is explained by a person, for that amount and no other", async () => {
    expect(await unexplained()).toEqual(["Claude Team"]);
    expect(await accept()).toMatchObject({ state: "accepted", acceptance: { acceptedBy: "Test user" } });
    expect(await unexplained()).toEqual([]);
    await post([seatCharge(books, { billedCost: usd(700) })]);
    expect(await seats()).toMatchObject({ state: "unexplained", acceptance: { current: false } });
    await accept();
    await withdrawAcceptance(ctx, { month, id: books.subscriptions.claudeTeam });
    expect(await seats()).toMatchObject({ state: "unexplained", acceptance: null });
    await expectRefusal(withdrawAcceptance(ctx, { month, id: books.subscriptions.claudeTeam }), "not_found");
    const { data } = await listAuditEvents(ctx, auditFilter.parse({ targetType: "difference" }));
    expect(data.map(({ action }) => action)).toEqual([
      "difference.withdraw",
      "difference.accept",
      "difference.accept",
    ]);
  });

  test("that was another one when it was looked at is not accepted", async () => {
    const input = { month, id: books.subscriptions.claudeTeam, type: "unexplained", note: "so be it" };
    const stale = acceptanceInput.parse({ ...input, amount: usd(501) });
    await expectRefusal(acceptDifference(ctx, stale), "stale_version");
  });

  test("within the organization's tolerance is accepted by itself, and listed", async () => {
    const { version } = await readOrganization(ctx);
    await changeOrganization(ctx, { version, toleranceMinor: 0, tolerancePerMille: 39 });
    const { contracts, tolerance } = await readReconciliation(ctx, { month });
    expect(tolerance).toEqual({ amount: usd(0), perMille: 39 });
    expect(contracts[0]).toMatchObject({ state: "tolerated", unexplained: usd(500) });
    await changeOrganization(ctx, { version: version + 1, tolerancePerMille: 38 });
    expect(await unexplained()).toEqual(["Claude Team"]);
  });

  test("is read by owner, finance and auditor, and explained by the first two", async () => {
    const auditor = await anActor(ctx, { roles: ["auditor"] });
    expect((await readReconciliation(auditor, { month })).contracts[0]?.state).toBe("unexplained");
    const input = { month, id: books.subscriptions.claudeTeam, type: "unexplained", note: "so be it" };
    const accepted = acceptanceInput.parse({ ...input, amount: usd(500) });
    await expectRefusal(acceptDifference(auditor, accepted), "forbidden");
    await expectRefusal(readReconciliation(await anActor(ctx, { roles: ["lead"] }), { month }), "forbidden");
  });
});

test("an estimate in another currency waits for its rate", async () => {
  const eur = { minor: 2_500, currency: "EUR" };
  await addTerm(ctx, {
    id: books.subscriptions.claudeTeam,
    planId: books.plans.standard,
    startsOn: "2026-10-15",
    seats: 6,
    unitPrice: eur,
  });
  expect(await seats()).toMatchObject({ rateMissing: true, expected: null, state: "agrees" });
});

describe("credit", () => {
  const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";
  const use = () =>
    importFile(ctx, "october.csv", `${HEADER}2026-10-05,Claude Opus 4.5,prod,,message,output,100.00\n`);
  const grant = (changes: object) =>
    createCreditGrant(
      ctx,
      creditGrantInput.parse({
        serviceProviderId: books.providers.anthropic,
        startsOn: "2026-10-01",
        amount: usd(100_000),
        ...changes,
      }),
    );

  test("that was given is why nobody bills what it covered", async () => {
    await use();
    expect(typed(await account())).toEqual({ not_billed: -10_000 });
    await grant({ kind: "gift", amount: usd(6_000) });
    expect(typed(await account())).toEqual({ not_billed: -4_000, credit: -6_000 });
    expect((await account()).metered).toEqual(usd(10_000));
  });

  test("that was bought before the use pays for it, at what it cost", async () => {
    // 1,000.00 of credit for 900.00: of 100.00 of use 90.00 are cost, and nothing of it is unexplained or late.
    const { charges } = await postInvoice(
      ctx,
      anInvoice(books, {
        number: "CREDIT-1",
        issueDate: "2026-10-01",
        charges: [
          {
            chargeCategory: "purchase",
            description: "Prepaid credit",
            chargePeriod: { start: "2026-10-01", end: "2026-10-02" },
            billedCost: usd(90_000),
          },
        ],
      }),
    );
    await grant({ kind: "purchase", chargeId: charges[0]?.id });
    await use();
    const found = await account();
    expect(found).toMatchObject({ metered: usd(10_000), billed: usd(9_000) });
    expect(typed(found)).toEqual({ credit: -1_000 });
    expect(await read(ctx, (db) => findUnexplained(db, ctx, month))).toEqual([]);
  });
});
