import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCreditInvoices, findCreditScopes } from "@/lib/books/credits-data";
import type { MeteredScope } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import { firstDayOf, type Month, periodOfMonth } from "@/lib/domain/month";
import { type Facts, listAllFacts } from "@/lib/ledger/data";

/**
 * The facts of which something moves when a month is opened again: those that counted, were invoiced or are due in it, and
 * those by which a closed month was corrected, for that now counts in the month itself. To ask for more than these costs
 * time alone: what comes out as it was stays as it is.
 */
export async function findReopenedFacts(db: Db, ctx: Ctx, month: Month): Promise<Facts> {
  const org = ctx.organization.id;
  const { start, end } = periodOfMonth(month);
  const invoices = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM invoice i WHERE organization_id = ${org}::uuid AND (
      billing_month = ${month} OR (issue_date >= ${start}::date AND issue_date < ${end}::date)
      OR EXISTS (SELECT FROM charge c WHERE c.organization_id = i.organization_id AND c.invoice_id = i.id
                 AND c.charge_period_start < ${end}::date AND c.charge_period_end > ${start}::date)
      OR id IN (SELECT invoice_id FROM ledger_entry WHERE organization_id = ${org}::uuid AND invoice_id IS NOT NULL
                AND (month = ${month} OR billing_month = ${month} OR correction_of IS NOT NULL)))`;
  const contracts = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT subscription_id AS id FROM subscription_term
    WHERE organization_id = ${org}::uuid AND starts_on < ${end}::date`;
  const { metered } = await listAllFacts(db, ctx);
  const credited = await findCreditScopes(db, ctx, null);
  const corrected = await findCorrectedUse(db, ctx);
  return {
    invoiceIds: [...new Set([...invoices.map(({ id }) => id), ...(await findCreditInvoices(db, ctx, null))])],
    subscriptionIds: contracts.map(({ id }) => id).sort(),
    metered: metered.flatMap((scope) => {
      // What credit pays for on one day depends on all the days before.
      if (credited.some(({ serviceProviderId }) => serviceProviderId === scope.serviceProviderId))
        return [scope];
      const first = corrected.get(scope.serviceProviderId) ?? month;
      return cut(scope, { start: firstDayOf(first < month ? first : month), end });
    }),
  };
}

function cut({ serviceProviderId, days }: MeteredScope, to: MeteredScope["days"]): MeteredScope[] {
  const start = days.start > to.start ? days.start : to.start;
  const end = days.end < to.end ? days.end : to.end;
  return start < end ? [{ serviceProviderId, days: { start, end } }] : [];
}

/** By provider, the first closed month of which estimates of its use were corrected. */
async function findCorrectedUse(db: Db, ctx: Ctx): Promise<Map<string, Month>> {
  const rows = await db.$queryRaw<{ id: string; first: Month }[]>`
    SELECT service_provider_id AS id, min(correction_of) AS first FROM ledger_entry
    WHERE organization_id = ${ctx.organization.id}::uuid AND correction_of IS NOT NULL AND state = 'estimated'
      AND subscription_id IS NULL
    GROUP BY 1`;
  return new Map(rows.map(({ id, first }) => [id, first]));
}
