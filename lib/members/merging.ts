import "server-only";

import { authorize, authorizeTeam, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, write } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { mergeMemberships } from "@/lib/domain/member-merge";
import { nameKey } from "@/lib/domain/name-matching";
import { can } from "@/lib/domain/permission";
import { refreshIdentities } from "@/lib/identities/repost";
import { repost } from "@/lib/ledger/repost";
import { assertStays, getMember } from "@/lib/members/data";
import {
  findIdentitiesOf,
  findMerging,
  findSeatOfBoth,
  joinMembers,
  type Merging,
  moveFacts,
} from "@/lib/members/merge-data";
import { moveLeads, saveMemberships } from "@/lib/members/merge-teams-data";
import { ALIASES_MAX, type Member, type MemberMerge } from "@/lib/members/schema";

/**
 * Makes one member of two who are the same person: seats, use, invoices, shares, teams and sign-in of the one become the
 * other's, and the one says where it went. What was paid keeps its line, team and product; only whose it is changes.
 *
 * @throws DomainError `assignment_overlap`, `membership_overlap`, `both_sign_in`, `member_merged`, `stale_version`
 */
export async function mergeMembers(ctx: Ctx, merge: MemberMerge): Promise<Member> {
  authorize(ctx, "member:write");
  const { id, intoMemberId } = merge;
  return await write(ctx, async (db) => {
    const before = [await getMember(db, ctx, id), await getMember(db, ctx, intoMemberId)];
    before.forEach(assertStays);
    const [merged, kept] = [await findMerging(db, ctx, id), await findMerging(db, ctx, intoMemberId)];
    for (const member of before) assertOwn(ctx, member, merged, kept);
    await assertPossible(db, ctx, merge, [merged, kept]);
    const memberships = mergeMemberships(kept, merged, utcDateOf(ctx.now));

    const identityIds = await findIdentitiesOf(db, ctx, id);
    await joinMembers(db, ctx, merge, knownBy(kept, merged));
    await moveFacts(db, ctx, merge);
    await saveMemberships(db, ctx, merge, memberships);
    await moveLeads(db, ctx, merge);
    const usage = await refreshIdentities(db, ctx, identityIds);
    await repost(db, ctx, { memberIds: [intoMemberId], usage });
    await recordAudit(db, ctx, {
      action: "member.merge",
      targetType: "member",
      targetId: id,
      before: { member: before[0], into: before[1], memberships: [merged.memberships, kept.memberships] },
      after: { intoMemberId, memberships },
    });
    return await getMember(db, ctx, intoMemberId);
  });
}

/** A lead merges people who were never in another team, and gives nobody a right by it. */
function assertOwn(ctx: Ctx, member: Member, merged: Merging, kept: Merging): void {
  if (can(ctx.actor.roles, "books:write_all")) return;
  if (member.team === null) throw new DomainError("forbidden", "Both have to be in a team that you lead.");
  for (const { teamId } of [...merged.memberships, ...kept.memberships])
    authorizeTeam(ctx, "member:write", teamId);
  if (merged.signsIn || merged.leads) {
    throw new DomainError("forbidden", "Only the owner and finance merge whoever signs in or leads a team.");
  }
}

async function assertPossible(
  db: Db,
  ctx: Ctx,
  merge: MemberMerge,
  [merged, kept]: readonly [Merging, Merging],
): Promise<void> {
  if (merged.signsIn && kept.signsIn) {
    const message = "Both can sign in, or are invited to. Take that away from one of them first.";
    throw new DomainError("both_sign_in", message, { fields: { intoMemberId: message } });
  }
  const seat = await findSeatOfBoth(db, ctx, merge);
  if (seat === null) return;
  const message = `On ${seat.day} both hold a seat of ${seat.plan} of ${seat.contract}, and one person cannot hold two.`;
  throw new DomainError("assignment_overlap", message, { fields: { intoMemberId: message } });
}

/** The names of both, so that files go on finding them; an address that has no room of its own is a name. */
function knownBy(kept: Merging, merged: Merging) {
  const email = kept.email ?? merged.email;
  const names = [merged.name, ...(merged.email === null ? [] : [merged.email]), ...merged.aliases];
  const aliases = [...kept.aliases];
  for (const name of names) {
    const known = [kept.name, email ?? "", ...aliases].some((one) => nameKey(one) === nameKey(name));
    if (!known && name.length <= 100) aliases.push(name);
  }
  if (aliases.length > ALIASES_MAX) {
    const message = `Together they have more than ${ALIASES_MAX} other names. Take some away first.`;
    throw new DomainError("invalid_input", message, { fields: { intoMemberId: message } });
  }
  return { email, aliases, userId: kept.userId ?? merged.userId };
}
