import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import type { Month } from "@/lib/domain/month";
import type { DifferenceType, Tolerance } from "@/lib/domain/reconciliation";

export type AcceptanceRow = {
  readonly id: string;
  readonly contractId: string;
  readonly type: DifferenceType;
  readonly amountMinor: number;
  readonly note: string;
  readonly acceptedAt: Date;
  readonly acceptedBy: string | null;
};

/** What was explained or accepted in a month, by contract. */
export async function findAcceptances(db: Db, ctx: Ctx, month: Month): Promise<Map<string, AcceptanceRow>> {
  const rows = await db.$queryRaw<AcceptanceRow[]>`
    SELECT a.id, coalesce(a.subscription_id, a.api_account_id) AS "contractId", a.type::text AS type,
           a.amount_minor::float AS "amountMinor", a.note, a.accepted_at AS "acceptedAt", u.name AS "acceptedBy"
    FROM difference_acceptance a LEFT JOIN app_user u ON u.id = a.accepted_by_id
    WHERE a.organization_id = ${ctx.organization.id}::uuid AND a.month = ${month}`;
  return new Map(rows.map((row) => [row.contractId, row]));
}

type NewAcceptance = {
  readonly month: Month;
  readonly contract: { readonly kind: "subscription" | "api_account"; readonly id: string };
  readonly type: DifferenceType;
  readonly amountMinor: number;
  readonly note: string;
};

/** One that was given before is replaced; answers its id. */
export async function saveAcceptance(
  db: Db,
  ctx: Ctx,
  { month, contract, ...fields }: NewAcceptance,
): Promise<string> {
  const organizationId = ctx.organization.id;
  await deleteAcceptance(db, ctx, { month, id: contract.id });
  const id = newId();
  await db.differenceAcceptance.create({
    data: {
      organizationId,
      id,
      month,
      ...(contract.kind === "subscription" ? { subscriptionId: contract.id } : { apiAccountId: contract.id }),
      ...fields,
      acceptedAt: ctx.now,
      acceptedById: ctx.actor.userId,
    },
  });
  return id;
}

/** Answers how many there were. */
export async function deleteAcceptance(
  db: Db,
  ctx: Ctx,
  { month, id }: { readonly month: Month; readonly id: string },
): Promise<number> {
  const { count } = await db.differenceAcceptance.deleteMany({
    where: {
      organizationId: ctx.organization.id,
      month,
      OR: [{ subscriptionId: id }, { apiAccountId: id }],
    },
  });
  return count;
}

export async function getTolerance(db: Db, ctx: Ctx): Promise<Tolerance> {
  const row = await db.organization.findUnique({
    where: { id: ctx.organization.id },
    select: { toleranceMinor: true, tolerancePerMille: true },
  });
  const { toleranceMinor, tolerancePerMille } = required(row);
  return { toleranceMinor: Number(toleranceMinor), tolerancePerMille };
}
