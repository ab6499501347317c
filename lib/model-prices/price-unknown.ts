import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { costOfTokens, pricedModels } from "@/lib/domain/model-price";
import { loadPriceBook } from "@/lib/model-prices/data";
import { findUnpriced, type PricedUsage, saveCosts, type UsageKey } from "@/lib/model-prices/usage-data";

const PAGE_ROWS = 5_000;

/** Whose usage got a cost, and on which days. */
type NewlyPriced = {
  readonly identityIds: readonly string[];
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
};

/**
 * Prices the usage of a provider whose price was unknown, as far as it is known by now. What has a cost keeps it. The
 * caller sums the usage anew and posts it.
 *
 * @returns null when no row changed
 */
export async function priceUnknown(
  db: Db,
  ctx: Pick<Ctx, "organization">,
  serviceProviderId: string,
): Promise<NewlyPriced | null> {
  const book = await loadPriceBook(db, ctx, serviceProviderId);
  const models = pricedModels(book);
  const identityIds = new Set<string>();
  let days: { readonly firstDay: CalendarDate; readonly lastDay: CalendarDate } | null = null;
  for (let after: UsageKey | null = null; ; ) {
    const page = await findUnpriced(db, ctx, { serviceProviderId, models, after, limit: PAGE_ROWS });
    const priced: PricedUsage[] = [];
    for (const row of page) {
      const cost = costOfTokens(book, row);
      if (!cost) continue;
      priced.push({ ...row, ...cost });
      identityIds.add(row.identityId);
      days = days ? span(days, row.day) : { firstDay: row.day, lastDay: row.day };
    }
    if (priced.length > 0) await saveCosts(db, ctx, priced);
    after = page.at(-1) ?? null;
    if (page.length < PAGE_ROWS || after === null) break;
  }
  return days && { identityIds: [...identityIds], ...days };
}

const span = (
  { firstDay, lastDay }: { readonly firstDay: CalendarDate; readonly lastDay: CalendarDate },
  day: CalendarDate,
) => ({ firstDay: day < firstDay ? day : firstDay, lastDay: day > lastDay ? day : lastDay });
