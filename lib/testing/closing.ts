import { createHash } from "node:crypto";

import type { Ctx } from "@/lib/auth/ctx";
import { accept } from "@/lib/closing/acceptances";
import { readChecklist } from "@/lib/closing/service";
import { write } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { type Month, monthsBetween } from "@/lib/domain/month";
import { bringUpToDateWithin } from "@/lib/ledger/repost";
import { acceptDifference } from "@/lib/reconciliation/service";

/** Closes months without a look at their checklists, for tests of what follows. */
export async function closeMonths(ctx: Ctx, from: Month, to: Month): Promise<void> {
  await write(ctx, async (db) => {
    await bringUpToDateWithin(db, ctx);
    const organizationId = ctx.organization.id;
    for (const month of monthsBetween(from, to)) {
      const id = newId();
      const content = Buffer.from(`closed for a test: ${month}`);
      const sha256 = createHash("sha256").update(content).digest("hex");
      const made = {
        content,
        sha256,
        rowCount: 0,
        totals: [],
        closedAt: ctx.now,
        closedById: ctx.actor.userId,
      };
      await db.closing.create({ data: { organizationId, id, month, ...made } });
      await db.closedPeriod.create({ data: { organizationId, month, closingId: id } });
    }
    return null;
  });
}

/** Accepts whatever stands against closing a month, but that the month before is open. */
export async function clearChecklist(ctx: Ctx, month: Month): Promise<void> {
  const note = "as it is";
  for (const { kind, rows } of (await readChecklist(ctx, { month })).items) {
    for (const { subjectId, amount, acceptance } of rows) {
      if (acceptance || kind === "month_before") continue;
      if (kind === "difference")
        await acceptDifference(ctx, { month, id: subjectId, type: "unexplained", amount, note });
      else await accept(ctx, { month, kind, subjectId, note });
    }
  }
}
