import "server-only";

import { authorize, authorizeTeam, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { can } from "@/lib/domain/permission";
import type { Page } from "@/lib/fields/schema";
import { repost } from "@/lib/ledger/repost";
import {
  assertStays,
  findMembers,
  findMemberships,
  getMember,
  insertMember,
  insertMembership,
  updateMember,
} from "@/lib/members/data";
import type {
  Member,
  MemberChange,
  MemberFilter,
  MemberInput,
  Membership,
  MembershipInput,
} from "@/lib/members/schema";

/** The members that the actor may see, in the order of their making. */
export async function listMembers(ctx: Ctx, filter: MemberFilter): Promise<Page<Member>> {
  authorize(ctx, "member:read");
  return await read(ctx, (db) => findMembers(db, ctx, filter));
}

export async function readMember(ctx: Ctx, { id }: { id: string }): Promise<Member> {
  authorize(ctx, "member:read");
  return await read(ctx, (db) => getMember(db, ctx, id));
}

export async function listMemberships(ctx: Ctx, { id }: { id: string }): Promise<Page<Membership>> {
  authorize(ctx, "member:read");
  return await read(ctx, async (db) => {
    await getMember(db, ctx, id);
    return { data: await findMemberships(db, ctx, id), nextCursor: null };
  });
}

/** A new member; a lead makes members of the teams that they lead. */
export async function createMember(ctx: Ctx, input: MemberInput): Promise<Member> {
  authorize(ctx, "member:write");
  return await write(ctx, async (db) => {
    return await getMember(db, ctx, await createMemberWithin(db, ctx, input));
  });
}

/** The same in a transaction that is under way, for whoever may write members. */
export async function createMemberWithin(db: Db, ctx: Ctx, input: MemberInput): Promise<string> {
  if (!can(ctx.actor.roles, "books:write_all")) assertTeam(ctx, input.teamId);
  const id = await insertMember(db, ctx, input);
  await recordAudit(db, ctx, { action: "member.create", targetType: "member", targetId: id, after: input });
  return id;
}

function assertTeam(ctx: Ctx, teamId: string | null): void {
  if (teamId === null) throw new DomainError("forbidden", "Choose a team that you lead.");
  authorizeTeam(ctx, "member:write", teamId);
}

export async function changeMember(ctx: Ctx, change: MemberChange): Promise<Member> {
  authorize(ctx, "member:write");
  return await write(ctx, async (db) => {
    const before = await getMember(db, ctx, change.id);
    assertStays(before);
    if (!can(ctx.actor.roles, "books:write_all")) assertTeam(ctx, before.team?.id ?? null);
    await updateMember(db, ctx, change);
    const after = await getMember(db, ctx, change.id);
    await recordAudit(db, ctx, {
      action: "member.change",
      targetType: "member",
      targetId: change.id,
      before,
      after,
    });
    return after;
  });
}

/** Moves a member to another team from a day on; what their seats cost from then on counts there. */
export async function addMembership(ctx: Ctx, input: MembershipInput): Promise<Member> {
  authorizeTeam(ctx, "member:write", input.teamId);
  return await write(ctx, async (db) => {
    await addMembershipWithin(db, ctx, input);
    await repost(db, ctx, { memberIds: [input.id] });
    return await getMember(db, ctx, input.id);
  });
}

/** The same in a transaction that is under way; the caller posts what it touches. Answers the membership's id. */
export async function addMembershipWithin(db: Db, ctx: Ctx, input: MembershipInput): Promise<string> {
  authorizeTeam(ctx, "member:write", input.teamId);
  const before = await getMember(db, ctx, input.id);
  assertStays(before);
  const membershipId = await insertMembership(db, ctx, input);
  await recordAudit(db, ctx, {
    action: "membership.create",
    targetType: "member",
    targetId: input.id,
    before: { teamId: before.team?.id ?? null },
    after: { membershipId, teamId: input.teamId, startsOn: input.startsOn, endsOn: input.endsOn },
  });
  return membershipId;
}
