import "server-only";

import { type Duplex, pipeline, type Readable } from "node:stream";
import { Client, escapeLiteral, type QueryResultRow } from "pg";
import { to as copyTo } from "pg-copy-streams";

import type { Ctx } from "@/lib/auth/ctx";

/** Text as an SQL literal, for COPY, which takes no parameters. */
export const literal = (text: string): string => escapeLiteral(text);

const STATEMENT_TIMEOUT_MS = 120_000;
/** Of everything at once, by somebody whose line is slow. */
const SNAPSHOT_STATEMENT_TIMEOUT_MS = 15 * 60_000;

/**
 * JSON as COPY has it: in CSV without a sign that JSON could contain, so that each value is a line as it is. The text
 * format would double every backslash.
 */
const AS_LINES = "FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01'";

/**
 * The rows of a SELECT as the database writes them, streamed over a connection of its own, as the application role
 * and for the context's organization. The connection ends with the stream, also when the reader goes away.
 *
 * @param select SQL whose values were made by `literal`
 * @param options of COPY, for example `FORMAT csv, HEADER`
 */
export async function copyOut(
  ctx: Ctx,
  { select, options, through }: { select: string; options: string; through: Duplex },
): Promise<Readable> {
  const client = exportClient(STATEMENT_TIMEOUT_MS);
  // The stream reports what went wrong; without a listener a lost connection would end the process.
  client.on("error", () => through.destroy());
  await client.connect();
  try {
    await client.query("BEGIN TRANSACTION READ ONLY");
    await client.query("SET LOCAL ROLE twoline_app");
    await client.query(`SET LOCAL app.organization_id = ${literal(ctx.organization.id)}`);
    const rows = client.query(copyTo(`COPY (${select}) TO STDOUT (${options})`));
    return pipeline(rows, through, () => void client.end().catch(() => {}));
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** Everything as it stands at one moment, however long it takes to read. */
export type Snapshot = {
  readonly rows: <Row extends QueryResultRow>(sql: string) => Promise<Row[]>;
  /** The single JSON column of a SELECT, a line each, streamed. */
  readonly lines: (select: string) => Readable;
  readonly end: () => Promise<void>;
};

/** The same role and organization as `copyOut`, for many reads of one moment. Whoever opens it ends it. */
export async function openSnapshot(ctx: Pick<Ctx, "organization">): Promise<Snapshot> {
  const client = exportClient(SNAPSHOT_STATEMENT_TIMEOUT_MS);
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    await client.query("SET LOCAL ROLE twoline_app");
    await client.query(`SET LOCAL app.organization_id = ${literal(ctx.organization.id)}`);
    await client.query("SET LOCAL timezone = 'UTC'");
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return {
    rows: async (sql) => (await client.query(sql)).rows,
    lines: (select) => client.query(copyTo(`COPY (${select}) TO STDOUT (${AS_LINES})`)),
    end: () => client.end().catch(() => {}),
  };
}

const exportClient = (statementTimeoutMs: number): Client =>
  new Client({
    connectionString: process.env.DATABASE_URL,
    application_name: "twoline-export",
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
  });
