import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { read } from "@/lib/db/client";
import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { firstDayOf, monthsBetween, periodOfMonth, shiftMonth } from "@/lib/domain/month";
import type { Page } from "@/lib/fields/schema";
import { findPersonAnalysis, findUsageCells } from "@/lib/usage/data";
import { hidePeople } from "@/lib/usage/people";
import { groupCells, summary } from "@/lib/usage/report";
import { findUsageRows } from "@/lib/usage/row-data";
import {
  NONE,
  type UsageFilter,
  type UsageReport,
  type UsageRow,
  type UsageRowFilter,
} from "@/lib/usage/schema";

const TREND_MONTHS = 12;

/**
 * What was used, by person, model, provider, account, product or day, with its trend. Other people are shown as the
 * organization chose: not at all, under pseudonyms and only when there are enough of them, or by name. Everybody may
 * see themselves.
 */
export async function getUsage(ctx: Ctx, filter: UsageFilter): Promise<UsageReport> {
  authorize(ctx, "usage:read");
  return await read(ctx, async (db) => {
    const { groupBy, from, to } = filter;
    const choice = await findPersonAnalysis(db, ctx);
    const { personAnalysis, minimumGroupSize } = choice;
    const byDay = groupBy === "day";
    const periods = byDay ? daysBetween(from, to) : monthsBetween(trendStart(filter), to);
    const found = await findUsageCells(db, ctx, {
      groupBy,
      from: byDay ? from : trendStart(filter),
      to,
      peopleApart: personAnalysis !== "on",
    });
    const cells = hidePeople(found, groupBy, choice);
    const groups = groupCells(cells, { from, periods });
    const shown = byDay ? cells.filter(({ kind }) => kind !== "people") : cells;
    return {
      ...filter,
      periods,
      personAnalysis,
      minimumGroupSize,
      groups: byDay ? groups.toSorted(inTime) : groups,
      // Days on which few people worked are not told from the others by the trend of all either.
      total: { ...summary(cells, { from, periods }), trend: summary(shown, { from, periods }).trend },
    };
  });
}

/**
 * The rows behind a figure. Rows of other people only where the organization shows what one person used: in a row, a
 * person can be known by their day, whatever it leaves out.
 */
export async function listUsageRows(ctx: Ctx, filter: UsageRowFilter): Promise<Page<UsageRow>> {
  authorize(ctx, "usage:read");
  return await read(ctx, async (db) => {
    const { personAnalysis } = await findPersonAnalysis(db, ctx);
    const { memberId } = filter;
    const ofOther = memberId !== undefined && memberId !== NONE && memberId !== ctx.actor.memberId;
    if (ofOther && personAnalysis !== "on") {
      throw new DomainError("forbidden", "This organization does not show what one person used.");
    }
    return await findUsageRows(db, ctx, filter, personAnalysis === "on");
  });
}

const trendStart = ({ from, to }: UsageFilter): string => {
  const yearBefore = shiftMonth(to, 1 - TREND_MONTHS);
  return from < yearBefore ? from : yearBefore;
};

function daysBetween(from: string, to: string): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let day = firstDayOf(from); day < periodOfMonth(to).end; day = addDays(day, 1)) days.push(day);
  return days;
}

const inTime = (a: UsageReport["groups"][number], b: UsageReport["groups"][number]): number =>
  (a.group?.id ?? "9") < (b.group?.id ?? "9") ? -1 : 1;
