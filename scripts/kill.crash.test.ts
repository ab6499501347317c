import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";

import { freePort, runningPostgres } from "./postgres.mjs";

const ROUNDS = 20;
const WRITERS = 3;
const folder = join(tmpdir(), `twoline-kill-${process.pid}`);
const keyFile = join(folder, "keys.json");
const data = join(folder, "data");
const OWNER = { name: "Ada", email: "ada@example.test", password: "correct horse battery" };

let supervisor: ChildProcess | null = null;
let port = 0;
let cookie = "";
let provider = "";
let account = "";
let sent = 0;
/** Numbers of the invoices that were answered 201. */
const acknowledged = new Set<string>();
const refused = new Set<number>();

afterAll(async () => {
  await stop("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

/**
 * The application, PostgreSQL, and what watches over both are killed at random moments while invoices are entered.
 * Every acknowledged one is there, none is half, and the next start works.
 */
test(`kill -9 at ${ROUNDS} random moments of entering loses nothing and halves nothing`, async () => {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  await start();
  await setUp();

  for (let round = 0; round < ROUNDS; round++) {
    const writers = Array.from({ length: WRITERS }, () => enterUntilRefused());
    await someAreEntered(1 + Math.floor(Math.random() * 8));
    await pause(Math.random() * 60);
    kill(round % 2 === 0 ? "application" : "postgres");
    // Now and then what watches dies too, and leaves the other one behind.
    await stop(round % 5 === 4 ? "SIGKILL" : "SIGTERM");
    await Promise.all(writers);
    await start();
    await expectBooksWhole();
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(ROUNDS);
  // A database that is gone is said to be away, never an error of ours.
  expect([...refused].filter((status) => status !== 503)).toEqual([]);
});

async function start(): Promise<void> {
  port = await freePort();
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: {
      ...env,
      PORT: String(port),
      TWOLINE_DATA: data,
      TWOLINE_KEY_FILE: keyFile,
      NODE_ENV: "production",
    },
    stdio: ["ignore", "ignore", "ignore"],
  });
  supervisor = child;
  const deadline = Date.now() + 60_000;
  while (!(await call("GET", "/healthz").catch(() => null))?.ok) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error("Twoline does not start again.");
    await pause(50);
  }
}

async function stop(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  const child = supervisor;
  supervisor = null;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.on("exit", resolve));
  child.kill(signal);
  await ended;
}

function kill(victim: "application" | "postgres"): void {
  const pid =
    victim === "application"
      ? JSON.parse(readFileSync(join(data, "running.json"), "utf8")).application
      : Number(readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
}

function call(method: string, path: string, body?: object): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { "Content-Type": "application/json", cookie, Origin: `http://127.0.0.1:${port}` },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function made(path: string, body: object): Promise<{ id: string }> {
  const answer = await call("POST", path, body);
  expect(answer.status).toBe(201);
  return await answer.json();
}

async function setUp(): Promise<void> {
  const organization = { name: "Killed", baseCurrency: "USD", fiscalYearStart: 1, booksStart: "2026-01" };
  const answer = await call("POST", "/api/v1/setup", { organization, owner: OWNER });
  expect(answer.status).toBe(201);
  cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  provider = (await made("/api/v1/service-providers", { name: "Provider" })).id;
  const shares = [{ basisPoints: 10_000, purpose: "product_running" }];
  account = (
    await made("/api/v1/api-accounts", {
      name: "prod",
      serviceProviderId: provider,
      kind: "organization",
      classification: { startsOn: "2026-01-01", shares },
    })
  ).id;
}

const COST_MINOR = [1_240_11, 310_40, 99_99];

/** Enters one invoice after the other, as fast as it goes, until nobody answers any more. */
async function enterUntilRefused(): Promise<void> {
  for (;;) {
    const number = `K-${sent++}`;
    const usd = (minor: number) => ({ minor, currency: "USD" });
    const charges = COST_MINOR.map((minor, index) => ({
      chargeCategory: "usage",
      description: `Line ${index}`,
      chargePeriod: { start: "2026-09-15", end: "2026-11-10" },
      billedCost: usd(minor),
      apiAccountId: account,
    }));
    const total = COST_MINOR.reduce((sum, minor) => sum + minor, 0);
    const body = {
      number,
      serviceProviderId: provider,
      issueDate: "2026-11-10",
      billedCost: usd(total),
      charges,
    };
    try {
      const answer = await call("POST", "/api/v1/invoices", body);
      // Whoever is not answered 201 is told that nothing was changed, and why.
      if (answer.status !== 201) {
        refused.add(answer.status);
        return;
      }
      await answer.text();
      acknowledged.add(number);
    } catch {
      return;
    }
  }
}

/** Waits until so many more were acknowledged: the first answer after a start takes longest. */
async function someAreEntered(count: number): Promise<void> {
  const wanted = acknowledged.size + count;
  const deadline = Date.now() + 30_000;
  while (acknowledged.size < wanted) {
    if (Date.now() > deadline) throw new Error("No invoice is acknowledged.");
    await pause(1);
  }
}

/** With plain SQL, past everything that could hide a hole. */
async function expectBooksWhole(): Promise<void> {
  const { databasePassword } = JSON.parse(readFileSync(keyFile, "utf8"));
  const connectionString = runningPostgres({ folder: data, password: databasePassword });
  const client = new pg.Client({ connectionString: connectionString ?? "" });
  await client.connect();
  const { rows } = await client.query(`
    SELECT i.number, i.billed_cost_minor::int AS billed,
           (SELECT count(*)::int FROM charge c WHERE c.invoice_id = i.id) AS lines,
           (SELECT coalesce(sum(e.cost_minor), 0)::int FROM ledger_entry e WHERE e.invoice_id = i.id) AS posted,
           (SELECT count(*)::int FROM audit_event a WHERE a.target_id = i.id) AS traces
    FROM invoice i`);
  const totals = await client.query(`
    SELECT (SELECT coalesce(sum(base_cost_minor), 0)::text FROM ledger_entry) AS entries,
           (SELECT coalesce(sum(base_cost_minor), 0)::text FROM ledger_total) AS totals`);
  await client.end();

  const there = new Set(rows.map(({ number }) => number));
  expect([...acknowledged].filter((number) => !there.has(number))).toEqual([]);
  for (const { number, billed, lines, posted, traces } of rows) {
    expect({ number, lines, posted, traces }).toEqual({
      number,
      lines: COST_MINOR.length,
      posted: billed,
      traces: 1,
    });
  }
  expect(totals.rows[0].totals).toBe(totals.rows[0].entries);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
