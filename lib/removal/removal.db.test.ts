import { beforeAll, describe, expect, test } from "vitest";

import { findIdentity, findTokenIdentity } from "@/lib/auth/data";
import { transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { previewInvitation } from "@/lib/invitations/acceptance";
import { invite } from "@/lib/invitations/service";
import { keepAuditHeads } from "@/lib/jobs/audit-heads";
import { workOnNextImport } from "@/lib/jobs/imports";
import { sendNextMessage } from "@/lib/jobs/messages";
import { removeNextOrganization } from "@/lib/jobs/removals";
import { findToRemove, removeByCommand } from "@/lib/removal/operator";
import { askForRemoval } from "@/lib/removal/service";
import { createFeed } from "@/lib/renewals/feed";
import { anAsker } from "@/lib/testing/asker";
import { makeEverything } from "@/lib/testing/everything";
import { sendFile } from "@/lib/testing/imports";
import { anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser, findTenantTables, fingerprint } from "@/lib/testing/tenant-tables";
import { aToken } from "@/lib/testing/tokens";
import { aSession, aWorld, type World } from "@/lib/testing/world";

// An organization goes with every row of every table, and nothing of another one with it.

const NAME = "Northwind Labs";
const nothing = () => {};
const asked = async (world: World) => {
  const sessionId = await aSession(world, "owner");
  return await askForRemoval({ ...world.owner, sessionId }, { name: NAME });
};

const countRows = (organizationId: string): Promise<Record<string, number>> =>
  asSuperuser(async (client) => {
    const counts: Record<string, number> = {};
    for (const table of await findTenantTables(client)) {
      const sql = `SELECT count(*)::int AS n FROM "${table}" WHERE organization_id = $1`;
      const { rows } = await client.query<{ n: number }>(sql, [organizationId]);
      if (rows[0]!.n > 0) counts[table] = rows[0]!.n;
    }
    const { rowCount } = await client.query("SELECT FROM organization WHERE id = $1", [organizationId]);
    if (rowCount) counts.organization = rowCount;
    return counts;
  });

const accountsOf = (...ids: string[]) =>
  asSuperuser(async (client) => {
    const { rows } = await client.query<{ id: string }>("SELECT id FROM app_user WHERE id = ANY($1)", [ids]);
    return rows.map(({ id }) => id);
  });

const belongs = (userId: string, organizationId: string) =>
  asSuperuser((client) =>
    client.query("INSERT INTO organization_role VALUES ($1, $2, 'member', NULL, now())", [
      organizationId,
      userId,
    ]),
  );

describe("an organization that is removed", () => {
  let [ours, theirs]: World[] = [];
  let org = "";
  let before: Record<string, string> = {};
  beforeAll(async () => {
    [ours, theirs] = [await aWorld(), await aWorld()];
    for (const world of [ours, theirs]) await makeEverything(world);
    org = ours.owner.organization.id;
    before = await asSuperuser((client) => fingerprint(client, theirs!.owner.organization.id));
  }, 120_000);

  test("is removed by owners alone, who type its name", async () => {
    const sessionId = await aSession(ours!, "owner");
    for (const who of ["finance", "lead", "member", "auditor"] as const)
      await expectRefusal(askForRemoval({ ...ours!.actors[who], sessionId }, { name: NAME }), "forbidden");
    for (const name of ["northwind labs", "Northwind", `${NAME} `])
      await expectRefusal(askForRemoval({ ...ours!.owner, sessionId }, { name }), "invalid_input");
    expect(Object.keys(await countRows(org)).length).toBeGreaterThan(30);
    expect(await removeNextOrganization(nothing)).toBe(false);
  });

  test("lets nobody and nothing in from then on, before a single row of the books went", async () => {
    const world = ours!;
    const sessions = [await aSession(world, "owner"), await aSession(world, "member")];
    const { token } = await aToken(world, "owner");
    const { asks } = await anAsker(world);
    const { link } = await invite(world.owner, {
      ...{
        email: "gil@example.test",
        name: "Gil",
        roles: ["member"],
        teamIds: [],
        memberId: null,
        roleEndsOn: null,
      },
    });
    const { address } = await createFeed(world.owner);
    const file = address.split("/").at(-1) ?? "";
    await sendFile(world.owner, { fileName: "waiting.csv" }, "a,b\n1,2\n");
    const bearer = { headers: { Authorization: `Bearer ${token}` } };
    const inside = async () => [
      (await asks("GET organization", bearer, "nobody")).status,
      (await asks("GET calendars/[file]", { params: { file } }, "nobody")).status,
      (await previewInvitation(link?.split("/").at(-1) ?? "", new Date())) === null,
      ...(await Promise.all(sessions.map(async (id) => (await findIdentity(id, new Date())) === null))),
    ];
    expect(await inside()).toEqual([200, 200, false, false, false]);

    expect(await asked(world)).toEqual({ organization: null, sessionId: null });

    expect(await inside()).toEqual([401, 404, true, true, true]);
    expect(
      await findTokenIdentity({ organizationId: org, tokenHash: "0".repeat(64) }, new Date()),
    ).toBeNull();
    const left = Object.keys(await countRows(org));
    expect(left).toContain("ledger_entry");
    for (const table of ["session", "webhook", "webhook_delivery", "message", "sign_in_connection"])
      expect(left).not.toContain(table);
  });

  test("goes with every row of every table, and with the accounts that are of no other", async () => {
    const told: object[] = [];
    const { actors } = ours!;
    const stays = actors.finance.actor.userId;
    await belongs(stays, theirs!.owner.organization.id);
    before = await asSuperuser((client) => fingerprint(client, theirs!.owner.organization.id));

    expect(await removeNextOrganization((removed) => told.push(removed))).toBe(true);

    expect(await countRows(org)).toEqual({});
    expect(told).toMatchObject([{ organizationId: org, rows: expect.any(Number) }]);
    expect(JSON.stringify(told)).not.toContain(NAME);
    const everybody = Object.values(actors).map(({ actor }) => actor.userId);
    expect(await accountsOf(...everybody)).toEqual([stays]);
    expect(await removeNextOrganization(nothing)).toBe(false);
  });

  test("leaves every row of another one as it was", async () => {
    const now = await asSuperuser((client) => fingerprint(client, theirs!.owner.organization.id));
    expect(now).toEqual(before);
    expect(Object.keys(now).length).toBeGreaterThan(60);
  });

  test("is no trouble to what runs unattended", async () => {
    const faults: unknown[] = [];
    await keepAuditHeads(new Date(), (error) => faults.push(error));
    while (await workOnNextImport((error) => faults.push(error)));
    while (await sendNextMessage((error) => faults.push(error)));
    expect(faults).toEqual([]);
  });
});

describe("whoever removed it", () => {
  test("goes on in other books of theirs", async () => {
    const [here, there] = [await aWorld(), await aWorld()];
    await belongs(here.owner.actor.userId, there.owner.organization.id);
    const { organization, sessionId } = await asked(here);
    expect(organization?.id).toBe(there.owner.organization.id);
    expect((await findIdentity(sessionId ?? "", new Date()))?.organization.id).toBe(organization?.id);
    await removeNextOrganization(nothing);
    expect(await accountsOf(here.owner.actor.userId)).toHaveLength(1);
  });

  test("takes along the made-up books that only they had", async () => {
    const world = await aWorld();
    const demo = await anOrganization();
    await asSuperuser(async (client) => {
      const { id } = demo.organization;
      await client.query("UPDATE organization SET demo = true WHERE id = $1", [id]);
      await client.query("UPDATE organization_role SET user_id = $1 WHERE organization_id = $2", [
        ...[world.owner.actor.userId, id],
      ]);
    });
    expect(await asked(world)).toEqual({ organization: null, sessionId: null });
    await removeNextOrganization(nothing);
    expect(await countRows(world.owner.organization.id)).toEqual({});
    expect(await countRows(demo.organization.id)).toEqual({});
    expect(await accountsOf(world.owner.actor.userId)).toEqual([]);
  });
});

describe("a removal", () => {
  test("that was stopped half way is taken up again", async () => {
    const world = await aWorld();
    await asked(world);
    const organizationId = world.owner.organization.id;
    await transact({ organizationId }, (db) => db.$queryRaw`SELECT remove_organization_rows('ledger_entry')`);
    expect((await countRows(organizationId)).ledger_entry).toBeUndefined();
    await removeNextOrganization(nothing);
    expect(await countRows(organizationId)).toEqual({});
  });

  test("by the command line takes the name and the id, and is done when it returns", async () => {
    const world = await aWorld();
    const { id } = world.owner.organization;
    expect(await findToRemove(NAME)).toContain(id);
    expect(await removeByCommand("Another", id)).toBeNull();
    expect(await removeByCommand(NAME, newId())).toBeNull();
    expect(Object.keys(await countRows(id)).length).toBeGreaterThan(10);
    expect(await removeByCommand(NAME, id)).toBeGreaterThan(50);
    expect(await countRows(id)).toEqual({});
  });

  test("of the last books leaves no account, so that Twoline can be set up again", async () => {
    await asSuperuser((client) =>
      client.query(
        "INSERT INTO app_user (id, email, name, created_at) VALUES ($1, 'left@example.test', 'Left', now())",
        [newId()],
      ),
    );
    const { rows } = await asSuperuser((client) => client.query("SELECT id, name FROM organization"));
    for (const { id, name } of rows) await removeByCommand(name, id);
    const { rows: users } = await asSuperuser((client) => client.query("SELECT FROM app_user"));
    expect(users).toEqual([]);
    await anOrganization();
  });
});

describe("the application role", () => {
  const as = (organizationId: string | undefined, sql: string) =>
    transact({ ...(organizationId && { organizationId }) }, (db) =>
      db.$queryRawUnsafe<Record<string, unknown>[]>(sql),
    ).catch((error: unknown) => String((error as { cause?: unknown }).cause ?? error));

  test("opens the door to the organization in force alone, by its name", async () => {
    const [here, there] = [await aWorld(), await aWorld()];
    const org = here.owner.organization.id;
    const ask = (name: string) => `SELECT ask_organization_removal('${name}') AS asked`;
    expect(await as(undefined, ask(NAME))).toEqual([{ asked: false }]);
    expect(await as(org, ask("Northwind"))).toEqual([{ asked: false }]);
    const before = await asSuperuser((client) => fingerprint(client, there.owner.organization.id));
    expect(await as(org, ask(NAME))).toEqual([{ asked: true }]);
    expect(await asSuperuser((client) => fingerprint(client, there.owner.organization.id))).toEqual(before);
  });

  test("removes nothing of books that were not asked to go, and no trail before its books", async () => {
    const { owner } = await aWorld();
    const org = owner.organization.id;
    const before = await asSuperuser((client) => fingerprint(client, org));
    for (const sql of [
      "SELECT remove_organization_rows('closing')",
      "SELECT remove_organization_rows('organization')",
      "INSERT INTO organization_removal VALUES (current_setting('app.organization_id')::uuid, '{}', now())",
      "DELETE FROM organization",
      "DELETE FROM audit_event",
    ])
      expect([sql, typeof (await as(org, sql))]).toEqual([sql, "string"]);
    expect(await as(org, "SELECT remove_organization() AS removed")).toEqual([{ removed: false }]);
    expect(await asSuperuser((client) => fingerprint(client, org))).toEqual(before);

    await as(org, `SELECT ask_organization_removal('${NAME}')`);
    for (const table of [
      "audit_event",
      "organization_removal",
      "app_user",
      "no_such_table",
      "x; DROP TABLE member",
    ])
      expect([table, typeof (await as(org, `SELECT remove_organization_rows('${table}')`))]).toEqual([
        table,
        "string",
      ]);
  });
});
