import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { ChecklistPlace } from "@/lib/closing/schema";
import type { Db } from "@/lib/db/client";
import type { Month } from "@/lib/domain/month";
import type { DueBy } from "@/lib/invoice-duties/schema";

/** A row of the checklist before it is known whether somebody accepted it. */
export type FoundRow = {
  readonly subjectId: string;
  readonly name: string;
  readonly detail: string;
  readonly amountMinor: number;
  readonly place: ChecklistPlace;
  readonly due?: DueBy | null;
};

/** What of the month is unclassified, by what has to be classified: an invoice's line, an account, a contract. */
export async function findUnclassified(db: Db, ctx: Ctx, month: Month): Promise<FoundRow[]> {
  const rows = await db.$queryRaw<
    {
      subjectId: string;
      name: string;
      detail: string;
      minor: string;
      kind: ChecklistPlace["kind"];
      placeId: string;
    }[]
  >`
    WITH open AS (
      SELECT coalesce(charge_id, api_account_id, subscription_id, service_provider_id) AS subject_id, charge_id, invoice_id,
             api_account_id, subscription_id, service_provider_id, sum(base_cost_minor) AS minor
      FROM ledger_entry
      WHERE organization_id = ${ctx.organization.id}::uuid AND month = ${month} AND kind = 'cost' AND purpose = 'unclassified'
      GROUP BY 1, 2, 3, 4, 5, 6
    )
    SELECT o.subject_id AS "subjectId", sum(o.minor)::text AS minor,
           min(coalesce(c.description, a.name, s.name, p.name)) AS name,
           min(concat_ws(' · ', p.name, 'invoice ' || i.number)) AS detail,
           min(CASE WHEN a.id IS NOT NULL THEN 'api_account' WHEN i.id IS NOT NULL THEN 'invoice'
                    WHEN s.id IS NOT NULL THEN 'subscription' ELSE 'service_provider' END) AS kind,
           min(coalesce(a.id, i.id, s.id, p.id)::text) AS "placeId"
    FROM open o
    JOIN service_provider p ON p.organization_id = ${ctx.organization.id}::uuid AND p.id = o.service_provider_id
    LEFT JOIN charge c ON c.organization_id = p.organization_id AND c.id = o.charge_id
    LEFT JOIN invoice i ON i.organization_id = p.organization_id AND i.id = o.invoice_id
    LEFT JOIN api_account a ON a.organization_id = p.organization_id AND a.id = o.api_account_id
    LEFT JOIN subscription s ON s.organization_id = p.organization_id AND s.id = o.subscription_id
    GROUP BY 1 HAVING sum(o.minor) <> 0
    ORDER BY abs(sum(o.minor)) DESC, 1`;
  return rows.map(({ minor, kind, placeId, ...row }) => ({
    ...row,
    amountMinor: Number(minor),
    place: { kind, id: placeId },
  }));
}

/** What is estimated in the month, by contract; of an account with everything below it. */
export async function sumEstimates(db: Db, ctx: Ctx, month: Month): Promise<Map<string, number>> {
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<{ id: string; minor: string }[]>`
    WITH RECURSIVE tree AS (
      SELECT id, id AS root FROM api_account WHERE organization_id = ${org}::uuid AND parent_id IS NULL
      UNION ALL
      SELECT child.id, tree.root FROM api_account child JOIN tree ON child.parent_id = tree.id
      WHERE child.organization_id = ${org}::uuid
    )
    SELECT coalesce(e.subscription_id, tree.root, e.service_provider_id)::text AS id, sum(e.base_cost_minor)::text AS minor
    FROM ledger_entry e LEFT JOIN tree ON tree.id = e.api_account_id
    WHERE e.organization_id = ${org}::uuid AND e.month = ${month} AND e.kind = 'cost' AND e.state = 'estimated'
      AND e.correction_of IS NULL
    GROUP BY 1`;
  return new Map(rows.map(({ id, minor }) => [id, Number(minor)]));
}
