// What reading the books costs as the usage behind them grows: two organizations of one database, with the same totals,
// one of ten thousand rows of usage and one of ten million. The handlers of the routes are asked in turns, in this process
// and with a real session, so that what is left out is Next itself. Prints ratios of medians; fails when a target is missed.
import { mkdtempSync, rmSync } from "node:fs";
import { registerHooks } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { connected, migrate } from "../scripts/migrate.mjs";
import { startPostgres } from "../scripts/postgres.mjs";

const ROWS = Number(process.argv[2] ?? 10_000_000);
const SMALL = 10_000;
const ROUNDS = 150;
const TARGETS = { growth: 1.2, overRaw: 2 };
const YEAR = { from: "2025-11", to: "2026-10" };
/** With the running month and those to come, of which the forecast is told. */
const AHEAD = { from: "2026-08", to: "2027-07" };
const FIRST_DAY = "2025-11-01";
const END_DAY = "2026-11-01";
const [NAMES, DAYS, MODELS] = [20, 250, 2];

const folder = mkdtempSync(join(tmpdir(), "twoline-bench-"));
// Only the filling is spared the disk: what is measured reads.
const settings = { fsync: "off", full_page_writes: "off", autovacuum: "off", max_wal_size: "8GB" };
const postgres = await startPostgres({ folder, password: "throwaway", settings });
let failed = false;
try {
  await migrate(postgres.url);
  process.env.DATABASE_URL = postgres.url;
  process.env.NEXTAUTH_SECRET = "only-for-this-run-only-for-this-run-only-for-this-run";
  process.env.LOG_LEVEL ??= "error";
  await import("../scripts/typescript.mjs");
  standInForNext();
  await measure();
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

async function measure() {
  const few = await anOrganizationWith(SMALL);
  const many = await anOrganizationWith(ROWS);
  await connected(postgres.url, (client) => client.query("VACUUM ANALYZE"));
  const { route, ok } = await import("../lib/http/route.ts");
  const { z } = await import("zod");
  const budget = (await import("../app/api/v1/budget/route.ts")).GET;
  const usage = (await import("../app/api/v1/usage/route.ts")).GET;
  const empty = route(z.strictObject({}), async () => ok({}));

  await connected(postgres.url, async (client) => {
    const questions = {
      budget: [budget, YEAR],
      "budget ahead": [budget, AHEAD],
      "budget by member": [budget, { ...YEAR, groupBy: "member" }],
      "usage by model": [usage, { ...YEAR, groupBy: "model" }],
      "usage by member": [usage, { ...YEAR, groupBy: "member" }],
    };
    const works = {
      "an empty route": () => ask(many, empty, {}),
      "raw totals": () => rawTotals(client, many),
    };
    for (const [name, [handler, query]] of Object.entries(questions)) {
      works[`${name}, few`] = () => ask(few, handler, query);
      works[`${name}, many`] = () => ask(many, handler, query);
      await assertAlike(name, works);
    }
    report(await medians(works), Object.keys(questions), { few, many });
  });
}

function report(median, questions, { few, many }) {
  print("rows of usage", `${few.rows.toLocaleString("en")} and ${many.rows.toLocaleString("en")}`);
  for (const name of questions) {
    const [small, large] = [median[`${name}, few`], median[`${name}, many`]];
    const text = `${(large / small).toFixed(2)} times (${small.toFixed(2)} and ${large.toFixed(2)} ms)`;
    if (name.startsWith("budget") && !name.includes("member"))
      check(`GET ${name}, many to few`, large / small <= TARGETS.growth, text);
    else print(`GET ${name}, many to few`, text);
  }
  const floor = median["raw totals"] + median["an empty route"];
  const over = median["budget, many"] / floor;
  print("the same totals in plain SQL", `${median["raw totals"].toFixed(2)} ms`);
  print("a route that asks who it is and no more", `${median["an empty route"].toFixed(2)} ms`);
  check("GET budget, to both of these", over <= TARGETS.overRaw, `${over.toFixed(2)} times`);
}

/** Books with so many rows of usage, in groups that are the same however many there are, summed and posted as an import is. */
async function anOrganizationWith(rows) {
  const { transact, writeLong } = await import("../lib/db/client.ts");
  const { createSession } = await import("../lib/auth/data.ts");
  const { sealSession } = await import("../lib/auth/cookie.ts");
  const { repost } = await import("../lib/ledger/repost.ts");
  const { anOrganization } = await import("../lib/testing/organization.ts");
  const { someBooks } = await import("../lib/testing/books.ts");
  const { refreshRollups } = await import("../lib/usage/rollup-data.ts");
  const now = new Date();
  const ctx = await anOrganization({ booksStart: YEAR.from, now });
  const books = await someBooks(ctx);
  const perGroup = Math.max(1, Math.round(rows / NAMES / DAYS / MODELS));
  const identityIds = await fill(ctx.organization.id, books, perGroup);
  await writeLong(ctx, async (db) => {
    await refreshRollups(db, ctx, { identityIds, firstDay: FIRST_DAY, lastDay: "2026-10-31" });
    const days = { start: FIRST_DAY, end: END_DAY };
    await repost(db, ctx, { usage: [{ serviceProviderId: books.providers.anthropic, days }] });
  });
  const of = { userId: ctx.actor.userId, organizationId: ctx.organization.id, userAgent: "bench", now };
  const cookie = await sealSession(await transact({}, (db) => createSession(db, of)));
  return { id: ctx.organization.id, rows: perGroup * NAMES * DAYS * MODELS, cookie };
}

/** Made in the database as its owner, past the checks of references: an import of ten million rows takes minutes. */
async function fill(organizationId, { providers, accounts, members }, perGroup) {
  return await connected(postgres.url, async (client) => {
    const { rows } = await client.query(
      `INSERT INTO identity (organization_id, id, service_provider_id, kind, external_id, name, created_at)
       SELECT $1, gen_random_uuid(), $2, 'api_key', 'key-' || n, 'key-' || n, now() FROM generate_series(1, ${NAMES}) n
       RETURNING id`,
      [organizationId, providers.anthropic],
    );
    const ids = rows.map(({ id }) => id).sort();
    const meant = [accounts.prod, accounts.dev, accounts.trial, members.ada, members.ben, members.cem, null];
    for (const [index, id] of ids.entries()) {
      const to = meant[index % meant.length];
      if (to === null) continue;
      const column = index % meant.length < 3 ? "api_account_id" : "member_id";
      await client.query(
        `INSERT INTO identity_match (organization_id, id, identity_id, starts_on, ${column}, created_at)
         VALUES ($1, gen_random_uuid(), $2, '2025-01-01', $3, now())`,
        [organizationId, id, to],
      );
    }
    await client.query("SET session_replication_role = replica");
    // The rows of a group cost the same together, however many they are, so that both ledgers come out the same.
    const nano = Math.round(25_000_000_000 / perGroup);
    await client.query(
      `INSERT INTO usage (organization_id, identity_id, day, key, import_id, source, model, service_tier, cost_kind, uncached_input,
         cache_read, cache_write_5m, cache_write_1h, output, requests, cost_nano, currency, spread_days)
       SELECT $1, id, '${FIRST_DAY}'::date + floor(day * ${365 / DAYS})::int, model * 1000000000::bigint + n, gen_random_uuid(),
         'anthropic_console_cost', 'claude-model-' || model, 'standard', 'metered', ${1_000_000 / perGroup}, 0, 0, 0, 0, 0, ${nano}, 'USD', 1
       FROM unnest($2::uuid[]) id, generate_series(0, ${DAYS - 1}) day, generate_series(1, ${MODELS}) model,
         generate_series(1, ${perGroup}) n`,
      [organizationId, ids],
    );
    await client.query("RESET session_replication_role");
    return ids;
  });
}

async function ask({ cookie }, handler, query) {
  globalThis.benchCookie = cookie;
  const request = new Request(`http://localhost:3000/api/v1/?${new URLSearchParams(query)}`);
  const response = await handler(request, { params: Promise.resolve({}) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return text;
}

async function rawTotals(client, { id }) {
  const { rows } = await client.query({
    name: "totals",
    text: `SELECT month, purpose, state, sum(base_cost_minor) FROM ledger_total
           WHERE organization_id = $1 AND kind = 'cost' AND month BETWEEN $2 AND $3 GROUP BY 1, 2, 3`,
    values: [id, YEAR.from, YEAR.to],
  });
  return rows;
}

/** Both organizations answer the same, the ids of their things apart: all rows stand behind the figures. */
async function assertAlike(name, works) {
  const plain = (text) => text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "");
  const [few, many] = [plain(await works[`${name}, few`]()), plain(await works[`${name}, many`]())];
  if (few !== many) throw new Error(`${name} differs:\n${few.slice(0, 2_000)}\n${many.slice(0, 2_000)}`);
}

/** The median time of each, in milliseconds; all take turns, so that what else the machine does meets all alike. */
async function medians(works) {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = -20; round < ROUNDS; round++) {
    const turn = Object.entries(works);
    if (round % 2 === 0) turn.reverse();
    for (const [name, work] of turn) {
      const start = performance.now();
      await work();
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  const middle = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, middle(list)]));
}

/** Outside of a Next server there is no request to take cookies from, and nothing redirects. */
function standInForNext() {
  const text = (code) => ({ url: `data:text/javascript,${encodeURIComponent(code)}`, shortCircuit: true });
  const modules = {
    "next/headers": text(
      "export const cookies = async () => ({ get: (name) => ({ name, value: globalThis.benchCookie }) });",
    ),
    "next/navigation": text("export const redirect = () => {};"),
  };
  registerHooks({ resolve: (specifier, context, next) => modules[specifier] ?? next(specifier, context) });
}

function print(name, value) {
  console.log(`${name.padEnd(52)} ${value}`);
}

function check(name, ok, text) {
  failed ||= !ok;
  print(name, `${text}${ok ? "" : "  MISSED"}`);
}
