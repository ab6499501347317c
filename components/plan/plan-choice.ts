import type { BudgetVersion } from "@/lib/budgets/schema";
import type { Month } from "@/lib/domain/month";

/** The version of the address, else the one that counts this year, else the newest. */
export function chosenVersion(
  versions: readonly BudgetVersion[],
  versionId: string | null,
  thisYear: Month,
): BudgetVersion | null {
  return (
    versions.find(({ id }) => id === versionId) ??
    versions.find(({ current, fiscalYear }) => current && fiscalYear === thisYear) ??
    versions[0] ??
    null
  );
}
