import "server-only";

import { type Duplex, pipeline, type Readable } from "node:stream";
import { Client, escapeLiteral } from "pg";
import { to as copyTo } from "pg-copy-streams";

import type { Ctx } from "@/lib/auth/ctx";

/** Text as an SQL literal, for COPY, which takes no parameters. */
export const literal = (text: string): string => escapeLiteral(text);

const STATEMENT_TIMEOUT_MS = 120_000;

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
  const client = new Client({
    connectionString: process.env.DATABASE_URL,
    application_name: "twoline-export",
    connectionTimeoutMillis: 5_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
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
