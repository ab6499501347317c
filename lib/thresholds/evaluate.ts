import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findVersionStates } from "@/lib/budgets/versions-data";
import { recordAudit } from "@/lib/db/audit";
import type { Db } from "@/lib/db/client";
import { currentVersion } from "@/lib/domain/budget-plan";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { sumMinor } from "@/lib/domain/money";
import { monthOf, shiftMonth } from "@/lib/domain/month";
import { isReached } from "@/lib/domain/threshold";
import { writeAlertMessages } from "@/lib/messages/alert-messages";
import { findMonthSums, findWatched, insertAlerts, type MonthSum } from "@/lib/thresholds/evaluation-data";

/**
 * Raises an alert for each threshold that a month's cost has reached, in the transaction that changed the cost or the
 * budget. It looks at the running month and the one before, whose invoices still come; a forecast is the running month's.
 */
export async function raiseAlerts(db: Db, ctx: Ctx): Promise<void> {
  const watched = await findWatched(db, ctx);
  if (watched.length === 0) return;
  const running = monthOf(utcDateOf(ctx.now));
  const months = [shiftMonth(running, -1), running];
  const states = await findVersionStates(db, ctx, { from: months[0] ?? running, to: running });
  for (const month of months) {
    const version = currentVersion(month, states);
    if (!version) continue;
    const { actual, expected, planned } = await findMonthSums(db, ctx, { month, versionId: version.id });
    const reached = watched.flatMap((threshold) => {
      const { purpose, team, basis, percent } = threshold;
      if (basis === "forecast" && month !== running) return [];
      const line = { purpose, teamId: team?.id ?? null };
      const budgetedMinor = sumOf(planned, line);
      const actualMinor = sumOf(actual, line) ?? 0;
      const expectedMinor = basis === "forecast" ? (sumOf(expected, line) ?? 0) : null;
      const comparedMinor = sumMinor([actualMinor, expectedMinor ?? 0]);
      if (budgetedMinor === null || !isReached(percent, { budgetedMinor, actualMinor: comparedMinor }))
        return [];
      return { share: threshold, month, budgetedMinor, actualMinor, expectedMinor };
    });
    const rows = reached.map(({ share, ...sums }) => ({ thresholdId: share.id, ...sums }));
    for (const { id, thresholdId } of await insertAlerts(db, ctx, rows)) {
      await recordAudit(db, ctx, {
        action: "alert.raise",
        targetType: "alert",
        targetId: id,
        after: { month },
      });
      const raised = reached.find(({ share }) => share.id === thresholdId);
      if (raised) await writeAlertMessages(db, ctx, { ...raised, id });
    }
  }
}

/** What a threshold looks at: a line or both with what belongs to neither, of a team or of all; null without any. */
function sumOf(
  sums: readonly MonthSum[],
  { purpose, teamId }: Pick<MonthSum, "teamId"> & { readonly purpose: MonthSum["purpose"] | null },
): number | null {
  const own = sums.filter(
    (sum) => (purpose === null || sum.purpose === purpose) && (teamId === null || sum.teamId === teamId),
  );
  return own.length === 0 ? null : sumMinor(own.map(({ minor }) => minor));
}
