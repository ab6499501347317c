import { Client } from "pg";
import { expect, test } from "vitest";

import { createSession, findIdentity } from "@/lib/auth/data";
import { breakEvenFilter } from "@/lib/break-even/schema";
import { listBreakEven } from "@/lib/break-even/service";
import { budgetInput } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { transact } from "@/lib/db/client";
import { openDemo, removeDemos } from "@/lib/demo/service";
import { everyPage } from "@/lib/fields/every-page";
import { findingFilter } from "@/lib/findings/schema";
import { listFindings } from "@/lib/findings/service";
import { listMembers } from "@/lib/members/service";
import { anOrganization } from "@/lib/testing/organization";
import { findTenantTables } from "@/lib/testing/tenant-tables";

/** Rows of every tenant table, to see that nothing stays behind. */
async function rowCounts(): Promise<Record<string, number>> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const counts: Record<string, number> = {};
  for (const table of await findTenantTables(client)) {
    const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
    counts[table] = rows[0].count;
  }
  await client.end();
  return counts;
}

test("demo data is a team of twelve over fourteen months on both lines, beside the books, and goes without a trace", async () => {
  const ctx = await anOrganization({ now: new Date("2026-11-24T09:00:00Z") });
  const { userId } = ctx.actor;
  const opened = await transact({}, (db) =>
    createSession(db, { userId, organizationId: ctx.organization.id, userAgent: "test", now: ctx.now }),
  );
  const before = await rowCounts();
  const { organization, sessionId } = await openDemo({ ...ctx, sessionId: opened });
  expect(organization.id).not.toBe(ctx.organization.id);

  const inside = await findIdentity(sessionId, ctx.now);
  expect(inside?.organization).toMatchObject({ id: organization.id, demo: true });
  if (!inside) throw new Error("The session does not look at the demo.");
  const demo = { ...ctx, organization: inside.organization, actor: inside.actor };
  expect(await everyPage((page) => listMembers(demo, page))).toHaveLength(12);

  const { lines, total } = await getBudget(demo, budgetInput.parse({ from: "2025-10", to: "2026-11" }));
  expect(total.months).toHaveLength(14);
  for (const line of lines.slice(0, 2)) {
    expect(
      line.months.every(({ actual }) => actual.minor > 0),
      line.purpose,
    ).toBe(true);
  }
  // The running month is unfinished: a contract is still estimated, and the API has not been invoiced.
  expect(total.months.at(-1)?.estimated.minor).toBeGreaterThan(0);
  expect(total.months.at(-1)?.actual.minor).toBeLessThan((total.months.at(-2)?.actual.minor ?? 0) / 2);
  expect(lines[2]?.total.actual.minor).toBeGreaterThan(0);

  const found = await listFindings(demo, findingFilter.parse({ status: "open" }));
  expect([...new Set(found.data.map(({ rule }) => rule))].toSorted()).toEqual([
    "mixed_workspace",
    "overlapping_seats",
    "personal_key",
    "seat_behind_service",
  ]);

  const verdicts = (await listBreakEven(demo, breakEvenFilter.parse({}))).total.verdicts;
  expect(Object.keys(verdicts).toSorted()).toEqual([
    "downgrade",
    "keep",
    "move_to_api",
    "not_enough_data",
    "upgrade",
  ]);

  // A second time opens the same ones, for a session with yet another id.
  const again = await openDemo({ ...ctx, sessionId });
  expect(again.organization.id).toBe(organization.id);
  expect(await findIdentity(sessionId, ctx.now)).toBeNull();

  await removeDemos({ ...ctx, sessionId: again.sessionId });
  expect(await rowCounts()).toEqual(before);
  expect((await findIdentity(again.sessionId, ctx.now))?.organization.id).toBe(ctx.organization.id);
}, 180_000);
