import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { PlannedPurpose } from "@/lib/domain/budget-plan";
import { money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import type { OpeningTotal, OpeningTotalRow, OpeningTotals } from "@/lib/opening-totals/schema";
import { Prisma } from "@/prisma/generated/client";

/** Every total, the last month first. */
export async function findOpeningTotals(db: Db, ctx: Ctx): Promise<OpeningTotals> {
  const { baseCurrency: currency } = ctx.organization;
  const rows = await db.openingTotal.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: [{ month: "desc" }, { purpose: "asc" }, { billingModel: "asc" }, { id: "asc" }],
    select: {
      ...{ id: true, month: true, purpose: true, billingModel: true, amountMinor: true },
      team: { select: { id: true, name: true } },
    },
  });
  const data = rows.map(
    ({ amountMinor, purpose, ...row }): OpeningTotal => ({
      ...row,
      // A check of the table allows no other.
      purpose: purpose as PlannedPurpose,
      amount: money(Number(amountMinor), currency),
    }),
  );
  return { booksStart: await findBooksStart(db, ctx), currency, data };
}

/** As it stands now: it may have been moved since the context was made. */
export async function findBooksStart(db: Db, ctx: Ctx): Promise<Month> {
  const { id } = ctx.organization;
  return (await db.organization.findUniqueOrThrow({ where: { id }, select: { booksStart: true } }))
    .booksStart;
}

/** Writes totals over those of the same month, team, line and billing model; a null takes one out. */
export async function saveOpeningTotals(db: Db, ctx: Ctx, rows: readonly OpeningTotalRow[]): Promise<void> {
  const org = ctx.organization.id;
  const records = JSON.stringify(
    rows.map(({ month, teamId, purpose, billingModel, amountMinor }) => ({
      ...{ id: newId(), month, team_id: teamId, purpose, billing_model: billingModel },
      // As text: exact at any size.
      amount_minor: amountMinor === null ? null : String(amountMinor),
    })),
  );
  const given = Prisma.sql`jsonb_to_recordset(${records}::jsonb)
    AS r (id uuid, month text, team_id uuid, purpose purpose, billing_model billing_model, amount_minor bigint)`;
  await db.$executeRaw`
    DELETE FROM opening_total o USING ${given}
    WHERE o.organization_id = ${org}::uuid AND r.amount_minor IS NULL AND o.month = r.month
      AND o.team_id IS NOT DISTINCT FROM r.team_id AND o.purpose = r.purpose AND o.billing_model = r.billing_model`;
  await db.$executeRaw`
    INSERT INTO opening_total (organization_id, id, month, team_id, purpose, billing_model, amount_minor)
    SELECT ${org}::uuid, r.id, r.month, r.team_id, r.purpose, r.billing_model, r.amount_minor
    FROM ${given} WHERE r.amount_minor IS NOT NULL
    ON CONFLICT (organization_id, month, purpose, billing_model, coalesce(team_id, organization_id))
    DO UPDATE SET amount_minor = excluded.amount_minor`;
}
