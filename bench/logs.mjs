// What importing Claude Code's logs costs beside ccusage, a native program that stores nothing: from the same files on the
// disk, in the same run, in turns; ours until the result is in the books, posted. And the same tokens and costs of each day
// and model, to the cent.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { connected, migrate } from "../scripts/migrate.mjs";
import { startPostgres } from "../scripts/postgres.mjs";

const SESSIONS = Number(process.argv[2] ?? 200);
const REPLIES = 400;
const TARGET = 2;
const ROUNDS = 9;
const MODELS = ["claude-opus-4-5-20251101", "claude-sonnet-4-5-20250929", "claude-haiku-4-5-20251001"];

const folder = mkdtempSync(join(tmpdir(), "twoline-logs-"));
const logs = join(folder, "projects");
const data = mkdtempSync(join(tmpdir(), "twoline-bench-"));
const postgres = await startPostgres({ folder: data, password: "throwaway" });
let failed = false;
try {
  writeLogs();
  await migrate(postgres.url);
  process.env.DATABASE_URL = postgres.url;
  await import("../scripts/typescript.mjs");
  const { receiveImport, commitImport, readImport } = await import("../lib/imports/service.ts");
  const { workOnImport } = await import("../lib/imports/work.ts");
  const { anOrganization } = await import("../lib/testing/organization.ts");
  const { someBooks } = await import("../lib/testing/books.ts");
  const { canonicalModel } = await import("../lib/domain/model-name.ts");

  const native = [];
  const ours = [];
  let replies = 0;
  let differing = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const [report, theirSeconds] = await seconds(() => ccusage());
    const ctx = {
      ...(await anOrganization({ booksStart: "2026-01" })),
      now: new Date("2026-11-24T12:00:00Z"),
    };
    const { members } = await someBooks(ctx);
    const [read, ourSeconds] = await seconds(async () => {
      const input = { fileName: "logs.jsonl", memberId: members.ada };
      const { id } = await receiveImport(ctx, input, { bytes: allLogs(), announced: null });
      await workOnImport(ctx, id);
      const found = await readImport(ctx, { id });
      await commitImport(ctx, { id, skipBadRows: false });
      await workOnImport(ctx, id);
      return found;
    });
    // The first round is not measured: then the files are in memory for both.
    if (round === 0) continue;
    native.push(theirSeconds);
    ours.push(ourSeconds);
    replies = read.preview?.rows ?? 0;
    differing = differences(theirTotals(report, canonicalModel), await ourTotals(ctx.organization.id));
  }
  const ratio = median(ours) / median(native);
  print("replies", replies.toLocaleString("en"));
  print("ccusage", `${median(native).toFixed(2)} s`);
  print("received, read, merged, summed and posted", `${median(ours).toFixed(2)} s`);
  check("times ccusage", ratio <= TARGET, `${ratio.toFixed(2)} x, at most ${TARGET}`);
  check("days x models with other totals", differing.length === 0, String(differing.length));
  for (const each of differing.slice(0, 5)) print("", each);
} finally {
  await postgres.stop();
  for (const each of [folder, data]) rmSync(each, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function cacheCreation(reply) {
  return { cache_creation: { ephemeral_5m_input_tokens: 900, ephemeral_1h_input_tokens: 100 + reply } };
}

function ccusage() {
  const require = createRequire(import.meta.url);
  const packaged = `@ccusage/ccusage-${process.platform}-${process.arch}/package.json`;
  const program = join(
    dirname(require.resolve(packaged, { paths: [dirname(require.resolve("ccusage/package.json"))] })),
    "bin",
    "ccusage",
  );
  chmodSync(program, 0o755);
  const env = { ...process.env, CLAUDE_CONFIG_DIR: folder };
  return JSON.parse(
    execFileSync(program, ["claude", "daily", "--json", "--offline", "-z", "UTC"], { env, maxBuffer: 1e9 }),
  );
}

function writeLogs() {
  for (let session = 0; session < SESSIONS; session++) {
    const project = join(logs, `-home-dev-project-${session % 20}`);
    mkdirSync(project, { recursive: true });
    const lines = [];
    for (let reply = 0; reply < REPLIES; reply++) {
      const timestamp = new Date(Date.UTC(2026, 8, 1 + (session % 60), 8, 0, reply * 20)).toISOString();
      lines.push({
        type: "user",
        timestamp,
        message: { role: "user", content: "x".repeat(300 + ((reply * 37) % 900)) },
      });
      const [id, requestId] = [`msg_${randomUUID()}`, `req_${randomUUID()}`];
      // As it streams: a first line with hardly any output, then the whole; and once in a while told again by an agent.
      const whole = { output_tokens: 400 + reply, ...(reply % 7 === 0 && cacheCreation(reply)) };
      const tellings = [{ output_tokens: 2 }, whole];
      if (reply % 50 === 0) tellings.push({ ...whole, isSidechain: true });
      for (const { isSidechain = false, ...more } of tellings) {
        const usage = {
          input_tokens: 3 + reply,
          cache_creation_input_tokens: 1_000 + reply,
          cache_read_input_tokens: 20_000,
          ...more,
        };
        const content = [{ type: "text", text: "y".repeat(200 + ((reply * 53) % 1_500)) }];
        const message = { id, role: "assistant", model: MODELS[reply % 3], content, usage };
        lines.push({
          type: "assistant",
          timestamp,
          requestId: isSidechain ? `req_${randomUUID()}` : requestId,
          isSidechain,
          sessionId: `s${session}`,
          version: "2.0.1",
          message,
        });
      }
    }
    writeFileSync(
      join(project, `${randomUUID()}.jsonl`),
      `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`,
    );
  }
}

/** The files one after the other, as a folder of them is sent; the same memory in turns, since reading is not measured. */
async function* allLogs() {
  const memories = Array.from({ length: 8 }, () => Buffer.allocUnsafeSlow(512 * 1024));
  let turn = 0;
  for (const name of readdirSync(logs, { recursive: true })) {
    if (!name.endsWith(".jsonl")) continue;
    const file = await open(join(logs, name));
    for (;;) {
      const memory = memories[turn++ % memories.length];
      const { bytesRead } = await file.read(memory);
      if (bytesRead === 0) break;
      yield memory.subarray(0, bytesRead);
    }
    await file.close();
  }
}

/** Of each day and model: tokens by kind, and dollars. */
function theirTotals({ daily }, canonicalModel) {
  const totals = new Map();
  for (const { date, modelBreakdowns } of daily) {
    for (const each of modelBreakdowns) {
      const name = `${date} ${canonicalModel(each.modelName.replace(/-fast$/, ""))}`;
      const sum = totals.get(name) ?? [0, 0, 0, 0, 0];
      const own = [
        each.inputTokens,
        each.cacheReadTokens,
        each.cacheCreationTokens,
        each.outputTokens,
        each.cost,
      ];
      totals.set(
        name,
        sum.map((value, index) => value + own[index]),
      );
    }
  }
  return totals;
}

async function ourTotals(organizationId) {
  const { rows } = await connected(postgres.url, (client) =>
    client.query(
      `SELECT day || ' ' || model AS name, sum(uncached_input) AS input, sum(cache_read) AS read,
         sum(cache_write_5m + cache_write_1h) AS write, sum(output) AS output, sum(cost_nano) / 1000000000 AS cost
       FROM usage WHERE organization_id = $1 GROUP BY 1`,
      [organizationId],
    ),
  );
  return new Map(
    rows.map(({ name, input, read, write, output, cost }) => [
      name,
      [input, read, write, output, cost].map(Number),
    ]),
  );
}

function differences(theirs, ours) {
  const names = new Set([...theirs.keys(), ...ours.keys()]);
  return [...names].flatMap((name) => {
    const [their, our] = [theirs.get(name) ?? [], ours.get(name) ?? []];
    const same = [0, 1, 2, 3].every((index) => their[index] === our[index]);
    return same && Math.abs(their[4] - our[4]) < 0.005 ? [] : [`${name}: ${their} / ${our}`];
  });
}

async function seconds(work) {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1_000];
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function print(name, value) {
  console.log(`${name.padEnd(52)} ${value}`);
}

function check(name, ok, text) {
  failed ||= !ok;
  print(name, `${text}${ok ? "" : "  MISSED"}`);
}
