import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { getBudget } from "@/lib/budget/service";
import { transact } from "@/lib/db/client";
import { identityFilter } from "@/lib/identities/schema";
import { listIdentities, matchIdentity } from "@/lib/identities/service";
import { rebuildLedger } from "@/lib/ledger/repost";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { commitFile, importFile, sendFile, undoFile } from "@/lib/testing/imports";
import { anOrganization } from "@/lib/testing/organization";
import { asSuperuser, fingerprint } from "@/lib/testing/tenant-tables";

// Files from their bytes to the two budget lines, against PostgreSQL.

const HEADER =
  "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type";
const row = (day: string, workspace: string, cost: string, key = "") =>
  `${day},Claude Opus 4.5,${workspace},${key},message,≤ 200k,output,${cost},token`;
const file = (...rows: string[]) => [HEADER, ...rows].join("\r\n");

/** Tables that remember what was done, not what is in the books. */
const HISTORY = ["import", "import_chunk", "audit_event", "identity", "identity_match", "idempotency_record"];
/** Ids of sums and entries are new whenever they are made anew. */
const KEPT_BY_SUM = [
  "usage_month",
  "usage_day",
  "ledger_entry",
  "ledger_total",
  "expected_cost",
  "metered_forecast",
];

type Sums = Record<string, string[]>;

/** Usage and everything that follows from it, as text without ids of rows. */
async function state({ organization: { id } }: Ctx): Promise<Sums> {
  return await asSuperuser(async (client) => {
    const result: Sums = {};
    for (const table of [...KEPT_BY_SUM, "usage"]) {
      const { rows } = await client.query<{ line: string }>(
        `SELECT (to_jsonb(t) - 'id' - 'import_id')::text AS line FROM ${table} t WHERE organization_id = $1 ORDER BY 1`,
        [id],
      );
      result[table] = rows.map(({ line }) => line);
    }
    return result;
  });
}

const october = async (ctx: Ctx) => {
  const budget = await getBudget(ctx, { from: "2026-10", to: "2026-10", basis: "effective", groupBy: [] });
  return Object.fromEntries(budget.lines.map(({ purpose, months }) => [purpose, months[0]?.actual.minor]));
};

let ctx: Ctx;
let books: SomeBooks;
beforeAll(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
});

describe("a cost export of the Anthropic Console", () => {
  const text = file(
    row("2026-10-02", "prod", "100.125"),
    row("2026-10-03", "dev", "10.00"),
    row("2026-10-04", "Mystery", "5.50"),
  );

  test("says what it would change, changes the two lines, and is taken back to the byte", async () => {
    const before = await state(ctx);
    const lines = await october(ctx);
    const sent = await sendFile(ctx, { fileName: "claude_api_cost_2026_10_01_to_2026_10_31.csv" }, text);
    expect(sent).toMatchObject({
      state: "ready",
      format: "anthropic_console_cost",
      formatVersion: "2025-12",
      firstDay: "2026-10-02",
      lastDay: "2026-10-04",
      errorCount: 0,
      preview: {
        rows: 3,
        newRows: 3,
        changedRows: 0,
        costs: [{ costKind: "metered", currency: "USD", cost: "115.625" }],
        unmatchedCount: 1,
      },
    });
    expect(sent.preview?.identities[0]).toMatchObject({ name: "Mystery", matched: false, cost: "5.5" });
    expect(await state(ctx)).toEqual(before);

    const committed = await commitFile(ctx, sent);
    expect(committed).toMatchObject({
      state: "committed",
      report: { newRows: 3, changedRows: 0, unchangedRows: 0 },
    });
    const after = await october(ctx);
    expect(after.product_running! - lines.product_running!).toBe(10_012);
    expect(after.developer_leverage! - lines.developer_leverage!).toBe(1_000);
    expect(after.unclassified! - lines.unclassified!).toBe(550);

    await undoFile(ctx, committed);
    expect(await state(ctx)).toEqual(before);
    expect(await october(ctx)).toEqual(lines);
  });

  test("changes nothing when it comes again, and a restated figure replaces the old one", async () => {
    const first = await importFile(ctx, "a.csv", text);
    const once = await state(ctx);
    const again = await sendFile(ctx, { fileName: "b.csv" }, text);
    expect(again.preview).toMatchObject({
      newRows: 0,
      changedRows: 0,
      unchangedRows: 3,
      sameFileAs: first.id,
    });
    await commitFile(ctx, again);
    expect(await state(ctx)).toEqual(once);

    const restated = await importFile(ctx, "c.csv", file(row("2026-10-02", "prod", "90.00")));
    expect(restated.report).toMatchObject({ newRows: 0, changedRows: 1 });
    const lines = await october(ctx);
    await undoFile(ctx, restated);
    expect(await state(ctx)).toEqual(once);
    expect((await october(ctx)).product_running! - lines.product_running!).toBe(1_012);
    await undoFile(ctx, first);
  });

  test("taken back leaves what a later file told as well", async () => {
    const rows = [row("2026-10-12", "prod", "20.00"), row("2026-10-13", "dev", "3.00")];
    const before = await state(ctx);
    const later = await importFile(ctx, "later.csv", file(...rows));
    const alone = await state(ctx);
    await undoFile(ctx, later);
    const first = await importFile(ctx, "first.csv", file(row("2026-10-12", "prod", "20.00")));
    const second = await importFile(ctx, "second.csv", file(...rows));
    expect(second.report).toMatchObject({ newRows: 1, unchangedRows: 1 });
    await undoFile(ctx, first);
    expect(await state(ctx)).toEqual(alone);
    await undoFile(ctx, second);
    expect(await state(ctx)).toEqual(before);
  });

  test("posts a name anew when somebody says whom it means, also for files to come", async () => {
    await importFile(ctx, "d.csv", text);
    const { data } = await listIdentities(ctx, identityFilter.parse({ unmatched: "true" }));
    expect(data.map(({ name }) => name)).toEqual(["Mystery"]);
    const lines = await october(ctx);
    await matchIdentity(ctx, {
      id: data[0]!.id,
      memberId: null,
      apiAccountId: books.accounts.prod,
      startsOn: null,
    });
    const after = await october(ctx);
    expect([after.unclassified, after.product_running! - lines.product_running!]).toEqual([0, 550]);
    const kept = await state(ctx);
    await rebuildLedger(ctx);
    expect(await state(ctx)).toEqual(kept);
  });

  test("is refused whole when its header is nobody's, and row by row when a row is wrong", async () => {
    const nobody = await sendFile(ctx, { fileName: "x.csv" }, "a,b,c\n1,2,3\n");
    expect(nobody).toMatchObject({ state: "refused", preview: null });
    const mixed = await sendFile(
      ctx,
      { fileName: "y.csv" },
      file(
        row("2026-10-05", "prod", "1.00"),
        row("2026-13-05", "prod", "1.00"),
        row("2026-10-06", "prod", "x"),
      ),
    );
    expect(mixed).toMatchObject({ state: "ready", errorCount: 2, preview: { rows: 1 } });
    expect(mixed.errors).toMatchObject([
      { line: 3, column: "usage_date_utc" },
      { line: 4, column: "cost_usd" },
    ]);
    await expect(commitFile(ctx, mixed)).rejects.toMatchObject({ code: "import_has_errors" });
    expect((await commitFile(ctx, mixed, true)).report).toMatchObject({ newRows: 1, skippedRows: 2 });
  });
});

test("any split of the same rows over files, in any order, repeated, gives the same usage, sums and ledger", async () => {
  const rows = fc.uniqueArray(
    fc.record({
      day: fc.integer({ min: 1, max: 28 }).map((day) => `2026-10-${String(day).padStart(2, "0")}`),
      workspace: fc.constantFrom("prod", "dev", "trial", "Mystery"),
      key: fc.constantFrom("", "key-a", "key-b"),
      cents: fc.integer({ min: 0, max: 90_000 }),
      to: fc.nat(2),
    }),
    { selector: ({ day, workspace, key }) => `${day} ${workspace} ${key}`, minLength: 1, maxLength: 12 },
  );
  const line = ({
    day,
    workspace,
    key,
    cents,
  }: {
    day: string;
    workspace: string;
    key: string;
    cents: number;
  }) => row(day, workspace, (cents / 100).toFixed(2), key);
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6 }),
      async (facts, order) => {
        const whole = await anOrganization({ booksStart: "2026-01" });
        const parts = await anOrganization({ booksStart: "2026-01" });
        for (const each of [whole, parts]) await someBooks(each);
        await importFile(whole, "whole.csv", file(...facts.map(line)));
        const done = [];
        for (const part of order) {
          const own = facts.filter(({ to }) => to === part);
          if (own.length > 0) done.push(await importFile(parts, `${part}.csv`, file(...own.map(line))));
        }
        expect(await named(parts)).toEqual(await named(whole));
        for (const each of done.reverse()) await undoFile(parts, each);
        const left = await asSuperuser((client) => fingerprint(client, parts.organization.id, HISTORY));
        expect((await state(parts)).usage).toEqual([]);
        expect(left.replaced_usage).toBe(left.staged_usage);
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
});

/** The state with names in place of ids, to compare two organizations. */
async function named({ organization: { id } }: Ctx): Promise<string[]> {
  return await transact({ organizationId: id }, async (db) => {
    const rows = await db.$queryRaw<{ line: string }[]>`
      SELECT concat_ws('|', 'usage', i.name, p.name, u.day, u.key, u.cost_nano) AS line FROM usage u
      JOIN identity i ON i.id = u.identity_id LEFT JOIN identity p ON p.id = i.parent_id
      UNION ALL
      SELECT concat_ws('|', 'month', m.month, i.name, p.name, a.name, m.model, m.cost_nano) FROM usage_month m
      JOIN identity i ON i.id = m.identity_id LEFT JOIN identity p ON p.id = i.parent_id LEFT JOIN api_account a ON a.id = m.api_account_id
      UNION ALL
      SELECT concat_ws('|', 'day', d.day, i.name, p.name, a.name, d.cost_nano) FROM usage_day d
      JOIN identity i ON i.id = d.identity_id LEFT JOIN identity p ON p.id = i.parent_id LEFT JOIN api_account a ON a.id = d.api_account_id
      UNION ALL
      SELECT concat_ws('|', 'ledger', e.month, e.purpose, e.state, e.basis, t.name, a.name, e.base_cost_minor, e.charge_period_start,
        e.charge_period_end) FROM ledger_entry e LEFT JOIN team t ON t.id = e.team_id LEFT JOIN api_account a ON a.id = e.api_account_id
      ORDER BY 1`;
    return rows.map(({ line }) => line);
  });
}
