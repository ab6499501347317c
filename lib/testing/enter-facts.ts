import { accountInput, type ClassificationInput, classificationInput } from "@/lib/accounts/schema";
import { classify, createAccount } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { createPlan, createServiceProvider } from "@/lib/catalogue/service";
import { createCreditGrant } from "@/lib/credit-grants/service";
import { transact, write } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { addDays } from "@/lib/domain/calendar-date";
import type { Charge, CreditGrant, Invoice, Subscription } from "@/lib/domain/facts";
import type { MeteredDay } from "@/lib/domain/metered";
import type { UsageCostKind } from "@/lib/domain/usage";
import { type InvoiceBody, type InvoiceFacts, invoiceFacts } from "@/lib/invoices/schema";
import { postInvoice } from "@/lib/invoices/service";
import { repost } from "@/lib/ledger/repost";
import { addMembership, createMember } from "@/lib/members/service";
import { createProduct } from "@/lib/products/service";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { changeSubscription, createSubscription } from "@/lib/subscriptions/service";
import { createTeam } from "@/lib/teams/service";
import { MEMBERS, type RandomFacts, TEAMS } from "@/lib/testing/random-facts";
import { refreshRollups } from "@/lib/usage/rollup-data";

/** What a made-up name ("team-a") is called in the books. */
export type Ids = ReadonlyMap<string, string>;
export type Step = () => Promise<unknown>;

const PRODUCTS = ["product-a", "product-b"];
const PROVIDERS = ["provider-a", "provider-b"];

/** Enters what everything else refers to, always in the same order, because odd cents go by it. */
export async function enterBase(ctx: Ctx, { books }: RandomFacts): Promise<Ids> {
  const ids = new Map<string, string>();
  const id = (name: string | null) => (name === null ? null : (ids.get(name) ?? null));
  for (const name of TEAMS) ids.set(name, (await createTeam(ctx, { name, code: name })).id);
  for (const name of PRODUCTS) ids.set(name, (await createProduct(ctx, { name, endsOn: null })).id);
  for (const name of PROVIDERS) ids.set(name, (await createServiceProvider(ctx, { name, website: null })).id);
  for (const name of MEMBERS) {
    const [first] = books.memberships.get(name) ?? [];
    const member = { name, kind: "person" as const, email: null, aliases: [] };
    const team = { teamId: id(first?.teamId ?? null), startsOn: first?.startsOn ?? null };
    ids.set(name, (await createMember(ctx, { ...member, ...team })).id);
  }
  const serviceProviderId = ids.get("provider-a") ?? "";
  for (const [name, prorationRule] of books.prorationRules) {
    const plan = { serviceProviderId, name, prorationRule, minimumSeats: 1, includedAllowance: null };
    ids.set(name, (await createPlan(ctx, plan)).id);
  }
  for (const account of books.apiAccounts.values()) {
    const fields = { parentId: id(account.parentId), serviceProviderId, kind: "workspace", name: account.id };
    ids.set(account.id, (await createAccount(ctx, accountInput.parse(fields))).id);
  }
  await enterRates(ctx, books.rates);
  for (const contract of books.subscriptions.values())
    ids.set(contract.id, (await createSubscription(ctx, subscriptionOf(contract, ids))).id);
  return ids;
}

/** A hundred rates at once; the service would post the books anew for each. */
async function enterRates(
  { organization: { id: organizationId }, now }: Ctx,
  rates: RandomFacts["books"]["rates"],
) {
  const rows = rates.map(({ date, from, to, rate }) => ({
    organizationId,
    id: newId(),
    date: toDbDate(date),
    fromCurrency: from,
    toCurrency: to,
    rate,
    source: "made up",
    createdAt: now,
  }));
  await transact({ organizationId }, (db) => db.exchangeRate.createMany({ data: rows }));
}

function subscriptionOf(contract: Subscription, ids: Ids) {
  const id = (name: string | null) => (name === null ? null : ids.get(name));
  return subscriptionInput.parse({
    name: contract.id,
    serviceProviderId: id(contract.serviceProviderId),
    teamId: id(contract.teamId),
    billingInterval: contract.billingInterval,
    billingAnchor: contract.billingAnchor,
    defaultPurpose: contract.defaultPurpose,
    defaultProductId: id(contract.defaultProductId),
    terms: contract.terms.map(({ planId, startsOn, seats, unitPriceMinor, currency }) => ({
      planId: id(planId),
      startsOn,
      seats,
      unitPrice: { minor: unitPriceMinor, currency },
    })),
    assignments: contract.assignments.map(({ memberId, planId, productId, ...held }) => ({
      ...held,
      memberId: id(memberId),
      planId: id(planId),
      productId: id(productId),
    })),
  });
}

/** The rest of the facts, a step each, in no order that matters. */
export function remainingSteps(ctx: Ctx, { books, invoices }: RandomFacts, ids: Ids): Step[] {
  const id = (name: string) => ids.get(name) ?? "";
  const moves = [...books.memberships.values()].flatMap((memberships) => memberships.slice(1));
  const contracts = [...books.subscriptions.values()];
  return [
    ...moves.map(
      ({ memberId, teamId, startsOn }) =>
        () =>
          addMembership(ctx, { id: id(memberId), teamId: id(teamId), startsOn, endsOn: null }),
    ),
    ...classificationsOf(books.apiAccounts.values(), ids).map((input) => () => classify(ctx, input)),
    ...contracts.flatMap(({ id: name, endsOn }) =>
      endsOn === null ? [] : [() => changeSubscription(ctx, { id: id(name), version: 1, endsOn })],
    ),
    ...invoices.map((invoice) => () => postInvoice(ctx, invoiceOf(invoice, ids))),
    ...books.usage.map((used) => () => enterUsage(ctx, used, ids)),
    ...books.credits.seatUse.map(
      (used) => () => enterUsage(ctx, used, ids, used.onTop ? "on_top" : "api_equivalent"),
    ),
    ...books.credits.grants.map((grant) => () => enterGrant(ctx, grant, ids)),
  ];
}

/** A day's use as an import sums it up. */
async function enterUsage(
  ctx: Ctx,
  { costNano, ...used }: MeteredDay,
  ids: Ids,
  costKind: UsageCostKind = "metered",
): Promise<void> {
  const id = (name: string | null) => (name === null ? null : (ids.get(name) ?? null));
  const serviceProviderId = id(used.serviceProviderId) ?? "";
  await write(ctx, async (db) => {
    const identityId = newId();
    const own = { organizationId: ctx.organization.id, serviceProviderId };
    const named = { kind: "workspace" as const, externalId: identityId, name: "used", createdAt: ctx.now };
    await db.identity.create({ data: { ...own, id: identityId, ...named } });
    const whose = { memberId: id(used.memberId), apiAccountId: id(used.apiAccountId) };
    if (whose.memberId ?? whose.apiAccountId) {
      await db.identityMatch.create({
        data: {
          ...{ organizationId: ctx.organization.id, id: newId(), identityId, createdAt: ctx.now },
          ...{ ...whose, startsOn: toDbDate(used.day) },
        },
      });
    }
    await db.usage.create({
      data: {
        ...{ organizationId: ctx.organization.id, identityId, day: toDbDate(used.day), key: 1n },
        ...{ importId: newId(), source: "cursor_usage", model: "a model", serviceTier: "standard" },
        ...{ uncachedInput: 0n, cacheRead: 0n, cacheWrite5m: 0n, cacheWrite1h: 0n, output: 0n, requests: 0n },
        ...{ costKind, currency: used.currency, costNano, spreadDays: 1 },
      },
    });
    await refreshRollups(db, ctx, { identityIds: [identityId], firstDay: used.day, lastDay: used.day });
    const days = { start: used.day, end: addDays(used.day, 1) };
    await repost(db, ctx, { usage: [{ serviceProviderId, days }] });
  });
}

/** Credit; the line that bought it is named later, when it is in the books. */
function enterGrant(ctx: Ctx, { amountMinor, currency, ...grant }: CreditGrant, ids: Ids) {
  const id = (name: string | null) => (name === null ? null : (ids.get(name) ?? null));
  const { kind, pooled, startsOn, expiresOn } = grant;
  return createCreditGrant(ctx, {
    kind,
    pooled,
    startsOn,
    expiresOn,
    amount: { minor: amountMinor, currency },
    serviceProviderId: id(grant.serviceProviderId) ?? "",
    apiAccountId: id(grant.apiAccountId),
    subscriptionId: id(grant.subscriptionId),
    chargeId: null,
    note: "",
  });
}

function classificationsOf(
  accounts: Iterable<{
    readonly id: string;
    readonly classifications: readonly { readonly startsOn: string; readonly shares: readonly object[] }[];
  }>,
  ids: Ids,
): ClassificationInput[] {
  return [...accounts].flatMap(({ id, classifications }) =>
    classifications.map(({ startsOn, shares }) =>
      classificationInput.parse({ id: ids.get(id), startsOn, shares: named(shares, ids) }),
    ),
  );
}

/** Shares and charges with the ids of the books in place of made-up names. */
function named<T extends object>(rows: readonly T[], ids: Ids): object[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        key.endsWith("Id") && typeof value === "string" ? ids.get(value) : value,
      ]),
    ),
  );
}

/** A random invoice as somebody could have typed it. */
export function invoiceOf(invoice: Invoice, ids: Ids): InvoiceFacts {
  const money = (minor: number) => ({ minor, currency: invoice.currency });
  const positions = new Map(invoice.charges.map(({ id }, index) => [id, index]));
  const body: InvoiceBody = {
    type: invoice.billedCostMinor < 0 ? "credit_note" : "invoice",
    number: invoice.id,
    serviceProviderId: ids.get(invoice.serviceProviderId) ?? "",
    issueDate: invoice.issueDate,
    billedCost: money(invoice.billedCostMinor),
    charges: invoice.charges.map((charge) => chargeOf(charge, invoice, { ids, positions })),
  };
  return invoiceFacts.parse(body);
}

type Known = { readonly ids: Ids; readonly positions: ReadonlyMap<string, number> };

function chargeOf(charge: Charge, { issueDate, currency }: Invoice, { ids, positions }: Known) {
  const id = (name: string | null) => (name === null ? null : (ids.get(name) ?? null));
  const { chargeCategory, outOfScope, shares } = charge;
  const needsPeriod = (chargeCategory === "usage" || chargeCategory === "purchase") && !outOfScope;
  const inIssueMonth = { start: issueDate, end: addDays(issueDate, 30) };
  return {
    chargeCategory,
    description: charge.id,
    chargePeriod: charge.chargePeriod ?? (needsPeriod ? inIssueMonth : null),
    quantity: charge.quantity === null ? null : String(charge.quantity),
    billedCost: { minor: charge.billedCostMinor, currency },
    subscriptionId: id(charge.subscriptionId),
    planId: id(charge.planId),
    apiAccountId: id(charge.apiAccountId),
    outOfScope,
    memberId: shares.length > 0 ? null : id(charge.memberId),
    shares: named(shares, ids) as InvoiceFacts["charges"][number]["shares"],
    follows: charge.follows.flatMap((followed) => positions.get(followed) ?? []),
    recoverableBasisPoints: charge.recoverableBasisPoints,
    selfAssessed: charge.selfAssessed,
  };
}
