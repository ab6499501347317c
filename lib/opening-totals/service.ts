import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { assertTargets } from "@/lib/budgets/grid-data";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { findBooksStart, findOpeningTotals, saveOpeningTotals } from "@/lib/opening-totals/data";
import type { OpeningTotals, OpeningTotalsChange } from "@/lib/opening-totals/schema";

/** What the months before the books begin came to. */
export async function listOpeningTotals(ctx: Ctx): Promise<OpeningTotals> {
  authorize(ctx, "closing:read");
  return await read(ctx, (db) => findOpeningTotals(db, ctx));
}

/**
 * States totals of months before the books begin; those that are not named stay. They stand in the budget for whatever
 * else is known of their months, and are no part of the ledger.
 *
 * @throws DomainError `invalid_input`, at a month of the books
 */
export async function changeOpeningTotals(ctx: Ctx, { rows }: OpeningTotalsChange): Promise<OpeningTotals> {
  authorize(ctx, "closing:write");
  return await write(ctx, async (db) => {
    const booksStart = await findBooksStart(db, ctx);
    const message = `The books begin with ${booksStart}. Enter the invoices of this month instead.`;
    const late = rows.flatMap(({ month }, index) => (month < booksStart ? [] : [`rows.${index}.month`]));
    if (late.length > 0) {
      const fields = Object.fromEntries(late.map((field) => [field, message]));
      throw new DomainError("invalid_input", message, { fields });
    }
    const teams = rows.flatMap(({ teamId }) => (teamId === null ? [] : [{ teamId, productId: null }]));
    await assertTargets(db, ctx, teams);
    const months = new Set(rows.map(({ month }) => month));
    const ofMonths = ({ data }: OpeningTotals) => data.filter(({ month }) => months.has(month));
    const before = await findOpeningTotals(db, ctx);
    await saveOpeningTotals(db, ctx, rows);
    const after = await findOpeningTotals(db, ctx);
    await recordAudit(db, ctx, {
      action: "opening_totals.change",
      targetType: "organization",
      targetId: ctx.organization.id,
      before: { openingTotals: ofMonths(before) },
      after: { openingTotals: ofMonths(after) },
    });
    return after;
  });
}
