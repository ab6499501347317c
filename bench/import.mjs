// What an import of a million rows costs, as ratios against the raw limit in the same run: COPY of the same rows into the
// same table. Prints rows a second, the growth of memory and the delay of the event loop; fails when a target is missed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";

import { connected, migrate } from "../scripts/migrate.mjs";
import { startPostgres } from "../scripts/postgres.mjs";

const ROWS = Number(process.argv[2] ?? 1_000_000);
const TARGETS = { ratio: 0.4, memoryMb: 150, delayMs: 50 };
const DAYS = 360;
const HEADER =
  "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status\n";

const folder = mkdtempSync(join(tmpdir(), "twoline-bench-"));
const postgres = await startPostgres({ folder, password: "throwaway" });
let failed = false;
try {
  await migrate(postgres.url);
  process.env.DATABASE_URL = postgres.url;
  await import("../scripts/typescript.mjs");
  const { receiveImport, commitImport, readImport } = await import("../lib/imports/service.ts");
  const { workOnImport } = await import("../lib/imports/work.ts");
  const { anOrganization } = await import("../lib/testing/organization.ts");
  const ctx = { ...(await anOrganization({ booksStart: "2025-01" })), now: new Date("2026-11-24T12:00:00Z") };

  const { id } = await receiveImport(ctx, { fileName: "bench.csv" }, { bytes: file(), announced: null });
  await settled();
  const memory = watchMemory();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const imported = await seconds(async () => {
    await workOnImport(ctx, id);
    await commitImport(ctx, { id, skipBadRows: false });
    await workOnImport(ctx, id);
  });
  delay.disable();
  const grown = memory.stop();
  const { state, report } = await readImport(ctx, { id });
  if (state !== "committed" || report.newRows !== ROWS) throw new Error(`the import came to ${state}`);

  const raw = await rawCopy(ctx.organization.id);
  print("rows", ROWS.toLocaleString("en"));
  print("raw COPY of the same rows", `${raw.toFixed(1)} s`);
  print("import: parse, validate, stage, merge, sum, post", `${imported.toFixed(1)} s`);
  check(
    "import in COPY's speed",
    raw / imported,
    (ratio) => ratio >= TARGETS.ratio,
    `${((raw / imported) * 100).toFixed(0)} %`,
  );
  check("memory grown", grown, (mb) => mb < TARGETS.memoryMb, `${grown.toFixed(0)} MB`);
  const p99 = delay.percentile(99) / 1e6;
  check("event loop delay, p99", p99, (ms) => ms < TARGETS.delayMs, `${p99.toFixed(1)} ms`);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

/** The rows of a year of an organization with many keys, in the order in which the Console exports them. */
function* lines() {
  const models = ["Claude Opus 4.5", "Claude Sonnet 4.5", "Claude Haiku 4.5"];
  const tokens = ["input_no_cache", "input_cache_read", "input_cache_write_5m", "output"];
  const keys = Math.ceil(ROWS / DAYS / models.length / tokens.length);
  let row = 0;
  for (let day = 0; day < DAYS; day++) {
    const date = new Date(Date.UTC(2025, 10, 1 + day)).toISOString().slice(0, 10);
    for (let key = 0; key < keys; key++) {
      for (const model of models) {
        for (const token of tokens) {
          if (row++ >= ROWS) return;
          const cost = `${(row % 977) / 100}`;
          yield `${date},${model},workspace-${key % 20},key-${key},message,≤ 200k,${token},${cost},${cost},token,global,standard,apikey_${key},active\n`;
        }
      }
    }
  }
}

async function* file() {
  let text = HEADER;
  for (const line of lines()) {
    text += line;
    if (text.length > 256 * 1024) {
      yield Buffer.from(text);
      text = "";
    }
  }
  yield Buffer.from(text);
}

/** COPY out of the table, and in again to a table that is made like it, with its key. */
async function rawCopy(organizationId) {
  const { pipeline } = await import("node:stream/promises");
  const { from, to } = await import("pg-copy-streams");
  return await connected(postgres.url, async (client) => {
    await client.query("CREATE TABLE raw_usage (LIKE usage INCLUDING ALL)");
    await client.query(
      `ALTER TABLE raw_usage ADD FOREIGN KEY (organization_id, identity_id) REFERENCES identity (organization_id, id)`,
    );
    const path = join(folder, "raw.bin");
    const { createReadStream, createWriteStream } = await import("node:fs");
    const select = `SELECT * FROM usage WHERE organization_id = '${organizationId}'`;
    await pipeline(client.query(to(`COPY (${select}) TO STDOUT (FORMAT csv)`)), createWriteStream(path));
    return await seconds(() =>
      pipeline(createReadStream(path), client.query(from("COPY raw_usage FROM STDIN (FORMAT csv)"))),
    );
  });
}

async function seconds(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

async function settled() {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 500));
}

function watchMemory() {
  const start = process.memoryUsage().rss;
  let most = start;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 50);
  return {
    stop() {
      clearInterval(timer);
      return (most - start) / 1e6;
    },
  };
}

function print(name, value) {
  console.log(`${name.padEnd(52)} ${value}`);
}

function check(name, value, holds, text) {
  const ok = holds(value);
  failed ||= !ok;
  print(name, `${text}${ok ? "" : "  MISSED"}`);
}
