// What reading Claude Code's logs costs beside ccusage, a native program that stores nothing: the same totals per day and
// model, and our time with the result in the books. Made of the same files in the same run.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { migrate } from "../scripts/migrate.mjs";
import { startPostgres } from "../scripts/postgres.mjs";

const SESSIONS = Number(process.argv[2] ?? 200);
const REPLIES = 400;
const TARGET = 2;
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
  const { getUsage } = await import("../lib/usage/service.ts");
  const { anOrganization } = await import("../lib/testing/organization.ts");
  const { someBooks } = await import("../lib/testing/books.ts");
  const { canonicalModel } = await import("../lib/domain/model-name.ts");
  const ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  const { members } = await someBooks(ctx);

  // Once unmeasured: the files are in memory for both.
  ccusage();
  const [report, native] = seconds(() => ccusage());
  const { id } = await receiveImport(
    ctx,
    { fileName: "logs.jsonl", memberId: members.ada },
    { bytes: allLogs(), announced: null },
  );
  const start = performance.now();
  await workOnImport(ctx, id);
  const read = await readImport(ctx, { id });
  await commitImport(ctx, { id, skipBadRows: false });
  await workOnImport(ctx, id);
  const ours = (performance.now() - start) / 1_000;

  const { groups } = await getUsage(ctx, { from: "2026-09", to: "2026-11", groupBy: "model" });
  const theirs = new Map();
  for (const { modelBreakdowns } of report.daily) {
    for (const {
      modelName,
      inputTokens,
      outputTokens,
      cacheCreationTokens,
      cacheReadTokens,
    } of modelBreakdowns) {
      const name = canonicalModel(modelName);
      theirs.set(
        name,
        (theirs.get(name) ?? 0) + inputTokens + outputTokens + cacheCreationTokens + cacheReadTokens,
      );
    }
  }
  const differing = groups.filter(
    ({ group, tokens }) => Object.values(tokens).reduce((a, b) => a + b) !== theirs.get(group.id),
  );
  print("replies", (read.preview?.rows ?? 0).toLocaleString("en"));
  print("ccusage", `${native.toFixed(2)} s`);
  print("read, merged, summed and posted", `${ours.toFixed(2)} s`);
  check("times ccusage", ours / native <= TARGET, `${(ours / native).toFixed(1)} x, at most ${TARGET}`);
  check("models with other totals", differing.length === 0, String(differing.length));
} finally {
  await postgres.stop();
  for (const each of [folder, data]) rmSync(each, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

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
      // As it streams: a first line with hardly any output, then the whole.
      for (const output_tokens of [2, 400 + reply]) {
        const usage = {
          input_tokens: 3 + reply,
          cache_creation_input_tokens: 1_000 + reply,
          cache_read_input_tokens: 20_000,
          output_tokens,
        };
        const content = [{ type: "text", text: "y".repeat(200 + ((reply * 53) % 1_500)) }];
        const message = { id, role: "assistant", model: MODELS[reply % 3], content, usage };
        lines.push({
          type: "assistant",
          timestamp,
          requestId,
          isSidechain: false,
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

async function* allLogs() {
  for (const name of readdirSync(logs, { recursive: true })) {
    if (name.endsWith(".jsonl")) yield readFileSync(join(logs, name));
  }
}

function seconds(work) {
  const start = performance.now();
  const result = work();
  return [result, (performance.now() - start) / 1_000];
}

function print(name, value) {
  console.log(`${name.padEnd(52)} ${value}`);
}

function check(name, ok, text) {
  failed ||= !ok;
  print(name, `${text}${ok ? "" : "  MISSED"}`);
}
