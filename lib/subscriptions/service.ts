import "server-only";

import { authorize, authorizeTeam, type Ctx } from "@/lib/auth/ctx";
import { loadSubscriptions } from "@/lib/books/data";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import { INPUT_MINOR_MAX } from "@/lib/domain/money";
import { assertSeatLedger } from "@/lib/domain/seat-ledger";
import type { Page } from "@/lib/fields/schema";
import { repost } from "@/lib/ledger/repost";
import { assertNotMerged } from "@/lib/members/data";
import {
  deleteTerm,
  findOwner,
  findPlansOfProvider,
  findSubscriptions,
  getSubscription,
  insertSubscription,
  insertTerm,
  updateSubscription,
  updateTerm,
} from "@/lib/subscriptions/data";
import type {
  Subscription,
  SubscriptionChange,
  SubscriptionFilter,
  SubscriptionInput,
  SubscriptionSummary,
  TermChange,
  TermInput,
} from "@/lib/subscriptions/schema";

export async function listSubscriptions(
  ctx: Ctx,
  filter: SubscriptionFilter,
): Promise<Page<SubscriptionSummary>> {
  authorize(ctx, "seat:read");
  return await read(ctx, (db) => findSubscriptions(db, ctx, filter));
}

export async function readSubscription(ctx: Ctx, { id }: { id: string }): Promise<Subscription> {
  authorize(ctx, "seat:read");
  return await read(ctx, (db) => getSubscription(db, ctx, id));
}

/** A contract with what was bought and who holds it; from then on its seats are expected and estimated. */
export async function createSubscription(ctx: Ctx, input: SubscriptionInput): Promise<Subscription> {
  authorizeTeam(ctx, "seat:write", input.teamId);
  assertTermsInOrder(input);
  withTerms(input).terms.forEach((term, index) => {
    assertCost(term, `terms.${index}.unitPrice`);
  });
  return await write(ctx, async (db) => {
    await assertPlans(
      db,
      ctx,
      input.serviceProviderId,
      [...input.terms, ...input.assignments].map(({ planId }) => planId),
    );
    assertSeatLedger({ endsOn: null, ...withTerms(input) });
    await assertNotMerged(
      db,
      ctx,
      input.assignments.map(({ memberId }) => memberId),
    );
    const id = await insertSubscription(db, ctx, input);
    return await posted(db, ctx, id, "subscription.create", { after: input });
  });
}

export async function changeSubscription(ctx: Ctx, change: SubscriptionChange): Promise<Subscription> {
  authorize(ctx, "seat:write");
  return await write(ctx, async (db) => {
    const before = await getSubscription(db, ctx, change.id);
    authorizeTeam(ctx, "seat:write", before.team.id);
    if (change.teamId) authorizeTeam(ctx, "seat:write", change.teamId);
    if (change.endsOn && change.endsOn < before.billingAnchor) {
      throw fieldError("endsOn", `The contract began on ${before.billingAnchor}.`);
    }
    await updateSubscription(db, ctx, change);
    return await posted(db, ctx, change.id, "subscription.change", { before, after: change });
  });
}

/** From a day on, another number of seats or another price. */
export async function addTerm(ctx: Ctx, input: TermInput): Promise<Subscription> {
  return await changeTerms(ctx, input.id, "term.create", input, async (db) => {
    const { serviceProviderId } = await findOwner(db, ctx, input.id);
    await assertPlans(db, ctx, serviceProviderId, [input.planId]);
    await insertTerm(db, ctx, input);
  });
}

export async function changeTerm(ctx: Ctx, change: TermChange): Promise<Subscription> {
  return await changeTerms(ctx, change.id, "term.change", change, (db) => updateTerm(db, ctx, change));
}

export async function removeTerm(ctx: Ctx, input: { id: string; termId: string }): Promise<Subscription> {
  return await changeTerms(ctx, input.id, "term.remove", input, (db) => deleteTerm(db, ctx, input));
}

async function changeTerms(
  ctx: Ctx,
  id: string,
  action: string,
  after: { readonly termId: string } | Pick<TermInput, "planId" | "startsOn">,
  change: (db: Db) => Promise<void>,
): Promise<Subscription> {
  authorize(ctx, "seat:write");
  return await write(ctx, async (db) => {
    const before = await getSubscription(db, ctx, id);
    authorizeTeam(ctx, "seat:write", before.team.id);
    await change(db);
    return await posted(db, ctx, id, action, { ...beforeOf(before, after), after });
  });
}

/** The term that is changed, or that one of its plan holds good until a new one begins. */
function beforeOf(
  { terms }: Subscription,
  after: { readonly termId: string } | Pick<TermInput, "planId" | "startsOn">,
): { before?: object } {
  const term =
    "termId" in after
      ? terms.find(({ id }) => id === after.termId)
      : terms
          .filter(({ plan, startsOn }) => plan.id === after.planId && startsOn < after.startsOn)
          .toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
          .at(-1);
  if (term === undefined) return {};
  const { seats, unitPrice, startsOn, plan } = term;
  return { before: { planId: plan.id, startsOn, seats, unitPrice } };
}

/** Checks the seats as they now stand, posts what they cost, leaves the trace and answers the contract. */
async function posted(
  db: Db,
  ctx: Ctx,
  id: string,
  action: string,
  change: { before?: object; after: object },
): Promise<Subscription> {
  const facts = required((await loadSubscriptions(db, ctx, [id])).get(id));
  if (facts.terms.length === 0)
    throw fieldError("termId", "A contract keeps at least one term. End the contract instead.");
  for (const term of facts.terms) assertCost(term, "unitPrice");
  assertSeatLedger(facts);
  await repost(db, ctx, { subscriptionIds: [id] });
  await recordAudit(db, ctx, { action, targetType: "subscription", targetId: id, ...change });
  return await getSubscription(db, ctx, id);
}

async function assertPlans(
  db: Db,
  ctx: Ctx,
  serviceProviderId: string,
  planIds: readonly string[],
): Promise<void> {
  const sold = await findPlansOfProvider(db, ctx, serviceProviderId, planIds);
  for (const planId of planIds) {
    // Missing, somebody else's and another provider's look the same.
    if (!sold.has(planId))
      throw new DomainError("not_found", "This provider sells no such plan.", {
        fields: { planId: "Choose a plan of this provider." },
      });
  }
}

function assertTermsInOrder({ terms, billingAnchor }: SubscriptionInput): void {
  const seen = new Set<string>();
  for (const [index, { planId, startsOn }] of terms.entries()) {
    const key = `${planId} ${startsOn}`;
    if (seen.has(key))
      throw fieldError(`terms.${index}.startsOn`, "This plan already has a term from this day.");
    seen.add(key);
  }
  const first = terms.reduce(
    (day, { startsOn }) => (startsOn < day ? startsOn : day),
    terms[0]?.startsOn ?? "",
  );
  if (first < billingAnchor)
    throw fieldError("billingAnchor", `The first cycle begins after the first seats, on ${first}.`);
}

/** All seats of a term together cost what one amount may be, so that what is expected of it can be counted. */
function assertCost(
  { seats, unitPriceMinor }: { seats: number; unitPriceMinor: number },
  field: string,
): void {
  if (seats * unitPriceMinor > INPUT_MINOR_MAX)
    throw fieldError(field, "All seats together cost more than the books can hold.");
}

const withTerms = ({ terms, assignments }: SubscriptionInput) => ({
  terms: terms.map(({ unitPrice, ...term }) => ({
    ...term,
    unitPriceMinor: unitPrice.minor,
    currency: unitPrice.currency,
  })),
  assignments,
});

const fieldError = (field: string, message: string): DomainError =>
  new DomainError("invalid_input", message, { fields: { [field]: message } });
