import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadClosedMonths } from "@/lib/books/closed-data";
import type { Db } from "@/lib/db/client";
import { periodClosed } from "@/lib/domain/closed-months";
import { type Month, monthOf, monthsBetween } from "@/lib/domain/month";
import type { Import } from "@/lib/imports/schema";

/**
 * Asks before a worker would be refused: of what closed months the file brings something is known from reading it, or,
 * of use that costs something, by its days.
 *
 * @throws DomainError `period_closed`
 */
export async function assertClosedMonths(db: Db, ctx: Ctx, found: Import): Promise<void> {
  if (ctx.closedMonths === "correct") return;
  const closed = await loadClosedMonths(db, ctx);
  const months = monthsBrought(found).filter((month) => closed?.months.has(month));
  if (closed && months.length > 0) throw periodClosed(months, closed.firstOpen);
}

function monthsBrought({ preview, firstDay, lastDay }: Import): readonly Month[] {
  if (preview?.closedMonths) return preview.closedMonths;
  const costs = preview?.costs.some(({ costKind }) => costKind === "metered") ?? false;
  const changes = (preview?.newRows ?? 0) + (preview?.changedRows ?? 0) > 0;
  if (!costs || !changes || firstDay === null || lastDay === null) return [];
  return monthsBetween(monthOf(firstDay), monthOf(lastDay));
}
