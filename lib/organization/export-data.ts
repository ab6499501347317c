import "server-only";

import type { Readable } from "node:stream";

import type { Ctx } from "@/lib/auth/ctx";
import { literal, openSnapshot, type Snapshot } from "@/lib/db/copy";

/** Tables that say nothing of the books: who is signed in just now, and answers kept for requests that are repeated. */
export const LEFT_OUT_TABLES: readonly string[] = ["idempotency_record", "session"];

/** What opens something, or would tell who somebody is whose name was hidden; and bytes that are files of their own. */
const WITHHELD = "_sealed$|^(token|request|password)_hash$|^pseudonym_key$";
const AS_FILES: readonly string[] = ["attachment.content"];

export type ExportTable = {
  readonly table: string;
  /** Columns that are not told. */
  readonly withheld: readonly string[];
  /** The primary key's, by which rows are sorted. */
  readonly key: readonly string[];
};

export { openSnapshot };

/**
 * Every table of an organization, as the database knows them, so that a new one is among them; the organization itself
 * and the accounts of its people first.
 */
export async function findExportTables({ rows }: Pick<Snapshot, "rows">): Promise<ExportTable[]> {
  return await rows<ExportTable>(`
    SELECT c.relname::text AS "table",
      ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND (a.attname ~ '${WITHHELD}' OR c.relname || '.' || a.attname = ANY(ARRAY[${AS_FILES.map(literal)}]))
            ORDER BY 1) AS withheld,
      ARRAY(SELECT a.attname::text FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
            WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place) AS key
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND (c.relname IN ('organization', 'app_user') OR EXISTS (
        SELECT FROM pg_attribute o WHERE o.attrelid = c.oid AND o.attname = 'organization_id' AND NOT o.attisdropped))
      AND c.relname <> ALL(ARRAY[${LEFT_OUT_TABLES.map(literal)}])
    ORDER BY c.relname NOT IN ('organization', 'app_user'), 1`);
}

/** A table's rows as JSON, a line each. The names come from the database's own list alone. */
export function streamRows(ctx: Ctx, { lines }: Snapshot, { table, withheld, key }: ExportTable): Readable {
  const order = key.map((column) => `t."${column}"`).join(", ");
  const told = `to_jsonb(t) - ARRAY[${withheld.map(literal).join(", ")}]::text[]`;
  return lines(`SELECT ${told} FROM "${table}" t WHERE ${whose(ctx, table)} ORDER BY ${order}`);
}

function whose({ organization }: Ctx, table: string): string {
  const id = `${literal(organization.id)}::uuid`;
  if (table === "organization") return `t.id = ${id}`;
  if (table !== "app_user") return `t.organization_id = ${id}`;
  const people = ["organization_role", "suspension", "member"].map(
    (name) => `SELECT user_id FROM ${name} WHERE organization_id = ${id} AND user_id IS NOT NULL`,
  );
  return `t.id IN (${people.join(" UNION ")})`;
}

export type ExportedFile = { readonly id: string; readonly fileName: string };

export async function findFiles({ organization }: Ctx, { rows }: Snapshot): Promise<ExportedFile[]> {
  return await rows<ExportedFile>(
    `SELECT id, file_name AS "fileName" FROM attachment WHERE organization_id = ${literal(organization.id)}::uuid ORDER BY id`,
  );
}

/** The bytes of one attached file; none is larger than memory is meant for. */
export async function readFileContent(
  { organization }: Ctx,
  { rows }: Snapshot,
  { id }: ExportedFile,
): Promise<Buffer> {
  const [found] = await rows<{ content: Buffer }>(
    `SELECT content FROM attachment WHERE organization_id = ${literal(organization.id)}::uuid AND id = ${literal(id)}::uuid`,
  );
  return found?.content ?? Buffer.alloc(0);
}
