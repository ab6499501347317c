import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll } from "vitest";

/**
 * Gives each test file a database of its own, cloned from a migrated one, before anything connects. The server and
 * the template are `npm test`'s; TEST_DATABASE_URL names the template.
 */
const template = new URL(process.env.TEST_DATABASE_URL ?? "");
const name = `test_${randomUUID().replaceAll("-", "")}`;

async function onServer(sql: string): Promise<void> {
  const server = new URL(template);
  server.pathname = "/postgres";
  const client = new Client({ connectionString: server.href });
  await client.connect();
  await client.query(sql);
  await client.end();
}

await onServer(`CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`);
const own = new URL(template);
own.pathname = `/${name}`;
process.env.DATABASE_URL = own.href;
process.env.NEXTAUTH_SECRET ??= "only-for-tests-only-for-tests-only-for-tests";
process.env.TWOLINE_SEAL_KEYS ??= `tests:${"onlyfortests".repeat(4).slice(0, 43)}`;
process.env.NEXTAUTH_URL ??= "http://localhost:3000";
// Of what the application logs, a test shows what it did not expect.
process.env.LOG_LEVEL ??= "error";

afterAll(async () => {
  await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
});
