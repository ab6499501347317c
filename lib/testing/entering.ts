import type { Ctx } from "@/lib/auth/ctx";
import type { Fact, RowError } from "@/lib/connectors/connector";
import { readCsv, recogniseCsv } from "@/lib/connectors/csv";
import { type Db, transact, write } from "@/lib/db/client";

/** What a text as a CSV file says, with a decimal point; a test that expects errors looks at them. */
export async function factsOf(text: string): Promise<{ facts: Fact[]; errors: RowError[] }> {
  async function* bytes() {
    yield new TextEncoder().encode(text);
  }
  const facts: Fact[] = [];
  const errors: RowError[] = [];
  const style = { dateOrder: null, decimalSign: "point" } as const;
  const batches = readCsv(bytes(), (header) => {
    const found = recogniseCsv(header, "file.csv");
    if (!found) throw new Error("not recognised");
    return found.connector.open(found.recognised, { fileName: "file.csv", style, owner: null });
  });
  for await (const batch of batches) {
    facts.push(...batch.facts);
    errors.push(...batch.errors);
  }
  return { facts, errors };
}

class RolledBack extends Error {}

/** What the work answers, done in a transaction that is rolled back. */
export async function preview<T>(ctx: Ctx, work: (db: Db) => Promise<T>): Promise<T> {
  const answer: { result?: T } = {};
  await write(ctx, async (db) => {
    answer.result = await work(db);
    throw new RolledBack();
  }).catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  return answer.result as T;
}

/** Every entry of the ledger and every total without its id, in an order that does not depend on ids. */
export async function ledgerText({ organization: { id: organizationId } }: Ctx): Promise<string[]> {
  return await transact({ organizationId }, async (db) => {
    const entries = await db.ledgerEntry.findMany({ where: { organizationId } });
    const totals = await db.ledgerTotal.findMany({ where: { organizationId } });
    return [...entries, ...totals]
      .map(({ id: _, ...row }) =>
        JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
      )
      .sort();
  });
}
