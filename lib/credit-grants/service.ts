import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import type { MeteredScope } from "@/lib/books/usage-data";
import { withBalances } from "@/lib/credit-grants/balances";
import {
  assertScope,
  findBought,
  findCreditCharges,
  findGrants,
  type GrantRow,
  getGrant,
  insertGrant,
  updateGrant,
  voidGrantRow,
} from "@/lib/credit-grants/data";
import type {
  CreditChargeChoice,
  CreditChargeFilter,
  CreditGrant,
  CreditGrantChange,
  CreditGrantFilter,
  CreditGrantInput,
  VoidGrantInput,
} from "@/lib/credit-grants/schema";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import { DATE_MAX } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import type { Page } from "@/lib/fields/schema";
import { repost } from "@/lib/ledger/repost";

/** The organization's credit with what each paid for and what is left of it, the last entered first. */
export async function listCreditGrants(ctx: Ctx, filter: CreditGrantFilter): Promise<Page<CreditGrant>> {
  authorize(ctx, "books:read_all");
  return await read(ctx, async (db) => {
    const page = await findGrants(db, ctx, filter);
    return { ...page, data: await withBalances(db, ctx, page.data) };
  });
}

/** The invoice lines that a credit may have been bought with. */
export async function listCreditCharges(
  ctx: Ctx,
  filter: CreditChargeFilter,
): Promise<Page<CreditChargeChoice>> {
  authorize(ctx, "books:read_all");
  return await read(ctx, (db) => findCreditCharges(db, ctx, filter));
}

export async function readCreditGrant(ctx: Ctx, { id }: { id: string }): Promise<CreditGrant> {
  authorize(ctx, "books:read_all");
  return await read(ctx, async (db) => standing(db, ctx, await getGrant(db, ctx, id)));
}

async function standing(db: Db, ctx: Ctx, row: GrantRow): Promise<CreditGrant> {
  return required((await withBalances(db, ctx, [row]))[0]);
}

/** Enters credit; from its first day on use is drawn from it. */
export async function createCreditGrant(ctx: Ctx, input: CreditGrantInput): Promise<CreditGrant> {
  authorize(ctx, "books:write_all");
  return await write(ctx, async (db) => {
    await assertScope(db, ctx, input);
    const { chargeId, serviceProviderId } = input;
    const bought = chargeId === null ? null : await findBought(db, ctx, { chargeId, serviceProviderId });
    const id = await insertGrant(db, ctx, input, bought);
    const grant = await getGrant(db, ctx, id);
    await repost(db, ctx, { usage: [daysOf(grant)] });
    await recordAudit(db, ctx, {
      action: "credit_grant.create",
      targetType: "credit_grant",
      targetId: id,
      after: traceOf(grant),
    });
    return await standing(db, ctx, grant);
  });
}

/** Puts credit right that was entered wrongly, or names the invoice line that bought it. */
export async function changeCreditGrant(ctx: Ctx, change: CreditGrantChange): Promise<CreditGrant> {
  authorize(ctx, "books:write_all");
  return await write(ctx, async (db) => {
    const before = await getGrant(db, ctx, change.id);
    assertChange(before, change);
    const serviceProviderId = before.serviceProvider.id;
    await assertScope(db, ctx, {
      serviceProviderId,
      apiAccountId: change.apiAccountId ?? null,
      subscriptionId: null,
    });
    const { chargeId } = change;
    const bought =
      typeof chargeId === "string" ? await findBought(db, ctx, { chargeId, serviceProviderId }) : chargeId;
    await updateGrant(db, ctx, change, bought);
    const after = await getGrant(db, ctx, change.id);
    const invoiceIds = [before, after].flatMap(({ charge }) => charge?.invoice.id ?? []);
    await repost(db, ctx, { usage: [daysOf(before), daysOf(after)], invoiceIds });
    await recordAudit(db, ctx, {
      action: "credit_grant.change",
      targetType: "credit_grant",
      targetId: change.id,
      before: traceOf(before),
      after: traceOf(after),
    });
    return await standing(db, ctx, after);
  });
}

/** Takes credit out of the books that should not be in them; what it paid for is cost again. */
export async function voidCreditGrant(ctx: Ctx, input: VoidGrantInput): Promise<CreditGrant> {
  authorize(ctx, "books:write_all");
  return await write(ctx, async (db) => {
    const before = await getGrant(db, ctx, input.id);
    if (before.void) throw voided();
    await voidGrantRow(db, ctx, input);
    const invoiceIds = before.charge ? [before.charge.invoice.id] : [];
    await repost(db, ctx, { usage: [daysOf(before)], invoiceIds });
    await recordAudit(db, ctx, {
      action: "credit_grant.void",
      targetType: "credit_grant",
      targetId: input.id,
      before: traceOf(before),
      after: { reason: input.reason },
    });
    return await standing(db, ctx, await getGrant(db, ctx, input.id));
  });
}

const voided = (): DomainError =>
  new DomainError("credit_void", "This credit was voided. Enter it anew if it exists after all.");

/** What the kind of a grant and its days allow. */
function assertChange(
  before: GrantRow,
  { apiAccountId, pooled, chargeId, startsOn, expiresOn }: CreditGrantChange,
) {
  if (before.void) throw voided();
  const allowance = before.kind === "allowance";
  const last = expiresOn === undefined ? before.expiresOn : expiresOn;
  const faults = {
    ...(allowance && apiAccountId && { apiAccountId: "An allowance is for the seats of a contract." }),
    ...(!allowance && pooled && { pooled: "Only an allowance is shared by seats." }),
    ...(before.kind !== "purchase" && chargeId && { chargeId: "Only a purchase was invoiced." }),
    ...(last !== null &&
      last <= (startsOn ?? before.startsOn) && { expiresOn: "This is not after the first day." }),
  };
  if (Object.keys(faults).length === 0) return;
  throw new DomainError("invalid_input", "Some fields are not valid.", { fields: faults });
}

/** The days on which a grant may pay for use. */
const daysOf = ({ serviceProvider, startsOn, expiresOn }: GrantRow): MeteredScope => ({
  serviceProviderId: serviceProvider.id,
  days: { start: startsOn, end: expiresOn ?? DATE_MAX },
});

/** Ids and amounts alone. */
function traceOf({
  serviceProvider,
  apiAccount,
  subscription,
  charge,
  note: _,
  void: __,
  ...grant
}: GrantRow) {
  return {
    ...grant,
    serviceProviderId: serviceProvider.id,
    apiAccountId: apiAccount?.id ?? null,
    subscriptionId: subscription?.id ?? null,
    chargeId: charge?.id ?? null,
  };
}
