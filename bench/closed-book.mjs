// What books cost as the people in them grow: three years of two organizations of one database, with the same teams,
// products, accounts and charges, one of ten people with a seat each and one of ten thousand. Reading the budget, making
// the ledger anew, closing a month and reading what was kept of it, by the handlers of the routes in this process and with
// a real session. Prints ratios of medians and seconds; fails when a target is missed. Beside the seconds in which
// a month is rebuilt stand those in which plain SQL puts its entries into the same table: that ratio holds elsewhere too.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { registerHooks } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { connected, migrate } from "../scripts/migrate.mjs";
import { startPostgres } from "../scripts/postgres.mjs";

const PEOPLE = Number(process.argv[2] ?? 10_000);
const FEW = 10;
const MONTHS = 36;
const CLOSED = 3;
const ROUNDS = 40;
/** Times and seconds. That a month is closed in five seconds nobody but us asks. */
const TARGETS = { growth: 3, month: 5, close: 5 };
/** A month's charges on API accounts, on invoices of so many lines. */
const CHARGES = Math.max(10, Math.round(PEOPLE / 10));
const LINES = Math.min(50, CHARGES);
/** What a line of use costs, in SQL: the same for few and for many. */
const CENTS = "(1000 + (n * 37 + extract(month FROM month)::int * 113) % 5000)";
const [CONTRACTS, TEAMS, PRODUCTS, ACCOUNTS] = [3, 8, 5, Math.max(10, Math.round(CHARGES * 0.3))];

const folder = mkdtempSync(join(tmpdir(), "twoline-bench-"));
// What is closed and rebuilt is written to the disk as ever.
const postgres = await startPostgres({ folder, password: "throwaway", settings: { autovacuum: "off" } });
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
  const { shiftMonth } = await import("../lib/domain/month.ts");
  const running = new Date().toISOString().slice(0, 7);
  const first = shiftMonth(running, 1 - MONTHS);
  print("people, and charges a month", `${FEW} and ${whole(PEOPLE)}, ${whole(CHARGES)}`);
  // The first to be rebuilt also starts what talks to the database.
  const few = await anOrganizationWith(FEW, { first, running });
  await measureRebuilding(running);
  const many = await anOrganizationWith(PEOPLE, { first, running });
  print(`rebuilding ${MONTHS} months of few`, inSeconds(few.rebuilt));
  print(`rebuilding ${MONTHS} months of many`, `${inSeconds(many.rebuilt)}, ${whole(many.entries)} entries`);
  await connected(postgres.url, (client) => client.query("VACUUM ANALYZE"));
  print("rebuilding them once more, with nothing to change", inSeconds((await rebuild(many.ctx))[1]));
  await measurePosting({ few, many });
  await measureBudget({ few, many }, { from: first, to: running });
  await measureAdvice({ few, many }, shiftMonth(running, -1));
  await measureClosing(
    many,
    Array.from({ length: CLOSED }, (_, index) => shiftMonth(first, index)),
  );
}

async function measureRebuilding(running) {
  const month = await anOrganizationWith(PEOPLE, { first: running, running, billed: true });
  const inSql = await connected(postgres.url, (client) => putBack(client, month.ctx.organization.id));
  const beside = `${(month.rebuilt / inSql).toFixed(1)} times plain SQL`;
  const text = `${inSeconds(month.rebuilt)}, ${whole(month.entries)} entries, ${beside}, at most ${TARGETS.month} s`;
  check("rebuilding a month of seats and charges", month.rebuilt <= TARGETS.month, text);
}

/** One invoice of API accounts once more, in the midst of everything: what every change of a fact pays. */
async function measurePosting({ few, many }) {
  const { writeLong } = await import("../lib/db/client.ts");
  const { repost } = await import("../lib/ledger/repost.ts");
  const post = ({ ctx, invoiceId }) => writeLong(ctx, (db) => repost(db, ctx, { invoiceIds: [invoiceId] }));
  const median = await medians({ few: () => post(few), many: () => post(many) }, 3);
  print(`posting an invoice of ${LINES} lines, many to few`, ratioOf(median));
}

async function measureBudget({ few, many }, months) {
  const { GET } = await import("../app/api/v1/budget/route.ts");
  for (const groupBy of ["", "team", "member"]) {
    const query = { ...months, ...(groupBy && { groupBy }) };
    const rounds = groupBy === "member" ? 3 : ROUNDS;
    const median = await medians(
      { few: () => ask(few, GET, { query }), many: () => ask(many, GET, { query }) },
      rounds,
    );
    const name = `GET budget of ${MONTHS} months${groupBy && ` by ${groupBy}`}, many to few`;
    const text = ratioOf(median);
    if (groupBy === "member") print(name, text);
    else check(name, median.many / median.few <= TARGETS.growth, `${text}, at most ${TARGETS.growth}`);
  }
}

/** What the first page says beside the budget: what changed arrives with it, what is worth most money after it. */
async function measureAdvice({ few, many }, month) {
  const { GET: changes } = await import("../app/api/v1/changes/route.ts");
  const { GET: highlights } = await import("../app/api/v1/highlights/route.ts");
  for (const [name, handler, query] of [
    [`GET changes of ${month}`, changes, { month }],
    ["GET highlights", highlights, {}],
  ]) {
    const works = { few: () => ask(few, handler, { query }), many: () => ask(many, handler, { query }) };
    print(`${name}, many to few`, ratioOf(await medians(works, 5)));
  }
}

/** The first months of the books, one after another. */
async function measureClosing(many, months) {
  const { GET: checklist } = await import("../app/api/v1/periods/[month]/checklist/route.ts");
  const { PUT: close, DELETE: reopen } = await import("../app/api/v1/periods/[month]/closure/route.ts");
  const { GET: snapshot } = await import("../app/api/v1/periods/[month]/snapshot.csv/route.ts");
  const times = { checklist: [], close: [], snapshot: [] };
  let bytes = 0;
  for (const month of months) {
    const path = { params: { month } };
    times.checklist.push((await timed(() => ask(many, checklist, path)))[1]);
    const [answer, seconds] = await timed(() => ask(many, close, { ...path, method: "PUT" }));
    times.close.push(seconds);
    const [content, reading] = await timed(() => ask(many, snapshot, path));
    times.snapshot.push(reading);
    bytes = Buffer.byteLength(content);
    const { sha256 } = JSON.parse(answer).closing;
    if (createHash("sha256").update(content).digest("hex") !== sha256)
      throw new Error(`${month} is not what was kept`);
  }
  const slowest = (list) => inSeconds(Math.max(...list));
  print(`checklist of a month, slowest of ${CLOSED}`, slowest(times.checklist));
  const text = `${slowest(times.close)}, at most ${TARGETS.close} s`;
  check(`closing a month, slowest of ${CLOSED}`, Math.max(...times.close) <= TARGETS.close, text);
  print(`reading what was kept, slowest of ${CLOSED}`, `${slowest(times.snapshot)}, ${whole(bytes)} bytes`);
  const again = { params: { month: months.at(-1) }, query: { reason: "Once more" }, method: "DELETE" };
  const [, reopened] = await timed(() => ask(many, reopen, again));
  print("reopening the last of them", inSeconds(reopened));
}

/** Books from a month to the running one, of which seats are invoiced up to the month before, unless they are billed. */
async function anOrganizationWith(people, { first, running, billed = false }) {
  const { transact } = await import("../lib/db/client.ts");
  const { createSession } = await import("../lib/auth/data.ts");
  const { sealSession } = await import("../lib/auth/cookie.ts");
  const { anOrganization } = await import("../lib/testing/organization.ts");
  const now = new Date();
  const ctx = await anOrganization({ booksStart: first, now });
  const id = ctx.organization.id;
  await connected(postgres.url, (client) => fill(client, { id, people, first, end: running, billed }));
  const [, rebuilt] = await rebuild(ctx);
  const of = { userId: ctx.actor.userId, organizationId: id, userAgent: "bench", now };
  const cookie = await sealSession(await transact({}, (db) => createSession(db, of)));
  return await connected(postgres.url, async (client) => {
    const find = `SELECT id, (SELECT count(*)::int FROM ledger_entry WHERE organization_id = $1) AS entries
                  FROM invoice WHERE organization_id = $1 AND number = $2`;
    const { rows } = await client.query(find, [id, `api ${first} 1`]);
    return { ctx, cookie, rebuilt, invoiceId: rows[0].id, entries: rows[0].entries };
  });
}

/** The same entries into the same table, with its indexes and references: what no way of posting them can do without. */
async function putBack(client, id) {
  await client.query("BEGIN");
  await client.query(
    `CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM ledger_entry WHERE organization_id = '${id}'`,
  );
  await client.query("DELETE FROM ledger_entry WHERE organization_id = $1", [id]);
  const [, seconds] = await timed(() => client.query("INSERT INTO ledger_entry SELECT * FROM kept"));
  await client.query("ROLLBACK");
  return seconds;
}

async function rebuild(ctx) {
  const { writeLong } = await import("../lib/db/client.ts");
  const { rebuildWithin } = await import("../lib/ledger/repost.ts");
  return await timed(() => writeLong(ctx, (db) => rebuildWithin(db, ctx)));
}

/** Made in the database as its owner, past the checks of references: by the services it takes hours. */
async function fill(client, { id, people, first, end, billed }) {
  const start = `${first}-01`;
  const months = `generate_series('${start}'::date, '${end}-01'::date - ${billed ? 0 : 1}, '1 month') AS month`;
  const named = (prefix, n) => `(md5($1 || '${prefix}' || ${n})::uuid)`;
  await client.query("SET session_replication_role = replica");
  for (const text of [
    `INSERT INTO team (organization_id, id, name, code, created_at)
     SELECT $1::uuid, ${named("team", "n")}, 'Team ' || n, 'T' || n, now() FROM generate_series(0, ${TEAMS - 1}) n`,
    `INSERT INTO product (organization_id, id, name, created_at)
     SELECT $1::uuid, ${named("product", "n")}, 'Product ' || n, now() FROM generate_series(0, ${PRODUCTS - 1}) n`,
    `INSERT INTO service_provider (organization_id, id, name)
     SELECT $1::uuid, ${named("provider", "n")}, 'Provider ' || n FROM generate_series(0, ${CONTRACTS - 1}) n`,
    `INSERT INTO member (organization_id, id, name, aliases, created_at)
     SELECT $1::uuid, ${named("member", "n")}, 'Member ' || n, '{}', now() FROM generate_series(0, ${people - 1}) n`,
    `INSERT INTO team_membership (organization_id, id, member_id, team_id, starts_on)
     SELECT $1::uuid, gen_random_uuid(), ${named("member", "n")}, ${named("team", `n % ${TEAMS}`)}, '${start}'
     FROM generate_series(0, ${people - 1}) n`,
    `INSERT INTO plan (organization_id, id, service_provider_id, name, proration_rule)
     SELECT $1::uuid, ${named("plan", "n")}, ${named("provider", "n")}, 'Plan', 'prorated' FROM generate_series(0, ${CONTRACTS - 1}) n`,
    `INSERT INTO subscription (organization_id, id, name, service_provider_id, team_id, billing_interval, billing_anchor, created_at)
     SELECT $1::uuid, ${named("contract", "n")}, 'Contract ' || n, ${named("provider", "n")}, ${named("team", "n")}, 'month', '${start}', now()
     FROM generate_series(0, ${CONTRACTS - 1}) n`,
    `INSERT INTO subscription_term (organization_id, id, subscription_id, plan_id, starts_on, seats, unit_price_minor, currency)
     SELECT $1::uuid, gen_random_uuid(), ${named("contract", "n")}, ${named("plan", "n")}, '${start}', ${seatsOf("n")}, 2500, 'USD'
     FROM generate_series(0, ${CONTRACTS - 1}) n`,
    `INSERT INTO assignment (organization_id, id, subscription_id, plan_id, member_id, starts_on, created_at, product_id)
     SELECT $1::uuid, gen_random_uuid(), ${named("contract", `n % ${CONTRACTS}`)}, ${named("plan", `n % ${CONTRACTS}`)},
       ${named("member", "n")}, '${start}', now(), CASE WHEN n % 10 = 0 THEN ${named("product", `n % ${PRODUCTS}`)} END
     FROM generate_series(0, ${people - 1}) n`,
    `INSERT INTO api_account (organization_id, id, parent_id, service_provider_id, kind, name, created_at)
     SELECT $1::uuid, ${named("account", "n")}, CASE WHEN n > 0 THEN ${named("account", "0")} END, ${named("provider", "0")},
       CASE WHEN n > 0 THEN 'workspace' ELSE 'organization' END::"api_account_kind", 'Account ' || n, now()
     FROM generate_series(0, ${ACCOUNTS}) n`,
    `INSERT INTO classification (organization_id, id, api_account_id, starts_on, created_at)
     SELECT $1::uuid, ${named("classification", "n")}, ${named("account", "n")}, '2000-01-01', now()
     FROM generate_series(0, ${ACCOUNTS}) n`,
    `INSERT INTO classification_share (organization_id, classification_id, position, basis_points, purpose, team_id, product_id)
     SELECT $1::uuid, ${named("classification", "n")}, place, CASE place WHEN 0 THEN 7000 ELSE 3000 END,
       CASE place WHEN 0 THEN 'product_running' ELSE 'developer_leverage' END::"purpose", ${named("team", `(n + place) % ${TEAMS}`)},
       CASE WHEN place = 0 THEN ${named("product", `n % ${PRODUCTS}`)} END
     FROM generate_series(0, ${ACCOUNTS}) n, generate_series(0, 1) place`,
    // A month's seats on one invoice of each contract, and its use on invoices of many lines.
    `INSERT INTO invoice (organization_id, id, number, service_provider_id, issue_date, billing_month, currency, billed_cost_minor, created_at)
     SELECT $1::uuid, ${named("seats", "(month::date || ' ' || n)")}, 'seats ' || to_char(month, 'YYYY-MM') || ' ' || n,
       ${named("provider", "n")}, month, to_char(month, 'YYYY-MM'), 'USD', ${seatsOf("n")} * 2500, now()
     FROM ${months}, generate_series(0, ${CONTRACTS - 1}) n`,
    `INSERT INTO charge (organization_id, id, invoice_id, position, charge_category, description, charge_period_start, charge_period_end,
       quantity, unit_price, billed_cost_minor, subscription_id, plan_id)
     SELECT $1::uuid, gen_random_uuid(), ${named("seats", "(month::date || ' ' || n)")}, 0, 'purchase', 'Seats', month, month + interval '1 month',
       ${seatsOf("n")}, 25, ${seatsOf("n")} * 2500, ${named("contract", "n")}, ${named("plan", "n")}
     FROM ${months}, generate_series(0, ${CONTRACTS - 1}) n`,
    `INSERT INTO invoice (organization_id, id, number, service_provider_id, issue_date, billing_month, currency, billed_cost_minor, created_at)
     SELECT $1::uuid, ${named("api", `(month::date || ' ' || n / ${LINES})`)}, 'api ' || to_char(month, 'YYYY-MM') || ' ' || min(n / ${LINES} + 1),
       ${named("provider", "0")}, (month + interval '1 month - 1 day')::date, to_char(month, 'YYYY-MM'), 'USD', sum(${CENTS}), now()
     FROM ${months}, generate_series(0, ${CHARGES - 1}) n GROUP BY month, n / ${LINES}`,
    `INSERT INTO charge (organization_id, id, invoice_id, position, charge_category, description, charge_period_start, charge_period_end,
       billed_cost_minor, api_account_id)
     SELECT $1::uuid, gen_random_uuid(), ${named("api", `(month::date || ' ' || n / ${LINES})`)}, n % ${LINES}, 'usage', 'Use of model ' || n,
       month, month + interval '1 month', ${CENTS}, ${named("account", `(1 + n % ${ACCOUNTS})`)}
     FROM ${months}, generate_series(0, ${CHARGES - 1}) n`,
  ])
    await client.query(text.replaceAll("$1", `'${id}'`));
  await client.query("RESET session_replication_role");
  await client.query("ANALYZE");

  function seatsOf(n) {
    return `((${people} + ${CONTRACTS - 1} - ${n}) / ${CONTRACTS})`;
  }
}

async function ask({ cookie }, handler, { query = {}, params = {}, method = "GET" }) {
  globalThis.benchCookie = cookie;
  const url = `http://localhost:3000/api/v1/?${new URLSearchParams(query)}`;
  const request = new Request(url, {
    method,
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    ...(method === "PUT" && { body: "{}" }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return text;
}

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
}

/** The median time of each, in milliseconds; both take turns, so that what else the machine does meets both alike. */
async function medians(works, rounds) {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = -2; round < rounds; round++) {
    const turn = Object.entries(works);
    if (round % 2 === 0) turn.reverse();
    for (const [name, work] of turn) {
      const [, seconds] = await timed(work);
      if (round >= 0) times[name].push(seconds * 1000);
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

function whole(number) {
  return number.toLocaleString("en");
}

function inSeconds(seconds) {
  return `${seconds.toFixed(2)} s`;
}

function ratioOf({ few, many }) {
  return `${(many / few).toFixed(2)} times (${few.toFixed(2)} and ${many.toFixed(2)} ms)`;
}

function print(name, value) {
  console.log(`${name.padEnd(52)} ${value}`);
}

function check(name, ok, text) {
  failed ||= !ok;
  print(name, `${text}${ok ? "" : "  MISSED"}`);
}
