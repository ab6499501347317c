import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { loadContracts, loadProrationRules, loadSeatFees } from "@/lib/books/data";
import { loadTaxDefaults } from "@/lib/books/tax-data";
import { type Db, read } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { expectedCharges } from "@/lib/domain/expected-charges";
import { type ExpectedSeatFee, expectedSeatFees, expectsMetered } from "@/lib/domain/expected-invoice";
import type { ProrationRule, Subscription } from "@/lib/domain/facts";
import { type Month, periodOfMonth } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { coverSeats, type SeatFee } from "@/lib/domain/seat-coverage";
import type { TaxDefaults } from "@/lib/domain/tax";
import { meteredBody, seatBody } from "@/lib/expected-invoices/body";
import {
  type AccountTree,
  type BegunDraft,
  type ExpectingContract,
  findAccountTrees,
  findBegunDrafts,
  findContracts,
  findPlanNames,
} from "@/lib/expected-invoices/data";
import type { ExpectedInvoice, ExpectedInvoices } from "@/lib/expected-invoices/schema";
import { findDuties } from "@/lib/invoice-duties/data";
import { dueByOf } from "@/lib/invoice-duties/due-by";

/**
 * The invoices that the contracts of the actor should bring in a month and that are not there yet, each ready to be
 * entered: seat contracts by what their ledger expects, metered accounts by having been charged lately.
 */
export async function listExpectedInvoices(ctx: Ctx, { month }: { month: Month }): Promise<ExpectedInvoices> {
  authorize(ctx, "invoice:read");
  return await read(ctx, async (db) => ({ month, data: await expectedWithin(db, ctx, month) }));
}

/** The same in a transaction that is under way. */
export async function expectedWithin(db: Db, ctx: Ctx, month: Month): Promise<ExpectedInvoice[]> {
  if (month < ctx.organization.booksStart) return [];
  const drafts = can(ctx.actor.roles, "draft:use")
    ? await findBegunDrafts(db, ctx, month)
    : new Map<string, BegunDraft>();
  const begun = { drafts, taxes: await loadTaxDefaults(db, ctx) };
  const seats = await expectedOfSeats(db, ctx, month, begun);
  const metered = can(ctx.actor.roles, "account:read") ? await expectedOfAccounts(db, ctx, month, begun) : [];
  const duties = await findDuties(db, ctx);
  return [...seats, ...metered].map((one) => ({
    ...one,
    due: dueByOf(duties.get(one.contract.id), month, ctx),
  }));
}

/** What is expected, before it is known who enters it. */
type Undue = Omit<ExpectedInvoice, "due">;

type Drafts = ReadonlyMap<string, BegunDraft>;
type Begun = { readonly drafts: Drafts; readonly taxes: ReadonlyMap<string, TaxDefaults> };

async function expectedOfSeats(db: Db, ctx: Ctx, month: Month, { drafts, taxes }: Begun): Promise<Undue[]> {
  const contracts = await findContracts(db, ctx);
  const ids = contracts.map(({ id }) => id);
  const subscriptions = await loadContracts(db, ctx, ids);
  const rules = await loadProrationRules(db, ctx, [...subscriptions.values()]);
  const invoiced = await loadSeatFees(db, ctx, ids);
  const due = contracts.flatMap((contract) => {
    const subscription = subscriptions.get(contract.id);
    if (!subscription) return [];
    const fees = feesOf(subscription, { month, rules, invoiced: invoiced.get(contract.id) ?? [] });
    // A contract whose plans are priced in several currencies brings an invoice in each.
    return [...Map.groupBy(fees, ({ currency }) => currency).values()].map((group) => ({
      contract,
      fees: group,
    }));
  });
  const planNames = await findPlanNames(db, ctx, [
    ...new Set(due.flatMap(({ fees }) => fees.map(({ planId }) => planId))),
  ]);
  return due.map(({ contract, fees }) =>
    expected(
      "subscription",
      contract,
      drafts,
      seatBody(contract, fees, planNames, taxes.get(contract.serviceProvider.id) ?? null),
    ),
  );
}

type Known = {
  readonly month: Month;
  readonly rules: ReadonlyMap<string, ProrationRule>;
  readonly invoiced: readonly SeatFee[];
};

function feesOf(subscription: Subscription, { month, rules, invoiced }: Known): ExpectedSeatFee[] {
  const rows = expectedCharges(subscription, rules, periodOfMonth(month).end);
  return expectedSeatFees(coverSeats(rows, invoiced), month);
}

async function expectedOfAccounts(
  db: Db,
  ctx: Ctx,
  month: Month,
  { drafts, taxes }: Begun,
): Promise<Undue[]> {
  const today = utcDateOf(ctx.now);
  const trees = await findAccountTrees(db, ctx, month);
  return trees
    .filter(({ accounts }: AccountTree) =>
      expectsMetered(
        accounts.flatMap(({ charged }) => charged),
        month,
      ),
    )
    .map((tree) => {
      const defaults = taxes.get(tree.serviceProvider.id) ?? null;
      return expected("api_account", tree, drafts, meteredBody(tree, { month, today, defaults }));
    });
}

const expected = (
  kind: ExpectedInvoice["kind"],
  { id, name, serviceProvider }: ExpectingContract,
  drafts: Drafts,
  invoice: Pick<ExpectedInvoice, "currency" | "body">,
): Undue => ({
  kind,
  contract: { id, name },
  serviceProvider,
  ...invoice,
  draft: drafts.get(id) ?? null,
});
