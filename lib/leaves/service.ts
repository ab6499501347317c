import "server-only";

import { authorize, authorizeTeam, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { can } from "@/lib/domain/permission";
import type { Page } from "@/lib/fields/schema";
import { findLeaves, insertLeave, removeLeave } from "@/lib/leaves/data";
import type { Leave, LeaveId, LeaveInput } from "@/lib/leaves/schema";
import { getMember } from "@/lib/members/data";

export async function listLeaves(ctx: Ctx, { id }: { id: string }): Promise<Page<Leave>> {
  authorize(ctx, "member:read");
  return await read(ctx, async (db) => {
    await getMember(db, ctx, id);
    return { data: await findLeaves(db, ctx, id), nextCursor: null };
  });
}

/** Says that a member is away for long; until they are back nobody asks about their seats. */
export async function createLeave(ctx: Ctx, input: LeaveInput): Promise<Leave> {
  authorize(ctx, "member:write");
  return await write(ctx, async (db) => {
    await assertOwn(db, ctx, input.id);
    const leave = await insertLeave(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "leave.create",
      targetType: "member",
      targetId: input.id,
      after: leave,
    });
    return leave;
  });
}

/** Takes a leave back. */
export async function deleteLeave(ctx: Ctx, input: LeaveId): Promise<void> {
  authorize(ctx, "member:write");
  await write(ctx, async (db) => {
    await assertOwn(db, ctx, input.id);
    const before = (await findLeaves(db, ctx, input.id)).find(({ id }) => id === input.leaveId);
    await removeLeave(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "leave.remove",
      targetType: "member",
      targetId: input.id,
      ...(before && { before }),
    });
    return null;
  });
}

/** A lead says so of the people of the teams that they lead. */
async function assertOwn(db: Db, ctx: Ctx, memberId: string): Promise<void> {
  const { team } = await getMember(db, ctx, memberId);
  if (can(ctx.actor.roles, "books:write_all")) return;
  if (team === null) throw new DomainError("forbidden", "You may do that only for the teams that you lead.");
  authorizeTeam(ctx, "member:write", team.id);
}
