import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type ActualSum, type AmountChange, findActual, findAmounts } from "@/lib/budgets/grid-data";
import { type TargetKey, targetText, type VersionCopy } from "@/lib/budgets/schema";
import { getVersion } from "@/lib/budgets/versions-data";
import type { Db } from "@/lib/db/client";
import { changedBy, monthsOfYear, YEAR_MONTHS } from "@/lib/domain/budget-plan";
import { invariant } from "@/lib/domain/errors";
import { sumMinor } from "@/lib/domain/money";
import { type Month, shiftMonth } from "@/lib/domain/month";

/** The amounts with which a new version of a year begins. */
export async function copiedAmounts(
  db: Db,
  ctx: Ctx,
  fiscalYear: Month,
  { source, versionId, divideBy, changeBasisPoints }: VersionCopy,
): Promise<AmountChange[]> {
  const months = monthsOfYear(fiscalYear);
  if (source === "version") {
    invariant(versionId !== null, "a version that is copied is named");
    const before = monthsOfYear((await getVersion(db, ctx, versionId)).fiscalYear);
    return (await findAmounts(db, ctx, versionId)).map(({ amountMinor, ...amount }) => ({
      ...amount,
      month: months[before.indexOf(amount.month)] ?? fiscalYear,
      amountMinor: changedBy(amountMinor, changeBasisPoints),
    }));
  }
  const from = shiftMonth(fiscalYear, -YEAR_MONTHS);
  const sums = await findActual(db, ctx, { from, to: shiftMonth(fiscalYear, -1) });
  const byTarget = Map.groupBy(sums, (sum) => `${targetText(targetOf(sum, divideBy))} ${sum.month}`);
  return [...byTarget.values()].flatMap((part) => {
    const [first] = part;
    if (!first) return [];
    const minor = sumMinor(part.map((sum) => sum.minor));
    return {
      ...targetOf(first, divideBy),
      month: shiftMonth(first.month, YEAR_MONTHS),
      amountMinor: changedBy(minor, changeBasisPoints),
    };
  });
}

/** What of last year's cost is planned for: usually leverage by team and what the product costs by product. */
export function targetOf(
  { purpose, teamId, productId }: Pick<ActualSum, "purpose" | "teamId" | "productId">,
  divideBy: VersionCopy["divideBy"],
): TargetKey {
  const byTeam = divideBy === "team" || (divideBy === "usual" && purpose === "developer_leverage");
  const byProduct = divideBy === "product" || (divideBy === "usual" && purpose === "product_running");
  return { purpose, teamId: byTeam ? teamId : null, productId: byProduct ? productId : null };
}
