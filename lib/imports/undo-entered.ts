import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import type { Db } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { Created } from "@/lib/imports/entered";
import { findCounting } from "@/lib/imports/invoices-data";
import {
  deleteMembers,
  deleteMemberships,
  deleteSeats,
  findMemberInUse,
  findMembershipVersions,
  findSeatVersions,
  restoreMembership,
} from "@/lib/imports/people-data";
import { voidInvoiceWithin } from "@/lib/invoices/service";
import { repost } from "@/lib/ledger/repost";

/**
 * Takes back what an import created, in a transaction that is under way: invoices are voided, seats and memberships
 * removed, the memberships that these ended put back, and members removed. What is gone already is left alone.
 *
 * @param created of the import's report, as it was
 * @throws DomainError `still_in_use`, naming what was changed since or what something else in the books refers to
 */
export async function undoEntered(db: Db, ctx: Ctx, created: readonly Created[]): Promise<void> {
  const idsOf = (kind: Created["kind"]) => created.filter((made) => made.kind === kind).map(({ id }) => id);
  const memberIds = idsOf("member");
  const invoiceIds = await voidInvoices(db, ctx, idsOf("invoice"));
  const subscriptionIds = await removeSeats(db, ctx, idsOf("assignment"));
  const moved = await removeMemberships(db, ctx, created, new Set(memberIds));
  await repost(db, ctx, { invoiceIds, subscriptionIds, memberIds: moved });
  await removeMembers(db, ctx, memberIds);
}

async function voidInvoices(db: Db, ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const counting = await findCounting(db, ctx, ids);
  for (const invoice of counting) await voidInvoiceWithin(db, ctx, { ...invoice, reason: "import undone" });
  return counting.map(({ id }) => id);
}

/** Answers the contracts that they were of. */
async function removeSeats(db: Db, ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const seats = await findSeatVersions(db, ctx, ids);
  const changed = seats.find(({ version }) => version > 1);
  if (changed) throw inUse(`The seat of ${changed.member.name} was changed since the import.`);
  await deleteSeats(db, ctx, ids);
  const bySubscription = Map.groupBy(seats, ({ subscriptionId }) => subscriptionId);
  for (const [subscriptionId, removed] of bySubscription) {
    await recordAudit(db, ctx, {
      action: "assignment.remove",
      targetType: "subscription",
      targetId: subscriptionId,
      before: { assignmentIds: removed.map(({ id }) => id) },
    });
  }
  return [...bySubscription.keys()];
}

/** Answers the members whose team changes by it, without those who go away themselves. */
async function removeMemberships(
  db: Db,
  ctx: Ctx,
  created: readonly Created[],
  leaving: ReadonlySet<string>,
): Promise<string[]> {
  const made = new Map(created.filter(({ kind }) => kind === "team_membership").map((one) => [one.id, one]));
  const memberships = await findMembershipVersions(db, ctx, [...made.keys()]);
  const byMember = Map.groupBy(memberships, ({ memberId }) => memberId);
  for (const own of byMember.values()) {
    // The import itself may have ended one of its own by the next; a later change ends the last.
    const [last] = own;
    if (last && last.version > 1)
      throw inUse(`The team of ${last.member.name} was changed since the import.`);
  }
  await deleteMemberships(db, ctx, [...made.keys()]);
  for (const [memberId, own] of byMember) {
    for (const { id } of own) {
      for (const before of made.get(id)?.before ?? []) await restoreMembership(db, ctx, memberId, before);
    }
    if (leaving.has(memberId)) continue;
    await recordAudit(db, ctx, {
      action: "membership.remove",
      targetType: "member",
      targetId: memberId,
      before: { membershipIds: own.map(({ id }) => id) },
    });
  }
  return [...byMember.keys()].filter((memberId) => !leaving.has(memberId));
}

async function removeMembers(db: Db, ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const used = await findMemberInUse(db, ctx, ids);
  if (used) throw inUse(`${used.name} ${used.use}.`);
  await deleteMembers(db, ctx, ids);
  for (const id of ids) {
    await recordAudit(db, ctx, {
      action: "member.remove",
      targetType: "member",
      targetId: id,
      before: { state: "active" },
      after: { state: "removed" },
    });
  }
}

const inUse = (what: string): DomainError =>
  new DomainError("still_in_use", `${what} The import cannot be undone as a whole; take that back first.`);
