import { expect } from "vitest";

import { changeAccount, classify } from "@/lib/accounts/service";
import { changeAssignment, listAssignments } from "@/lib/assignments/service";
import type { Ctx } from "@/lib/auth/ctx";
import { changeCreditGrant, listCreditGrants, voidCreditGrant } from "@/lib/credit-grants/service";
import { transact } from "@/lib/db/client";
import { addDays } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { invoiceFilter } from "@/lib/invoices/schema";
import { changeInvoice, listInvoices, voidInvoice } from "@/lib/invoices/service";
import { mergeMembers } from "@/lib/members/merging";
import { addMembership, readMember } from "@/lib/members/service";
import { changeRate, listRates } from "@/lib/rates/service";
import { addTerm, changeSubscription, changeTerm, readSubscription } from "@/lib/subscriptions/service";
import { type Ids, invoiceOf } from "@/lib/testing/enter-facts";
import { MEMBERS, type RandomFacts, TEAMS } from "@/lib/testing/random-facts";

/** A change is made or refused; any other failure is a bug. */
async function tried(change: Promise<unknown>): Promise<void> {
  await change.catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
}

/** Every way to change what was entered, in the order of `picks`, which also choose what they are about. */
export async function changeThings(
  ctx: Ctx,
  { invoices, books }: RandomFacts,
  ids: Ids,
  picks: readonly number[],
) {
  const id = (name: string) => ids.get(name) ?? "";
  const pick = <T>(from: readonly T[], by: number): T => from[by % from.length] as T;
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
