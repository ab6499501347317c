import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { readKeptHeads } from "@/lib/audit/kept-heads-data";
import { verifyByCommand } from "@/lib/audit/operator";
import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents, readAuditHead, verifyAudit } from "@/lib/audit/service";
import type { Ctx } from "@/lib/auth/ctx";
import { keepAuditHeads } from "@/lib/jobs/audit-heads";
import { changeMember } from "@/lib/members/service";
import { addTerm, changeTerm, readSubscription } from "@/lib/subscriptions/service";
import { createTeam } from "@/lib/teams/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// The audit trail against PostgreSQL: what the database's owner does to it is found, row by row (security row O18).

const client = new Client({ connectionString: process.env.DATABASE_URL });
let ctx: Ctx;
let books: SomeBooks;

beforeAll(() => client.connect());
afterAll(() => client.end());
beforeEach(async () => {
  ctx = await anOrganization();
  books = await someBooks(ctx);
});

const list = async (filter: object = {}) =>
  (await listAuditEvents(ctx, auditFilter.parse({ limit: "200", ...filter }))).data;
const faults = async (head?: string) =>
  (await verifyAudit(ctx, { head })).faults.map(({ kind, sequence, through }) => [kind, sequence, through]);
const asOwner = async (sql: string) =>
  (await client.query(sql.replaceAll("OURS", `organization_id = '${ctx.organization.id}'`))).rowCount;
const length = async () => (await list()).length;

describe("reading", () => {
  test("goes page after page, the last change first, and names what ids mean today", async () => {
    const all = await list();
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => all.length - index));
    const first = await listAuditEvents(ctx, auditFilter.parse({ limit: "4" }));
    const second = await listAuditEvents(
      ctx,
      auditFilter.parse({ limit: "4", cursor: first.nextCursor ?? "" }),
    );
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(all.slice(0, 8).map(({ id }) => id));

    const [team] = await list({ targetId: books.teams.platform });
    expect(team).toMatchObject({ action: "team.create", actor: { id: ctx.actor.userId, name: "Test user" } });
    expect(team?.names[books.teams.platform]).toBe("Platform");
    expect(JSON.stringify(all.map(({ before, after }) => ({ before, after })))).not.toMatch(
      /Ada|Ben|Cem|Claude/,
    );
  });

  test("filters by who, what, on what and when", async () => {
    const other = await anActor(ctx, { roles: ["finance"] });
    await createTeam(other, { name: "Support", code: "SUP" });
    expect(await list({ actorId: other.actor.userId })).toHaveLength(1);
    expect((await list({ action: "team.create" })).length).toBe(3);
    expect((await list({ targetType: "member" })).every(({ targetType }) => targetType === "member")).toBe(
      true,
    );
    expect(await list({ from: "2026-12" })).toEqual([]);
    expect(await list({ to: "2026-10" })).toEqual([]);
    expect((await list({ from: "2026-11", to: "2026-11" })).length).toBe(await length());
  });

  test("tells what was before and what is after", async () => {
    const { termId, version } = await termOf();
    await changeTerm(ctx, { id: books.subscriptions.claudeTeam, termId: termId, seats: 7 });
    const [changed] = await list({ targetId: books.subscriptions.claudeTeam });
    expect(changed).toMatchObject({ before: { seats: 5 }, after: { seats: 7 } });
    await addTerm(ctx, {
      id: books.subscriptions.claudeTeam,
      planId: books.plans.standard,
      startsOn: "2026-11-01",
      seats: 9,
      unitPrice: { minor: 2_500, currency: "USD" },
    });
    const [added] = await list({ targetId: books.subscriptions.claudeTeam });
    expect(added).toMatchObject({ before: { seats: 7 }, after: { seats: 9 } });
    expect(version).toBeGreaterThan(0);
  });

  test("says that a name changed, and not to what", async () => {
    const change = { id: books.members.ada, version: 1 };
    await changeMember(ctx, { ...change, name: "Ada Lovelace" });
    const [event] = await list({ targetId: books.members.ada });
    expect([event?.before?.name, event?.after?.name]).toEqual(["changed", "changed"]);
    expect(event?.after).not.toHaveProperty("email");
  });

  test("is for owner, finance and auditor", async () => {
    for (const role of ["lead", "member"] as const) {
      const other = await anActor(ctx, { roles: [role] });
      await expectRefusal(listAuditEvents(other, auditFilter.parse({})), "forbidden");
      await expectRefusal(verifyAudit(other, {}), "forbidden");
    }
    const auditor = await anActor(ctx, { roles: ["auditor"] });
    expect((await verifyAudit(auditor, {})).faults).toEqual([]);
  });
});

async function termOf() {
  const { terms, version } = await readSubscription(ctx, { id: books.subscriptions.claudeTeam });
  return { termId: terms[0]?.id ?? "", version };
}

describe("what the owner of the tables does to the trail", () => {
  test("nothing: it is whole", async () => {
    const { events, faults: found, head } = await verifyAudit(ctx, {});
    expect([events, found]).toEqual([await length(), []]);
    expect(head).toBe(await readAuditHead(ctx));
  });

  test.each([
    ["the amounts", "after = jsonb_set(coalesce(after, '{}'), '{x}', '1')"],
    ["who did it", "actor_id = gen_random_uuid()"],
    ["when", "at = at - interval '1 day'"],
    ["what", "action = 'invoice.void'"],
    ["on what", "target_id = gen_random_uuid()"],
    ["which request", "request_id = 'other'"],
    ["the hash", "hash = repeat('a', 64)"],
  ])("UPDATE of %s is found by row", async (_what, set) => {
    expect(await asOwner(`UPDATE audit_event SET ${set} WHERE OURS AND sequence = 6`)).toBe(1);
    expect(await faults()).toContainEqual(["altered", 6, 6]);
    expect((await faults()).length).toBe(1);
  });

  test("DELETE is found by row, also where the later rows are moved up", async () => {
    await asOwner("DELETE FROM audit_event WHERE OURS AND sequence = 4");
    expect(await faults()).toEqual([["removed", 4, 4]]);
    await asOwner("UPDATE audit_event SET sequence = sequence - 1 WHERE OURS AND sequence = 5");
    for (let at = 6; at <= (await length()) + 1; at++) {
      await asOwner(`UPDATE audit_event SET sequence = sequence - 1 WHERE OURS AND sequence = ${at}`);
    }
    expect(await faults()).toEqual([["removed", 4, 4]]);
  });

  test("another order is found by row", async () => {
    await asOwner("UPDATE audit_event SET sequence = -1 WHERE OURS AND sequence = 3");
    await asOwner("UPDATE audit_event SET sequence = 3 WHERE OURS AND sequence = 7");
    await asOwner("UPDATE audit_event SET sequence = 7 WHERE OURS AND sequence = -1");
    expect(await faults()).toEqual([
      ["moved", 3, 3],
      ["moved", 7, 7],
    ]);
  });

  test("a row inserted in the past is found", async () => {
    for (let at = await length(); at >= 5; at--) {
      await asOwner(`UPDATE audit_event SET sequence = sequence + 1 WHERE OURS AND sequence = ${at}`);
    }
    await asOwner(
      `INSERT INTO audit_event SELECT organization_id, gen_random_uuid(), 5, at, actor_id, action, target_type, target_id,
       before, after, request_id, hash, repeat('b', 64) FROM audit_event WHERE OURS AND sequence = 4`,
    );
    expect(await faults()).toEqual([["inserted", 5, 5]]);
  });

  test("a cut tail is found through a head that was given out before", async () => {
    const head = (await readAuditHead(ctx)) ?? "";
    const events = await length();
    expect(await faults(head)).toEqual([]);
    await asOwner(`DELETE FROM audit_event WHERE OURS AND sequence > ${events - 3}`);
    expect(await faults()).toEqual([]);
    expect(await faults(head)).toEqual([["cut", events - 2, events]]);
    // Written on, the trail has the same length and other hashes.
    for (const name of ["A", "B", "C"]) await createTeam(ctx, { name, code: name });
    expect(await faults(head)).toEqual([["rewritten", 1, events]]);
  });

  test("a head that these books did not seal says nothing", async () => {
    const head = (await readAuditHead(ctx)) ?? "";
    const forged = head.replace(/.$/, (end) => (end === "0" ? "1" : "0"));
    await expectRefusal(verifyAudit(ctx, { head: forged }), "invalid_input");
    const other = await anOrganization();
    await expectRefusal(verifyAudit(other, { head }), "invalid_input");
  });
});

describe("heads that are kept beside the keys", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "heads-"));
    process.env.TWOLINE_AUDIT_HEADS = join(folder, "audit-heads.json");
  });
  afterAll(async () => {
    delete process.env.TWOLINE_AUDIT_HEADS;
    await rm(folder, { recursive: true, force: true });
  });
  const told: unknown[] = [];
  const keep = (now: string) => keepAuditHeads(new Date(now), (error) => told.push(error));
  const ours = async () =>
    (await verifyByCommand(new Date("2026-11-24T12:00:00Z"))).find(({ head }) =>
      head?.startsWith(`${lastSequence}.`),
    );
  let lastSequence = 0;

  test("are one a day, and show that the tail was cut", async () => {
    await keep("2026-11-23T10:00:00Z");
    await createTeam(ctx, { name: "Support", code: "SUP" });
    await keep("2026-11-23T11:00:00Z");
    expect(await readKeptHeads(ctx.organization.id)).toHaveLength(1);
    lastSequence = await length();
    expect(await ours()).toMatchObject({ faults: [], headsCompared: 1 });

    await asOwner(`DELETE FROM audit_event WHERE OURS AND sequence = ${lastSequence}`);
    expect((await verifyAudit(ctx, {})).faults).toMatchObject([{ kind: "cut", sequence: lastSequence }]);
    await keep("2026-11-24T10:00:00Z");
    expect(told).toHaveLength(1);
    expect(await readKeptHeads(ctx.organization.id)).toHaveLength(1);
  });
});
