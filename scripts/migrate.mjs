// Applies prisma/migrations, each in one transaction with its record in _prisma_migrations, so that an interrupted start
// leaves a migration whole or not at all. The downloaded schema engine is not needed; the one that npm carries as
// WebAssembly splits scripts at semicolons and so cannot run functions, and serves only to compare.
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";

import { root } from "./bootstrap.mjs";

const folder = join(root, "prisma", "migrations");

// As Prisma itself makes it, so that its tools understand the records.
const RECORDS = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

/**
 * Brings a database to this version; two that start at once wait for each other.
 *
 * @returns the names of the migrations that were applied
 */
export async function migrate(connectionString) {
  const scripts = await readScripts();
  return await connected(connectionString, async (client) => {
    if (missing(scripts, await recorded(client)).length === 0) return [];
    await createRecords(client);
    const applied = [];
    for (const { name, sql, checksum } of scripts) {
      await client.query("BEGIN");
      await client.query("LOCK TABLE _prisma_migrations IN ACCESS EXCLUSIVE MODE");
      if (missing([{ name, checksum }], await recorded(client)).length > 0) {
        await client.query(sql);
        await client.query(
          `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ($1, $2, now(), $3, 1)`,
          [randomUUID(), checksum, name],
        );
        applied.push(name);
      }
      await client.query("COMMIT");
    }
    return applied;
  });
}

async function readScripts() {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return await Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/** The applied migrations, by name, with their checksums. */
async function recorded(client) {
  const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present");
  if (!rows[0].present) return new Map();
  const done = await client.query(
    "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL",
  );
  return new Map(done.rows.map((row) => [row.migration_name, row.checksum]));
}

/** What is still to apply; a database of a newer version, or of a changed script, is refused before it is touched. */
function missing(scripts, applied) {
  const names = new Set(scripts.map(({ name }) => name));
  if (scripts.length > 1) {
    const unknown = [...applied.keys()].find((name) => !names.has(name));
    if (unknown)
      throw new Error(
        `The database was made by a newer version of Twoline (${unknown}). Update the program.`,
      );
  }
  for (const { name, checksum } of scripts) {
    if (applied.has(name) && applied.get(name) !== checksum) {
      throw new Error(`The migration ${name} is not the one that made this database.`);
    }
  }
  return scripts.filter(({ name }) => !applied.has(name));
}

async function createRecords(client) {
  try {
    await client.query(RECORDS);
  } catch (error) {
    // Two that make the table at once: the other one has made it.
    if (error.code !== "23505" && error.code !== "42P07") throw error;
  }
}

export async function connected(connectionString, work) {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: "twoline-migrate",
  });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * What prisma/schema.prisma asks for and the migrations do not make: its own SQL is run on an empty database, and the
 * columns, keys, references and indexes of both are compared.
 *
 * @param migrated connection string of a migrated database
 * @param empty connection string of an empty one
 */
export async function difference(migrated, empty) {
  const engine = await openEngine(empty);
  const { stdout } = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files: [await schemaFile()] },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  await connected(empty, (client) => client.query(stdout));
  const [wanted, made] = await Promise.all([empty, migrated].map((url) => connected(url, describe)));
  const has = new Set(made);
  return wanted.filter((line) => !has.has(line));
}

async function describe(client) {
  const { rows } = await client.query(`
    SELECT format('column %s.%s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull) AS line
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f', 'u')
    UNION ALL
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT format('enum %s %s', typname, string_agg(enumlabel, ',' ORDER BY enumsortorder)) FROM pg_enum
    JOIN pg_type ON pg_type.oid = enumtypid GROUP BY typname
    ORDER BY line`);
  return rows.map(({ line }) => line);
}

async function schemaFile() {
  const path = join(root, "prisma", "schema.prisma");
  return { path, content: await readFile(path, "utf8") };
}

async function openEngine(connectionString) {
  const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
  const { PrismaPg } = await import("@prisma/adapter-pg");
  // The package's exports hide the WebAssembly file, so both halves are opened by their path.
  const packaged = join(root, "node_modules", "@prisma", "schema-engine-wasm");
  const engine = await import(pathToFileURL(join(packaged, "schema_engine_bg.js")).href);
  const wasm = await readFile(join(packaged, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const { path, content } = await schemaFile();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString }));
  return await engine.SchemaEngine.new(
    { datamodels: [[path, content]], datasource: undefined },
    () => {},
    adapter,
  );
}
