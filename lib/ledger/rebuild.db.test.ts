import fc from "fast-check";
import { expect, test } from "vitest";

import { changeAccount, classify } from "@/lib/accounts/service";
import { changeAssignment, listAssignments } from "@/lib/assignments/service";
import type { Ctx } from "@/lib/auth/ctx";
import { changeCreditGrant, listCreditGrants, voidCreditGrant } from "@/lib/credit-grants/service";
import { transact } from "@/lib/db/client";
import { addDays } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { invoiceFilter } from "@/lib/invoices/schema";
import { changeInvoice, listInvoices, voidInvoice } from "@/lib/invoices/service";
import { readLedger } from "@/lib/ledger/read";
import { rebuildLedger } from "@/lib/ledger/repost";
import { mergeMembers } from "@/lib/members/merging";
import { addMembership, readMember } from "@/lib/members/service";
import { changeRate, listRates } from "@/lib/rates/service";
import { addTerm, changeSubscription, changeTerm, readSubscription } from "@/lib/subscriptions/service";
import { enterBase, type Ids, invoiceOf, remainingSteps, type Step } from "@/lib/testing/enter-facts";
import { anOrganization } from "@/lib/testing/organization";
import { MEMBERS, type RandomFacts, randomFacts, TEAMS } from "@/lib/testing/random-facts";

// The ledger that is kept change by change against one that is made anew from the facts.

const RUNS = 8;
const at = (ctx: Ctx, date: string): Ctx => ({ ...ctx, now: new Date(`${date}T12:00:00Z`) });

/** Every entry with names in place of ids, and every total, as sorted lines of text. */
async function ledger({ organization: { id } }: Ctx): Promise<{ entries: string[]; totals: string[] }> {
  return await transact({ organizationId: id }, async (db) => {
    const entries = await db.$queryRaw<{ line: string }[]>`
      SELECT concat_ws('|', i.number, c.position, (to_jsonb(e) - 'id' - 'organization_id' - 'invoice_id' - 'charge_id'
               - 'team_id' - 'member_id' - 'product_id' - 'service_provider_id' - 'subscription_id' - 'plan_id' - 'api_account_id')::text,
             t.name, m.name, p.name, s.name, con.name, pl.name, a.name) AS line
      FROM ledger_entry e
      LEFT JOIN invoice i ON i.id = e.invoice_id LEFT JOIN charge c ON c.id = e.charge_id
      LEFT JOIN team t ON t.id = e.team_id LEFT JOIN member m ON m.id = e.member_id
      LEFT JOIN product p ON p.id = e.product_id LEFT JOIN service_provider s ON s.id = e.service_provider_id
      LEFT JOIN subscription con ON con.id = e.subscription_id LEFT JOIN plan pl ON pl.id = e.plan_id
      LEFT JOIN api_account a ON a.id = e.api_account_id ORDER BY 1`;
    const totals = await db.$queryRaw<{ line: string }[]>`
      SELECT concat_ws('|', (to_jsonb(l) - 'id' - 'organization_id' - 'team_id' - 'product_id' - 'service_provider_id')::text,
             t.name, p.name, s.name) AS line
      FROM ledger_total l LEFT JOIN team t ON t.id = l.team_id LEFT JOIN product p ON p.id = l.product_id
      LEFT JOIN service_provider s ON s.id = l.service_provider_id ORDER BY 1`;
    return { entries: entries.map(({ line }) => line), totals: totals.map(({ line }) => line) };
  });
}

/** Enters the facts in an order; the ledger is brought up to date before anything is in it, so that nothing else does. */
async function enter(facts: RandomFacts, order: (steps: Step[]) => Step[]): Promise<{ ctx: Ctx; ids: Ids }> {
  const ctx = at(await anOrganization({ booksStart: facts.books.booksStart }), facts.books.today);
  await readLedger(ctx, async () => {});
  const ids = await enterBase(ctx, facts);
  for (const step of order(remainingSteps(ctx, facts, ids))) await step();
  return { ctx, ids };
}

async function expectRebuilt(ctx: Ctx): Promise<void> {
  const kept = await ledger(ctx);
  await rebuildLedger(ctx);
  expect(kept).toEqual(await ledger(ctx));
}

/** A change is made or refused; any other failure is a bug. */
async function tried(change: Promise<unknown>): Promise<void> {
  await change.catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
}

/** Every way to change what was entered, in the order of `picks`, which also choose what they are about. */
async function changeThings(ctx: Ctx, { invoices, books }: RandomFacts, ids: Ids, picks: readonly number[]) {
  const id = (name: string) => ids.get(name) ?? "";
  const pick = <T>(from: readonly T[], by: number): T => from[by % from.length]!;
  const contracts = ["subscription-a", "subscription-b"];
  const accounts = ["account-root", "account-child", "account-other"];
  const posted = async (by: number) => pick((await listInvoices(ctx, invoiceFilter.parse({}))).data, by);
  const contract = (by: number) => readSubscription(ctx, { id: id(pick(contracts, by)) });

  const changes: ((by: number) => Promise<unknown>)[] = [
    async (by) => voidInvoice(ctx, { ...(await posted(by)), reason: "wrong" }),
    async (by) => {
      const { id, version, number } = await posted(by);
      return changeInvoice(ctx, { ...invoiceOf(pick(invoices, by + 1), ids), id, version, number });
    },
    async (by) => {
      const { id, version } = await contract(by);
      const ending = by % 3 === 0 ? addDays("2026-12-01", by % 60) : null;
      const teamId = ids.get(pick(TEAMS, by)) ?? "";
      return changeSubscription(ctx, {
        id,
        version,
        teamId,
        defaultPurpose: "product_running",
        endsOn: ending,
      });
    },
    async (by) => {
      const { id, terms } = await contract(by);
      const { id: termId, seats } = pick(terms, by);
      const unitPrice = { minor: 1_234 + (by % 100), currency: by % 2 ? "USD" : "EUR" };
      return changeTerm(ctx, { id, termId, seats: seats + 1, unitPrice });
    },
    async (by) => {
      const { id, terms } = await contract(by);
      const { plan, seats, unitPrice } = pick(terms, by);
      const startsOn = addDays("2026-01-05", by % 300);
      return addTerm(ctx, { id, planId: plan.id, startsOn, seats: seats + 2, unitPrice });
    },
    async (by) => {
      const { data } = await listAssignments(ctx, { limit: 200 });
      if (data.length === 0) return;
      const { id, version } = pick(data, by);
      const productId = ids.get("product-a") ?? null;
      return changeAssignment(ctx, { id, version, purpose: "unclassified", productId });
    },
    async (by) => {
      const startsOn = addDays("2026-01-02", by % 350);
      const member = { id: id(pick(MEMBERS, by)), teamId: id(pick(TEAMS, by + 1)) };
      return addMembership(ctx, { ...member, startsOn, endsOn: null });
    },
    async (by) => {
      const memberId = id(pick(MEMBERS, by));
      const { version } = await readMember(ctx, { id: memberId });
      return mergeMembers(ctx, { id: memberId, version, intoMemberId: id(pick(MEMBERS, by + 1)) });
    },
    async (by) => {
      const share = { purpose: "developer_leverage" as const, teamId: id(pick(TEAMS, by)), productId: null };
      const shares = [{ ...share, basisPoints: 10_000, memberId: id(pick(MEMBERS, by)) }];
      return classify(ctx, { id: id(pick(accounts, by)), startsOn: addDays("2026-01-01", by % 300), shares });
    },
    async (by) =>
      changeAccount(ctx, { id: id("account-other"), version: 1, parentId: id(pick(accounts, by % 2)) }),
    async (by) => {
      const { data } = await listCreditGrants(ctx, { limit: 200 });
      if (data.length === 0) return;
      const { id: grantId, version } = pick(data, by);
      const lines = await creditLines(ctx, id("provider-a"));
      const chargeId = lines.length > 0 ? pick(lines, by) : null;
      return changeCreditGrant(ctx, { id: grantId, version, chargeId });
    },
    async (by) => {
      const { data } = await listCreditGrants(ctx, { limit: 200 });
      if (data.length === 0) return;
      const { id: grantId, version, startsOn } = pick(data, by);
      if (by % 3 === 0) return voidCreditGrant(ctx, { id: grantId, version, reason: "wrong" });
      return changeCreditGrant(ctx, { id: grantId, version, expiresOn: addDays(startsOn, 1 + (by % 250)) });
    },
    async (by) => {
      const { data } = await listRates(ctx, { limit: 200, from: by % 2 ? "EUR" : "JPY", to: "USD" });
      const { id, version } = pick(data, by);
      return changeRate(ctx, { id, version, rate: by % 2 ? "1.2345" : "0.00707" });
    },
  ];
  expect(books.apiAccounts.size).toBe(accounts.length);
  for (const [index, by] of picks.entries()) await tried(pick(changes, by + index)(by));
}

/** The lines that may have bought credit. */
async function creditLines({ organization: { id } }: Ctx, serviceProviderId: string): Promise<string[]> {
  const rows = await transact({ organizationId: id }, (db) =>
    db.charge.findMany({
      where: {
        organizationId: id,
        chargeCategory: "purchase",
        subscriptionId: null,
        outOfScope: false,
        invoice: { serviceProviderId, voidedAt: null },
      },
      orderBy: [{ invoice: { number: "asc" } }, { position: "asc" }],
      select: { id: true },
    }),
  );
  return rows.map((row) => row.id);
}

const shuffled = (seed: number) => (steps: Step[]) =>
  steps
    .map((step, index) => ({ step, rank: Math.imul(seed + index * 7_919, 2_654_435_761) >>> 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ step }) => step);

test("what is kept change by change is what a rebuild makes, in whatever order it was entered", async () => {
  const picks = fc.array(fc.nat(10_000), { minLength: 8, maxLength: 18 });
  await fc.assert(
    fc.asyncProperty(randomFacts, fc.nat(), picks, fc.nat(40), async (facts, seed, changes, days) => {
      const plain = await enter(facts, (steps) => steps);
      const { ctx, ids } = await enter(facts, shuffled(seed));
      expect(await ledger(ctx)).toEqual(await ledger(plain.ctx));
      await expectRebuilt(plain.ctx);

      await changeThings(ctx, facts, ids, changes);
      await expectRebuilt(ctx);

      // Some days later, whoever looks first brings the estimates along.
      const later = at(ctx, addDays(facts.books.today, days));
      await readLedger(later, async () => {});
      await expectRebuilt(later);
    }),
    { numRuns: RUNS },
  );
});
