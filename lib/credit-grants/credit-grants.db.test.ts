import { beforeEach, describe, expect, test } from "vitest";

import { classify } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { getCoverage } from "@/lib/coverage/service";
import { creditGrantInput } from "@/lib/credit-grants/schema";
import {
  changeCreditGrant,
  createCreditGrant,
  listCreditGrants,
  readCreditGrant,
  voidCreditGrant,
} from "@/lib/credit-grants/service";
import { transact } from "@/lib/db/client";
import { getBridge, listLedger } from "@/lib/entries/service";
import { changeInvoice, postInvoice, voidInvoice } from "@/lib/invoices/service";
import { ledgerInput } from "@/lib/ledger/schema";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { importFile } from "@/lib/testing/imports";
import { anInvoice, invoiceFactsOf, seatCharge, usd } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// Credit from its purchase to its expiry, against PostgreSQL (domain rule 8).

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
});

const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";
const use = (name: string, ...rows: readonly [day: string, workspace: string, cost: string][]) =>
  importFile(
    ctx,
    name,
    HEADER +
      rows.map(([day, where, cost]) => `${day},Claude Opus 4.5,${where},,message,output,${cost}\n`).join(""),
  );

const grant = (changes: object = {}) =>
  creditGrantInput.parse({
    kind: "purchase",
    serviceProviderId: books.providers.anthropic,
    amount: usd(100_000),
    startsOn: "2026-09-01",
    ...changes,
  });

async function buys(minor = 100_000, number = "CREDIT-1") {
  const charge = {
    chargeCategory: "purchase" as const,
    description: "Prepaid credit",
    chargePeriod: { start: "2026-09-01", end: "2026-09-02" },
    billedCost: usd(minor),
  };
  const invoice = await postInvoice(
    ctx,
    anInvoice(books, { number, issueDate: "2026-09-01", charges: [charge] }),
  );
  return { invoice, chargeId: invoice.charges[0]?.id ?? "" };
}

/** Of metered use; the seats of the contract are left out. */
const cost = async (month: string, filter: object = {}) =>
  (await listLedger(ctx, ledgerInput.parse({ month, billingModel: "metered", ...filter }))).total.minor;
const bought = () => cost("2026-09", { billingModel: "flat" });
const steps = async (month: string) => {
  const bridge = await getBridge(ctx, { month });
  return Object.fromEntries(bridge.steps.map(({ step, amount }) => [step, amount.minor]));
};

describe("credit that was bought", () => {
  test("moves what was bought to the months in which it is used, and says what is left", async () => {
    const { chargeId } = await buys();
    expect(await bought()).toBe(100_000);
    const { id } = await createCreditGrant(ctx, grant({ chargeId }));
    // 250.00 in October by "prod", 120.00 in November by "dev"; 630.00 of 1,000.00 are left.
    await use("a.csv", ["2026-10-05", "prod", "250.00"], ["2026-11-20", "dev", "120.00"]);

    expect(await bought()).toBe(0);
    const november = { purpose: "developer_leverage" };
    expect([await cost("2026-10", { purpose: "product_running" }), await cost("2026-11", november)]).toEqual([
      25_000, 12_000,
    ]);
    expect(await steps("2026-09")).toMatchObject({ invoices_issued: 100_000, prepaid_opened: -100_000 });
    expect(await steps("2026-10")).toMatchObject({ invoices_issued: 0, credits_drawn: 25_000 });
    // 120.00 in the last 28 days: 4.2857 a day. 630.00 last 147 days.
    expect(await readCreditGrant(ctx, { id })).toMatchObject({
      state: "open",
      drawn: usd(37_000),
      cost: usd(37_000),
      balance: usd(63_000),
      burnDownOn: "2027-04-20",
      charge: { invoice: { number: "CREDIT-1" } },
    });
    const { contracts } = await getCoverage(ctx, { from: "2026-10", to: "2026-10" });
    expect(contracts.find(({ name }) => name === "Anthropic organization")?.months[0]?.state).toBe("billed");
  });

  test("stays with its line when the invoice is put right in another order", async () => {
    const { invoice, chargeId } = await buys();
    const { id } = await createCreditGrant(ctx, grant({ chargeId }));
    await use("a.csv", ["2026-10-05", "prod", "250.00"]);
    const period = { start: "2026-09-01", end: "2026-09-02" };
    const purchase = { chargeCategory: "purchase" as const, chargePeriod: period };
    const charges = [
      { ...purchase, description: "Onboarding", billedCost: usd(5_000) },
      { ...purchase, description: "Prepaid credit", billedCost: usd(100_000) },
    ];
    const facts = invoiceFactsOf(books, { number: "CREDIT-1", issueDate: "2026-09-01", charges });
    await changeInvoice(ctx, { id: invoice.id, version: invoice.version, ...facts });
    // Onboarding is cost as it was bought; of the credit 250.00, as before.
    expect([await bought(), await cost("2026-10")]).toEqual([5_000, 25_000]);
    expect((await readCreditGrant(ctx, { id })).charge?.description).toBe("Prepaid credit");
  });

  test("expires into the month of its last day, when that day is over", async () => {
    const { chargeId } = await buys();
    const { id } = await createCreditGrant(ctx, grant({ chargeId, expiresOn: "2026-12-01" }));
    await use("a.csv", ["2026-11-05", "prod", "250.00"]);
    expect(await cost("2026-11")).toBe(25_000);

    ctx = { ...ctx, now: new Date("2026-12-01T08:00:00Z") };
    expect(await cost("2026-11", { purpose: "unclassified" })).toBe(75_000);
    expect(await readCreditGrant(ctx, { id })).toMatchObject({
      state: "expired",
      expired: usd(75_000),
      balance: usd(0),
      cost: usd(100_000),
    });
  });

  test("that expired follows its account to another line, also if nothing was ever used", async () => {
    const { trial } = books.accounts;
    await createCreditGrant(ctx, grant({ apiAccountId: trial, expiresOn: "2026-10-01" }));
    expect(await cost("2026-09", { purpose: "unclassified" })).toBe(100_000);
    const product = { purpose: "product_running" as const, teamId: null, productId: null, memberId: null };
    await classify(ctx, {
      id: trial,
      startsOn: "2026-01-01",
      shares: [{ ...product, basisPoints: 10_000 }],
    });
    expect(await cost("2026-09", { purpose: "product_running" })).toBe(100_000);
    expect(await cost("2026-09", { purpose: "unclassified" })).toBe(0);
  });

  test("is estimated when its invoice is voided, and billed when another names its line", async () => {
    const { chargeId, invoice } = await buys();
    const { id } = await createCreditGrant(ctx, grant({ chargeId }));
    await use("a.csv", ["2026-10-05", "prod", "250.00"]);
    expect(await cost("2026-10", { state: "billed" })).toBe(25_000);

    await voidInvoice(ctx, { id: invoice.id, version: invoice.version, reason: "wrong" });
    expect(await cost("2026-10", { state: "estimated" })).toBe(25_000);
    const { charge, version } = await readCreditGrant(ctx, { id });
    expect(charge).toBeNull();

    // 1,000.00 of credit for 900.00: a quarter of it costs 225.00.
    const again = await buys(90_000, "CREDIT-2");
    await changeCreditGrant(ctx, { id, version, chargeId: again.chargeId });
    expect(await cost("2026-10", { state: "billed" })).toBe(22_500);
    expect(await cost("2026-10", { state: "estimated" })).toBe(0);
  });

  test("is cost where it was bought again when the credit is voided", async () => {
    const { chargeId } = await buys();
    const { id, version } = await createCreditGrant(ctx, grant({ chargeId }));
    await use("a.csv", ["2026-10-05", "prod", "250.00"]);
    const voided = await voidCreditGrant(ctx, { id, version, reason: "no credit" });
    expect(voided).toMatchObject({ state: "void", void: { reason: "no credit" }, drawn: usd(0) });
    expect([await bought(), await cost("2026-10", { state: "estimated" })]).toEqual([100_000, 25_000]);
  });

  test("names a purchase line of its provider's invoices that is no seat fee", async () => {
    const { charges } = await postInvoice(ctx, anInvoice(books, { charges: [seatCharge(books)] }));
    await expectRefusal(
      createCreditGrant(ctx, grant({ chargeId: charges[0]?.id })),
      "invalid_input",
      "chargeId",
    );
    const { chargeId } = await buys();
    const elsewhere = grant({ chargeId, serviceProviderId: books.providers.cursor });
    await expectRefusal(createCreditGrant(ctx, elsewhere), "invalid_input", "chargeId");
    await expectRefusal(
      createCreditGrant(
        ctx,
        grant({ apiAccountId: books.accounts.prod, serviceProviderId: books.providers.cursor }),
      ),
      "invalid_input",
      "apiAccountId",
    );
  });
});

test("credit that was given covers use, which costs nothing and is shown before credits", async () => {
  await use("a.csv", ["2026-10-05", "prod", "250.00"]);
  await createCreditGrant(
    ctx,
    grant({ kind: "gift", amount: usd(20_000), apiAccountId: books.accounts.prod }),
  );
  expect(await cost("2026-10")).toBe(5_000);
  expect(await cost("2026-10", { kind: "covered" })).toBe(20_000);
  const { data } = await listCreditGrants(ctx, { limit: 50, kind: "gift" });
  expect(data).toMatchObject([{ state: "used_up", drawn: usd(20_000), cost: usd(0), burnDownOn: null }]);
});

describe("an allowance that a contract includes", () => {
  const allowance = (changes: object = {}) =>
    grant({
      kind: "allowance",
      subscriptionId: books.subscriptions.claudeTeam,
      amount: usd(1_900),
      pooled: true,
      startsOn: "2026-10-01",
      ...changes,
    });

  async function uses(
    day: string,
    memberId: string,
    costNano: bigint,
    costKind: "on_top" | "api_equivalent" = "api_equivalent",
  ) {
    const organizationId = ctx.organization.id;
    const [identityId, serviceProviderId] = [crypto.randomUUID(), books.providers.anthropic];
    const own = { organizationId, serviceProviderId };
    const tokens = { uncachedInput: 0n, cacheRead: 0n, cacheWrite5m: 0n, cacheWrite1h: 0n, output: 0n };
    await transact({ organizationId }, async (db) => {
      const named = { kind: "email" as const, externalId: identityId, name: "used", createdAt: ctx.now };
      await db.identity.create({ data: { ...own, id: identityId, ...named } });
      await db.usageDay.create({
        data: {
          ...own,
          ...tokens,
          id: crypto.randomUUID(),
          day: new Date(`${day}T00:00:00Z`),
          identityId,
          memberId,
          costKind,
          currency: "USD",
          unpricedTokens: 0n,
          requests: 0n,
          costNano,
        },
      });
    });
  }

  test("is used by all seats together this month, and its overage is split by use above one share", async () => {
    // Five seats with 19.00 each: 95.00. Ada used 50.00 and Ben 60.00, 110.00 together: 15.00 beyond the pool.
    const { id } = await createCreditGrant(ctx, allowance());
    await uses("2026-11-03", books.members.ada, 50_000_000_000n);
    await uses("2026-11-04", books.members.ben, 45_000_000_000n);
    await uses("2026-11-05", books.members.ben, 15_000_000_000n, "on_top");
    expect(await readCreditGrant(ctx, { id })).toMatchObject({
      state: "used_up",
      included: usd(9_500),
      drawn: usd(9_500),
      over: usd(1_500),
      cost: usd(0),
    });

    // 31.00 and 41.00 above one share: of 15.00 they bear 6.46 (15 x 31/72 = 6.458) and 8.54.
    const overage = seatCharge(books, {
      chargeCategory: "usage",
      description: "Beyond the pool",
      chargePeriod: { start: "2026-11-01", end: "2026-12-01" },
      billedCost: usd(1_500),
      quantity: null,
    });
    await postInvoice(
      ctx,
      anInvoice(books, { number: "OVER-1", issueDate: "2026-11-30", charges: [overage] }),
    );
    const of = (memberId: string) => cost("2026-11", { memberId });
    expect([await of(books.members.ada), await of(books.members.ben)]).toEqual([646, 854]);
  });

  test("names its contract, and pays for no account", async () => {
    expect(creditGrantInput.safeParse({ ...allowance(), subscriptionId: null }).success).toBe(false);
    expect(creditGrantInput.safeParse({ ...allowance(), apiAccountId: books.accounts.prod }).success).toBe(
      false,
    );
    expect(creditGrantInput.safeParse({ ...grant(), pooled: true }).success).toBe(false);
  });
});

test("is read by owner, finance and auditor, and written by owner and finance", async () => {
  const { id, version } = await createCreditGrant(await anActor(ctx, { roles: ["finance"] }), grant());
  const auditor = await anActor(ctx, { roles: ["auditor"] });
  expect((await listCreditGrants(auditor, { limit: 50 })).data).toHaveLength(1);
  await expectRefusal(changeCreditGrant(auditor, { id, version, note: "x" }), "forbidden");
  await expectRefusal(listCreditGrants(await anActor(ctx, { roles: ["lead"] }), { limit: 50 }), "forbidden");
  await expectRefusal(readCreditGrant(await anOrganization(), { id }), "not_found");
  await expectRefusal(changeCreditGrant(ctx, { id, version: version + 1, note: "x" }), "stale_version");
  await expectRefusal(
    changeCreditGrant(ctx, { id, version, expiresOn: "2026-08-01" }),
    "invalid_input",
    "expiresOn",
  );
});
