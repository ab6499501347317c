import { expect } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { transact } from "@/lib/db/client";
import { rebuildLedger } from "@/lib/ledger/repost";

/** The same person at noon of another day. */
export const at = (ctx: Ctx, date: string): Ctx => ({ ...ctx, now: new Date(`${date}T12:00:00Z`) });

/** Every entry with names in place of ids, every total and all that is expected, as sorted lines of text. */
export async function keptLedger({ organization: { id } }: Ctx) {
  return await transact({ organizationId: id }, async (db) => {
    const entries = await db.$queryRaw<{ line: string }[]>`
      SELECT concat_ws('|', i.number, c.position, (to_jsonb(e) - 'id' - 'organization_id' - 'invoice_id' - 'charge_id'
               - 'team_id' - 'member_id' - 'product_id' - 'service_provider_id' - 'subscription_id' - 'plan_id' - 'api_account_id')::text,
             t.name, m.name, p.name, s.name, con.name, pl.name, a.name) AS line
      FROM ledger_entry e
      LEFT JOIN invoice i ON i.id = e.invoice_id LEFT JOIN charge c ON c.id = e.charge_id
      LEFT JOIN team t ON t.id = e.team_id LEFT JOIN member m ON m.id = e.member_id
      LEFT JOIN product p ON p.id = e.product_id LEFT JOIN service_provider s ON s.id = e.service_provider_id
      LEFT JOIN subscription con ON con.id = e.subscription_id LEFT JOIN plan pl ON pl.id = e.plan_id
      LEFT JOIN api_account a ON a.id = e.api_account_id ORDER BY 1`;
    const totals = await db.$queryRaw<{ line: string }[]>`
      SELECT concat_ws('|', (to_jsonb(l) - 'id' - 'organization_id' - 'team_id' - 'product_id' - 'service_provider_id')::text,
             t.name, p.name, s.name) AS line
      FROM ledger_total l LEFT JOIN team t ON t.id = l.team_id LEFT JOIN product p ON p.id = l.product_id
      LEFT JOIN service_provider s ON s.id = l.service_provider_id ORDER BY 1`;
    const expected = await db.$queryRaw<{ line: string }[]>`
      SELECT concat_ws('|', (to_jsonb(x) - 'id' - 'organization_id' - 'team_id' - 'product_id' - 'service_provider_id'
               - 'subscription_id' - 'api_account_id')::text, t.name, p.name, s.name, con.name, a.name) AS line
      FROM expected_cost x LEFT JOIN team t ON t.id = x.team_id LEFT JOIN product p ON p.id = x.product_id
      LEFT JOIN service_provider s ON s.id = x.service_provider_id LEFT JOIN subscription con ON con.id = x.subscription_id
      LEFT JOIN api_account a ON a.id = x.api_account_id ORDER BY 1`;
    const forecasts = await db.$queryRaw<{ line: string }[]>`
      SELECT concat_ws('|', (to_jsonb(f) - 'id' - 'organization_id' - 'service_provider_id' - 'subscription_id'
               - 'api_account_id')::text, s.name, con.name, a.name) AS line
      FROM metered_forecast f LEFT JOIN service_provider s ON s.id = f.service_provider_id
      LEFT JOIN subscription con ON con.id = f.subscription_id LEFT JOIN api_account a ON a.id = f.api_account_id ORDER BY 1`;
    const lines = (rows: readonly { line: string }[]): string[] => rows.map(({ line }) => line);
    return {
      entries: lines(entries),
      totals: lines(totals),
      expected: lines(expected),
      forecasts: lines(forecasts),
    };
  });
}

/** The ids of the entries: a row that is written anew gets another. */
export async function entryIds({ organization: { id } }: Ctx): Promise<string[]> {
  const where = { organizationId: id };
  const rows = await transact(where, (db) =>
    db.ledgerEntry.findMany({ where, select: { id: true }, orderBy: { id: "asc" } }),
  );
  return rows.map((row) => row.id);
}

/** What is kept is what a rebuild makes, which knows every row again and writes none of them. */
export async function expectRebuilt(ctx: Ctx): Promise<void> {
  const kept = await keptLedger(ctx);
  const ids = await entryIds(ctx);
  await rebuildLedger(ctx);
  expect(await keptLedger(ctx)).toEqual(kept);
  expect(await entryIds(ctx)).toEqual(ids);
}
