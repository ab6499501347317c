import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { Page } from "@/lib/fields/schema";
import { assertNotMerged } from "@/lib/members/data";
import {
  endLead,
  findTeams,
  getTeam,
  hasMembers,
  insertLead,
  insertTeam,
  updateTeam,
} from "@/lib/teams/data";
import type { LeadChange, LeadInput, Team, TeamChange, TeamInput } from "@/lib/teams/schema";

/** The cost centres, in the order of their making. Their names are what everybody chooses from. */
export async function listTeams(
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Team>> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => findTeams(db, ctx, page));
}

export async function readTeam(ctx: Ctx, { id }: { id: string }): Promise<Team> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => getTeam(db, ctx, id));
}

export async function createTeam(ctx: Ctx, input: TeamInput): Promise<Team> {
  authorize(ctx, "team:write");
  return await write(ctx, async (db) => {
    const id = await insertTeam(db, ctx, input);
    await recordAudit(db, ctx, { action: "team.create", targetType: "team", targetId: id, after: input });
    return await getTeam(db, ctx, id);
  });
}

export async function changeTeam(ctx: Ctx, change: TeamChange): Promise<Team> {
  authorize(ctx, "team:write");
  return await write(ctx, async (db) => {
    const before = await getTeam(db, ctx, change.id);
    if (change.archived && (await hasMembers(db, ctx, change.id))) {
      throw new DomainError("still_in_use", "Move the people of this team first.");
    }
    await updateTeam(db, ctx, change);
    const after = await getTeam(db, ctx, change.id);
    await recordAudit(db, ctx, {
      action: "team.change",
      targetType: "team",
      targetId: change.id,
      before,
      after,
    });
    return after;
  });
}

/** From a day on, a member leads the team, and sees its people and money if they hold the role. */
export async function addLead(ctx: Ctx, input: LeadInput): Promise<Team> {
  authorize(ctx, "team:write");
  return await write(ctx, async (db) => {
    await getTeam(db, ctx, input.id);
    await assertNotMerged(db, ctx, [input.memberId]);
    const leadId = await insertLead(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "team.lead",
      targetType: "team",
      targetId: input.id,
      after: { leadId, ...input },
    });
    return await getTeam(db, ctx, input.id);
  });
}

export async function removeLead(ctx: Ctx, input: LeadChange): Promise<Team> {
  authorize(ctx, "team:write");
  return await write(ctx, async (db) => {
    await endLead(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "team.lead_end",
      targetType: "team",
      targetId: input.id,
      after: input,
    });
    return await getTeam(db, ctx, input.id);
  });
}
