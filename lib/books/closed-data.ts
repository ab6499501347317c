import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { type ClosedMonths, closedMonths } from "@/lib/domain/closed-months";

export async function loadClosedMonths(db: Db, ctx: Ctx): Promise<ClosedMonths> {
  const rows = await db.closedPeriod.findMany({
    where: { organizationId: ctx.organization.id },
    select: { month: true },
  });
  return closedMonths(rows.map(({ month }) => month));
}
