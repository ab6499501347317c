import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import { Prisma } from "@/prisma/generated/client";

/**
 * Which sums of use the actor may see, as a condition on `u`: their own, those of the people they lead, and accounts as
 * far as they may.
 */
export function seen(ctx: Ctx): Prisma.Sql {
  const rows = visibility(ctx);
  if (rows.all) return Prisma.sql`true`;
  const own = Prisma.sql`u.member_id = ${rows.memberId}::uuid`;
  if (rows.teamIds.length === 0) return own;
  return Prisma.sql`(${own} OR (u.member_id IS NULL AND u.cost_kind = 'metered') OR u.member_id IN (
    SELECT member_id FROM team_membership WHERE organization_id = ${ctx.organization.id}::uuid
      AND team_id = ANY(${rows.teamIds}::uuid[]) AND starts_on <= ${ctx.now}::date AND (ends_on IS NULL OR ends_on > ${ctx.now}::date)))`;
}
