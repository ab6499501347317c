import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { changeGrid } from "@/lib/budgets/grid";
import { addOwner } from "@/lib/budgets/owners";
import { versionInput } from "@/lib/budgets/schema";
import { createVersion } from "@/lib/budgets/service";
import { creditGrantInput } from "@/lib/credit-grants/schema";
import { createCreditGrant } from "@/lib/credit-grants/service";
import { transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { matchIdentity } from "@/lib/identities/service";
import { setDuty } from "@/lib/invoice-duties/service";
import { mergeMembers } from "@/lib/members/merging";
import { memberInput } from "@/lib/members/schema";
import { createMember } from "@/lib/members/service";
import { changeOpeningTotals } from "@/lib/opening-totals/service";
import { createFeed } from "@/lib/renewals/feed";
import { ask, findRoutes, requestOf } from "@/lib/testing/ask";
import { closeMonths } from "@/lib/testing/closing";
import { importFile, sendFile } from "@/lib/testing/imports";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import { aFinding } from "@/lib/testing/routes/findings";
import { findTenantTables, fingerprint } from "@/lib/testing/tenant-tables";
import { aColleague, aSession, aWorld, type World } from "@/lib/testing/world";
import { createThreshold } from "@/lib/thresholds/service";
import { suspendUser } from "@/lib/users/service";

// What the database refuses when nothing above it does: plain SQL as the application role.

/** A session is looked up before it is known whose it is, so that table is nobody's. */
const GLOBAL = new Set(["session"]);

const client = new Client({ connectionString: process.env.DATABASE_URL });
let ours = "";
let theirs = "";
let tables: string[] = [];

beforeAll(async () => {
  await client.connect();
  tables = (await findTenantTables(client)).filter((name) => !GLOBAL.has(name));
  const worlds = [await aWorld(), await aWorld()];
  for (const world of worlds) {
    await fill(world);
    await fillImports(world);
    await fillMerge(world);
    await fillAcceptance(world);
    await fillMessages(world);
    await fillPlans(world);
    await fillAllowance(world);
    await fillClosing(world);
    await fillForecasts(world);
    await suspendUser(world.owner, { id: await aColleague(world) });
    await fillIdentities(world);
    await createFeed(world.owner);
    await fillFindings(world);
  }
  [ours = "", theirs = ""] = worlds.map(({ owner }) => owner.organization.id);
  // Last, since nobody gets in from then on.
  await client.query("INSERT INTO organization_removal SELECT id, '{}', now() FROM organization");
}, 180_000);
afterAll(() => client.end());

/** Creates one of everything that the interface creates, so that every table has rows to reach for. */
async function fill(world: World): Promise<void> {
  const routes = await findRoutes();
  for (const { route, who, request } of ROUTE_TABLE) {
    if (!route.startsWith("POST") || !who.includes("owner")) continue;
    const asked = { ...(await request(world, "owner")), headers: { "Idempotency-Key": newId() } };
    const params = asked.params ?? {};
    const sessionId = await aSession(world, "owner");
    await ask(routes.get(route)!, requestOf(route, asked), { params, sessionId });
  }
}

/** A finding that is about everything that one can be about, and that somebody sees to. */
async function fillFindings(world: World): Promise<void> {
  const { owner, books } = world;
  const { id } = await aFinding(world);
  await client.query(
    "UPDATE finding SET api_account_id = $3, owner_id = $4 WHERE organization_id = $1 AND id = $2",
    [owner.organization.id, id, books.accounts.prod, books.members.ada],
  );
}

/** Somebody who came through a provider. */
async function fillIdentities({ owner }: World): Promise<void> {
  const { organization, actor } = owner;
  await client.query(
    `INSERT INTO sign_in_identity
     SELECT organization_id, gen_random_uuid(), id, issuer, 'somebody', $2, now(), now()
     FROM sign_in_connection WHERE organization_id = $1`,
    [organization.id, actor.userId],
  );
}

/** What files bring, and what only a worker or the seed writes. */
async function fillImports({ owner, books }: World): Promise<void> {
  const file = (cost: string) =>
    `usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n2026-10-02,Claude Opus 4.5,prod,a key,message,output,${cost}\n`;
  await importFile(owner, "first.csv", file("1.00"));
  await importFile(owner, "restated.csv", file("2.00"));
  const { id, preview } = await sendFile(owner, { fileName: "waiting.csv" }, file("3.00"));
  const org = owner.organization.id;
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM identity WHERE organization_id = $1 LIMIT 1",
    [org],
  );
  const [key] = preview?.identities ?? [];
  const match = { memberId: books.members.ada, apiAccountId: books.accounts.dev, startsOn: null };
  await matchIdentity(owner, { id: key?.id ?? "", ...match });
  await client.query("INSERT INTO staged_fact VALUES ($1, $2, 0, '{}')", [org, id]);
  await client.query("INSERT INTO usage_log VALUES ($1, $2, '2026-10', $3, '')", [org, rows[0]?.id, id]);
  await client.query(
    `INSERT INTO model_price SELECT $1, gen_random_uuid(), $2, 'a model', 'standard', '2026-01-01', 'USD', 1, 1, 1, 1, 1, 'a test', '2026-01-01', now()`,
    [org, books.providers.anthropic],
  );
}

/** Somebody who was entered twice. */
async function fillMerge({ owner, books }: World): Promise<void> {
  const { id, version } = await createMember(owner, memberInput.parse({ name: "Ada L." }));
  await mergeMembers(owner, { id, version, intoMemberId: books.members.ada });
}

/** A difference that somebody explained. */
async function fillAcceptance({ owner, books }: World): Promise<void> {
  for (const [subscription, account] of [
    [books.subscriptions.claudeTeam, null],
    [null, books.accounts.prod],
  ]) {
    await client.query(
      "INSERT INTO difference_acceptance VALUES ($1, gen_random_uuid(), '2026-10', $2, $3, 'unexplained', 1, 'a note', now(), $4)",
      [owner.organization.id, subscription, account, owner.actor.userId],
    );
  }
}

/** Invoices that somebody enters and was reminded of; that a webhook was switched off. */
async function fillMessages({ owner, books }: World): Promise<void> {
  const [org, user] = [owner.organization.id, owner.actor.userId];
  for (const id of [books.subscriptions.claudeTeam, books.accounts.organization]) {
    await setDuty(owner, { id, userId: user, dueDay: 1, monthsLater: 0 });
  }
  await client.query(
    `INSERT INTO invoice_reminder SELECT organization_id, gen_random_uuid(), subscription_id, api_account_id, '2026-12', now(), user_id, now()
     FROM invoice_duty WHERE organization_id = $1`,
    [org],
  );
  await client.query(
    `INSERT INTO message (organization_id, id, kind, reminder_id, user_id, subject, text, created_at)
     SELECT organization_id, gen_random_uuid(), 'reminder', id, user_id, 'late', 'late', now() FROM invoice_reminder WHERE organization_id = $1`,
    [org],
  );
  await client.query(
    `INSERT INTO webhook_delivery (organization_id, id, kind, webhook_id, reminder_id, body, created_at)
     SELECT r.organization_id, gen_random_uuid(), 'reminder', w.id, r.id, '{}', now() FROM invoice_reminder r
     JOIN webhook w ON w.organization_id = r.organization_id WHERE r.organization_id = $1`,
    [org],
  );
  await client.query(
    `INSERT INTO message (organization_id, id, kind, webhook_id, user_id, subject, text, created_at)
     SELECT organization_id, gen_random_uuid(), 'webhook', id, $2, 'off', 'off', now() FROM webhook WHERE organization_id = $1 LIMIT 1`,
    [org, user],
  );
}

/** Credit that a contract's seats include. */
async function fillAllowance({ owner, books }: World): Promise<void> {
  await createCreditGrant(
    owner,
    creditGrantInput.parse({
      ...{ kind: "allowance", serviceProviderId: books.providers.anthropic, startsOn: "2026-10-01" },
      ...{ subscriptionId: books.subscriptions.claudeTeam, amount: { minor: 1_000, currency: "USD" } },
    }),
  );
}

/** What is planned for a product, and who answers for it. */
async function fillPlans({ owner, books, product }: World): Promise<void> {
  const { id, version } = await createVersion(
    owner,
    versionInput.parse({ name: "Products", kind: "budget", fiscalYear: "2026-04" }),
  );
  const line = { teamId: null, productId: product, purpose: "product_running" as const };
  const rows = [{ ...line, amountsMinor: Array<number>(12).fill(1) }];
  await changeGrid(owner, { versionId: id, version, rows, dryRun: false });
  await addOwner(owner, { ...line, memberId: books.members.ada, startsOn: "2026-04-01" });
  // October's use has come to it, so that an alert is raised at once.
  await createThreshold(owner, { purpose: null, teamId: null, basis: "actual", percent: 1 });
}

/** A month before the books, one that was closed, and one that was closed and opened again. */
async function fillClosing({ owner, books }: World): Promise<void> {
  const line = { purpose: "product_running" as const, billingModel: "metered" as const };
  const opening = { ...line, month: "2025-12", teamId: books.teams.platform, amountMinor: 1 };
  await changeOpeningTotals(owner, { rows: [opening] });
  await closeMonths(owner, "2026-01", "2026-02");
  const org = owner.organization.id;
  const values = [org, owner.actor.userId];
  await client.query("DELETE FROM closed_period WHERE organization_id = $1 AND month = '2026-02'", [org]);
  await client.query(
    "INSERT INTO reopening SELECT organization_id, id, 'a reason', now(), $2 FROM closing WHERE organization_id = $1 AND month = '2026-02'",
    values,
  );
  await client.query("INSERT INTO closing_approval VALUES ($1, '2026-02', now(), $2)", values);
  await client.query(
    "INSERT INTO closing_acceptance VALUES ($1, gen_random_uuid(), '2026-02', 'unclassified', gen_random_uuid(), 1, 'a note', now(), $2)",
    values,
  );
}

/** What the application role may not even try to do to a table. */
const KEPT: Readonly<Record<string, readonly ("UPDATE" | "DELETE")[]>> = {
  audit_event: ["UPDATE", "DELETE"],
  closing: ["UPDATE", "DELETE"],
  reopening: ["UPDATE", "DELETE"],
  organization_removal: ["UPDATE", "DELETE"],
  closed_period: ["UPDATE"],
  closing_approval: ["UPDATE"],
  closing_acceptance: ["UPDATE"],
};

/** What is expected of a contract with a product, and of an account; use beyond the seats of a contract. */
async function fillForecasts({ owner, books, product }: World): Promise<void> {
  const org = owner.organization.id;
  const { anthropic } = books.providers;
  for (const [subscription, account] of [
    [books.subscriptions.claudeTeam, null],
    [null, books.accounts.prod],
  ]) {
    await client.query(
      `INSERT INTO expected_cost SELECT $1, gen_random_uuid(), '2026-12', 'product_running', 'flat', $2, $3, $4, $5, $6, 'USD', 1, 1, 0, 0`,
      [org, books.teams.growth, product, anthropic, subscription, account],
    );
    await client.query(
      `INSERT INTO metered_forecast SELECT $1, gen_random_uuid(), $2, $3, $4, 'USD', 'usage', 20, '2026-11-24', 'trailing_mean',
         NULL, NULL, 'trailing_mean', NULL, NULL, NULL, NULL, '[]'`,
      [org, anthropic, subscription, account],
    );
  }
}

type Result = { readonly rows: Record<string, unknown>[]; readonly rowCount: number | null };

/** Runs SQL as the application does, for an organization or for none; nothing of it stays. */
async function asApplication(sql: string, { of, values = [] }: { of?: string; values?: unknown[] } = {}) {
  await client.query("BEGIN");
  try {
    await client.query("SET LOCAL ROLE twoline_app");
    if (of) await client.query(`SET LOCAL app.organization_id = '${of}'`);
    return (await client.query(sql, values)) as Result;
  } finally {
    await client.query("ROLLBACK");
  }
}

/** The SQLSTATE of a refusal, or how many rows the statement touched. */
async function outcome(sql: string, options?: Parameters<typeof asApplication>[1]): Promise<string | number> {
  try {
    return (await asApplication(sql, options)).rowCount ?? 0;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const REFUSED = "42501";
const count = async (table: string, organizationId: string) => {
  const sql = `SELECT count(*)::int AS n FROM "${table}" WHERE organization_id = $1`;
  return (await client.query<{ n: number }>(sql, [organizationId])).rows[0]!.n;
};

describe("each table that belongs to an organization", () => {
  test("has rows of both organizations, so that what follows proves something", async () => {
    expect(tables.length).toBeGreaterThan(25);
    for (const table of tables) {
      expect([table, (await count(table, ours)) > 0]).toEqual([table, true]);
      expect([table, (await count(table, theirs)) > 0]).toEqual([table, true]);
    }
  });

  test("shows the rows of the organization in force, and without one nothing", async () => {
    for (const table of tables) {
      const sql = `SELECT organization_id::text AS id FROM "${table}"`;
      const { rows } = await asApplication(sql, { of: ours });
      expect([table, rows.length]).toEqual([table, await count(table, ours)]);
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([ours]));
      expect([table, (await asApplication(sql)).rows.length]).toEqual([table, 0]);
    }
    const organizations = "SELECT id::text FROM organization";
    expect((await asApplication(organizations, { of: ours })).rows).toEqual([{ id: ours }]);
    expect((await asApplication(organizations)).rows).toEqual([]);
  });

  test("takes no row of another organization, whether one is in force or not", async () => {
    for (const table of tables) {
      const { rows } = await client.query(
        `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE organization_id = $1 LIMIT 1`,
        [theirs],
      );
      const sql = `INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(NULL::"${table}", $1)`;
      const values = [JSON.stringify(rows[0].row)];
      expect([table, await outcome(sql, { of: ours, values })]).toEqual([table, REFUSED]);
      expect([table, await outcome(sql, { values })]).toEqual([table, REFUSED]);
    }
  });

  test("lets nobody change, remove or take over another organization's rows", async () => {
    const before = await fingerprint(client, theirs);
    for (const table of tables) {
      const none = (right: "UPDATE" | "DELETE") => (KEPT[table]?.includes(right) ? REFUSED : 0);
      const values = [theirs];
      const change = `UPDATE "${table}" SET organization_id = organization_id WHERE organization_id = $1`;
      const remove = `DELETE FROM "${table}" WHERE organization_id = $1`;
      const giveAway = `UPDATE "${table}" SET organization_id = $1`;
      expect([table, await outcome(change, { of: ours, values })]).toEqual([table, none("UPDATE")]);
      expect([table, await outcome(remove, { of: ours, values })]).toEqual([table, none("DELETE")]);
      expect([table, await outcome(giveAway, { of: ours, values })]).toEqual([table, REFUSED]);
      expect([table, await outcome(`TRUNCATE "${table}" CASCADE`, { of: ours })]).toEqual([table, REFUSED]);
    }
    expect(await fingerprint(client, theirs)).toEqual(before);
  });

  test("forces its policy on everybody, its owner too", async () => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relname = ANY($1) AND relkind = 'r'
       AND NOT (relrowsecurity AND relforcerowsecurity)`,
      [[...tables, "organization"]],
    );
    // COPY does not work under a forced policy, and staged rows are written by nothing else.
    expect(rows).toEqual([{ name: "staged_usage" }]);
    const { rows: open } = await client.query(
      "SELECT FROM pg_class WHERE relname = 'staged_usage' AND NOT relrowsecurity",
    );
    expect(open).toEqual([]);
  });

  test("begins its key with the organization, and has it in every unique rule", async () => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT indexrelid::regclass::text AS name FROM pg_index
       WHERE indrelid::regclass::text = ANY($1) AND indisunique
       AND pg_get_indexdef(indexrelid, 1, true) <> 'organization_id'`,
      [tables],
    );
    expect(rows).toEqual([]);
  });
});

describe("references", () => {
  type Reference = { name: string; table: string; target: string; column: string; key: string };
  const findReferences = async () =>
    (
      await client.query<Reference>(
        `SELECT c.conname AS name, c.conrelid::regclass::text AS "table", c.confrelid::regclass::text AS target,
                a.attname AS "column", f.attname AS key
         FROM pg_constraint c
         CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS pair (here, there)
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = pair.here
         JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = pair.there
         WHERE c.contype = 'f' AND c.conrelid::regclass::text = ANY($1) AND c.confrelid::regclass::text = ANY($1)`,
        [tables],
      )
    ).rows;

  test("between tables of an organization all carry the organization", async () => {
    const byName = Map.groupBy(await findReferences(), ({ name }) => name);
    expect(byName.size).toBeGreaterThan(40);
    for (const [name, columns] of byName) {
      const carried = columns.some(({ column, key }) => column === key && key === "organization_id");
      expect([name, carried]).toEqual([name, true]);
    }
  });

  test("never lead into another organization, not even for the owner of the database", async () => {
    for (const { table, target, column, key, name } of await findReferences()) {
      if (column === "organization_id") continue;
      const sql = `UPDATE "${table}" t SET "${column}" = (SELECT "${key}" FROM "${target}" WHERE organization_id = $2 LIMIT 1)
        WHERE t.ctid = (SELECT ctid FROM "${table}" WHERE organization_id = $1 AND "${column}" IS NOT NULL LIMIT 1)`;
      await client.query("BEGIN");
      const tried = await client.query(sql, [ours, theirs]).then(
        ({ rowCount }) => rowCount,
        (error: { code: string }) => error.code,
      );
      await client.query("ROLLBACK");
      expect([name, tried]).toEqual([name, "23503"]);
    }
  });
});

describe("the application role", () => {
  test("owns nothing, is no superuser and bypasses nothing", async () => {
    const { rows } = await client.query(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
              (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owns
       FROM pg_roles r WHERE rolname = 'twoline_app'`,
    );
    const nothing = {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owns: 0,
    };
    expect(rows).toEqual([nothing]);
  });

  test.each([
    ["audit_event", "the audit trail"],
    ["closing", "what months held when they were closed"],
    ["reopening", "why they were opened again"],
  ])("can add to %s (%s) and read it, and nothing else", async (table) => {
    const rights = await asApplication(
      `SELECT privilege FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,TRIGGER,REFERENCES}'::text[]) AS privilege
       WHERE has_table_privilege('${table}', privilege)`,
      { of: ours },
    );
    expect(rights.rows.map(({ privilege }) => privilege).sort()).toEqual(["INSERT", "SELECT"]);
    for (const sql of [`UPDATE ${table} SET organization_id = organization_id`, `DELETE FROM ${table}`])
      expect(await outcome(sql, { of: ours })).toBe(REFUSED);
  });

  // With it: lib/removal/removal.db.test.ts.
  test("cannot remove an organization, or a row of one that goes, without the door", async () => {
    expect(await outcome("DELETE FROM organization", { of: ours })).toBe(REFUSED);
    const others = "SELECT remove_organization_rows('closing')";
    expect(await outcome(others)).toBe(REFUSED);
  });

  test("cannot turn the policies off", async () => {
    for (const sql of [
      "ALTER TABLE invoice DISABLE ROW LEVEL SECURITY",
      "DROP POLICY invoice_of_organization ON invoice",
      "CREATE TABLE mine (id int)",
    ])
      expect([sql, await outcome(sql, { of: ours })]).toEqual([sql, REFUSED]);
    // With row_security off, PostgreSQL refuses to read a protected table instead of showing it.
    await client.query("SET row_security = off");
    expect(await outcome("SELECT * FROM invoice", { of: ours })).toBe(REFUSED);
    await client.query("SET row_security = on");
  });
});

test("a connection that goes back to the pool takes no organization with it", async () => {
  const seen = (organizationId?: string) =>
    transact(organizationId ? { organizationId } : {}, (db) => {
      const rows = db.$queryRaw<
        { id: string | null }[]
      >`SELECT DISTINCT organization_id::text AS id FROM member`;
      return rows.then((found) => found.map(({ id }) => id));
    });
  const failing = () =>
    transact({ organizationId: ours }, async () => {
      throw new Error("given up");
    }).catch(() => []);
  const rounds = Array.from(
    { length: 60 },
    (_, round) => [seen(ours), failing(), seen(theirs), seen()][round % 4]!,
  );
  const results = await Promise.all(rounds);
  results.forEach((found, round) => {
    expect(found).toEqual([[ours], [], [theirs], []][round % 4]);
  });
});
