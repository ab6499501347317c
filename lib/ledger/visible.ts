import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import { Prisma } from "@/prisma/generated/client";

/**
 * Which entries the actor may see, as a condition on `ledger_entry` (or on `ledger_total`, when no person is in it):
 * all of them, those of the teams that they lead, their own.
 */
export function seenEntries(ctx: Ctx): { readonly where: Prisma.Sql; readonly needsMembers: boolean } {
  const seen = visibility(ctx);
  if (seen.all) return { where: Prisma.sql`true`, needsMembers: false };
  const ofTeams = Prisma.sql`team_id = ANY(${[...seen.teamIds]}::uuid[])`;
  if (seen.memberId === null) return { where: ofTeams, needsMembers: false };
  return { where: Prisma.sql`(${ofTeams} OR member_id = ${seen.memberId}::uuid)`, needsMembers: true };
}
