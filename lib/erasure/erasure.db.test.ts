import type { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";

import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents, verifyAudit } from "@/lib/audit/service";
import { closeMonth, readSnapshot } from "@/lib/closing/service";
import { newId } from "@/lib/db/id";
import { pseudonymOf } from "@/lib/domain/erasure";
import { exportPerson } from "@/lib/erasure/export";
import { erasePerson } from "@/lib/erasure/service";
import { matchIdentity } from "@/lib/identities/service";
import { previewInvitation } from "@/lib/invitations/acceptance";
import { mergeMembers } from "@/lib/members/merging";
import { memberInput } from "@/lib/members/schema";
import { changeMember, createMember, readMember } from "@/lib/members/service";
import { anAsker } from "@/lib/testing/asker";
import { clearChecklist } from "@/lib/testing/closing";
import { makeEverything } from "@/lib/testing/everything";
import { importFile, sendFile } from "@/lib/testing/imports";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser, findTenantTables, fingerprint } from "@/lib/testing/tenant-tables";
import { aToken } from "@/lib/testing/tokens";
import { aWorld, type World } from "@/lib/testing/world";

// What the law gives people: all that is kept about them, and to be forgotten, while the books stay.

const GRACE = {
  name: "Grace Hopper",
  email: "grace.hopper@navy.example",
  aliases: ["ghopper42", "Amazing Grace"],
};
const NAMED = /grace[\s,.]*hopper|hopper,?\s+grace|ghopper42|amazing grace/i;
const reason = "Grace Hopper asked for it";

let world: World;
let ben = "";
beforeAll(async () => {
  world = await aWorld();
  ben = world.books.members.ben;
  await nameGrace(world);
  await useEverything(world);
  await asSuperuser((client) => writeEverywhere(client, world.owner.organization.id));
});

/** Ben, who can sign in and has seats and use, is Grace from now on, in the books and as an account. */
async function nameGrace({ owner, actors }: World): Promise<void> {
  const { version } = await readMember(owner, { id: ben });
  await changeMember(owner, { id: ben, version, ...GRACE });
  await asSuperuser((client) =>
    client.query("UPDATE app_user SET name = $1, email = $2 WHERE id = $3", [
      ...[GRACE.name, GRACE.email, actors.member.actor.userId],
    ]),
  );
}

/** One of everything that the interface makes, a closed month, and files that call her by name. */
async function useEverything(used: World): Promise<void> {
  const { owner, books } = used;
  await makeEverything(used);
  await clearChecklist(owner, "2026-01");
  await closeMonth(owner, { month: "2026-01" });
  const file = `usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n2026-10-02,Claude Opus 4.5,prod,${GRACE.aliases[0]},message,output,1.00\n`;
  const { preview } = await importFile(owner, "Grace Hopper October.csv", file);
  const [key] = preview?.identities ?? [];
  const match = { memberId: ben, apiAccountId: books.accounts.dev, startsOn: null };
  await matchIdentity(owner, { id: key?.id ?? "", ...match });
}

type Column = { table: string; column: string; type: string; max: number | null };
const textColumns = async (client: Client): Promise<Column[]> =>
  (
    await client.query<Column>(
      `SELECT c.table_name AS "table", c.column_name AS "column", c.udt_name AS type, c.character_maximum_length AS max
       FROM information_schema.columns c WHERE c.table_schema = current_schema() AND c.table_name = ANY($1)
       AND c.udt_name IN ('varchar', 'text', 'jsonb', '_text') ORDER BY 1, 2`,
      [await findTenantTables(client)],
    )
  ).rows;

/** Puts her into one row of every column that takes text, as somebody's typing may have. */
async function writeEverywhere(client: Client, organizationId: string): Promise<void> {
  let written = 0;
  for (const { table, column, type, max } of await textColumns(client)) {
    // What nobody types, and what nobody can change: names come into none of them.
    if (
      /^(audit_event|closing|session)$/.test(table) ||
      /_sealed$|^(model|key|kind|media_type|format_version)$/.test(column)
    )
      continue;
    const said = `for ${GRACE.name.toUpperCase()} (${GRACE.email}), ghopper42`.slice(0, max ?? 500);
    const text = said.includes("ghopper42") ? said : (max ?? 0) >= 9 ? "ghopper42" : null;
    if (text === null) continue;
    const value =
      type === "jsonb" ? JSON.stringify({ who: [{ [GRACE.name]: text }] }) : type === "_text" ? [text] : text;
    await client.query("SAVEPOINT one").catch(() => client.query("BEGIN; SAVEPOINT one"));
    const rows = await client
      .query(
        `UPDATE "${table}" SET "${column}" = $1 WHERE ctid = (SELECT ctid FROM "${table}" WHERE organization_id = $2 LIMIT 1)`,
        [value, organizationId],
      )
      .then(({ rowCount }) => rowCount ?? 0)
      .catch(() => client.query("ROLLBACK TO one").then(() => 0));
    written += rows;
  }
  await client.query("COMMIT");
  expect(written).toBeGreaterThan(40);
}

/** Every row that names her, of these books and of the few tables that are nobody's. */
const findNaming = (organizationId: string, pattern = NAMED) =>
  asSuperuser(async (client) => {
    const found: string[] = [];
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
    );
    const ours = new Set(await findTenantTables(client));
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string; bytes: Buffer | null }>(
        `SELECT t::text AS row, ${/^(import_chunk|usage_log|closing)$/.test(name) ? "content" : "NULL"} AS bytes
         FROM "${name}" t ${ours.has(name) ? "WHERE organization_id = $1" : "WHERE $1::uuid IS NOT NULL"}`,
        [organizationId],
      );
      for (const { row, bytes } of rows) {
        const text = `${row} ${bytes?.toString("latin1") ?? ""}`;
        if (pattern.test(text)) found.push(`${name}: ${text.slice(0, 300)}`);
      }
    }
    return found;
  });

const booksOf = (organizationId: string) =>
  asSuperuser(async (client) => {
    const prints = await fingerprint(client, organizationId);
    const { ledger_entry, ledger_total, closing, usage, usage_day, assignment } = prints;
    return { ledger_entry, ledger_total, closing, usage, usage_day, assignment };
  });

const csvOf = async (used: World) => {
  const chunks: string[] = [];
  for await (const chunk of (await readSnapshot(used.owner, { month: "2026-01" })).rows)
    chunks.push(String(chunk));
  return chunks.join("");
};

describe("an export of what is kept about a person", () => {
  const exported = async (ctx = world.owner) => {
    const { fileName, json } = await exportPerson(ctx, { id: ben });
    const chunks: string[] = [];
    for await (const chunk of json) chunks.push(String(chunk));
    return { fileName, text: chunks.join(""), value: JSON.parse(chunks.join("")) };
  };

  test("has all of it, nobody else, and no secret", async () => {
    const token = await aToken(world, "member");
    const { fileName, text, value } = await exported();
    expect(fileName).toMatch(/^person-[0-9a-f]{8}\.json$/);
    expect(value.members).toMatchObject([{ name: GRACE.name }]);
    expect(value.account).toMatchObject({ id: world.actors.member.actor.userId });
    expect(Object.keys(value.records)).toEqual(
      expect.arrayContaining([
        "api_token",
        "assignment",
        "ledger_entry",
        "organization_role",
        "team_membership",
      ]),
    );
    for (const { member_id } of value.records.assignment) expect(member_id).toBe(ben);
    expect(text).not.toContain(token.token.slice(-40));
    expect(text).not.toMatch(/"(token_hash|password_hash|\w+_sealed)"/);
    expect(text).not.toContain(world.ownerEmail);
    const { data } = await listAuditEvents(world.owner, auditFilter.parse({ action: "member.export" }));
    expect(data.length).toBeGreaterThan(0);
  });

  test("is for themselves and for owners", async () => {
    const self = { ...world.actors.member, actor: { ...world.actors.member.actor, memberId: ben } };
    expect((await exported(self)).value.members).toHaveLength(1);
    await expectRefusal(exported(world.actors.finance), "forbidden");
    await expectRefusal(exported(world.actors.lead), "forbidden");
    await expectRefusal(exported((await aWorld()).owner), "not_found");
  });
});

describe("an erasure", () => {
  test("is for owners, of the version that they saw, and waits for files that name the person", async () => {
    const { version } = await readMember(world.owner, { id: ben });
    const asked = { id: ben, version, reason };
    for (const who of ["finance", "lead", "member", "auditor"] as const)
      await expectRefusal(erasePerson(world.actors[who], asked), "forbidden");
    await expectRefusal(erasePerson((await aWorld()).owner, asked), "not_found");
    await expectRefusal(erasePerson(world.owner, { ...asked, version: version + 1 }), "stale_version");
    const other = await aWorld();
    const { id, version: first } = await createMember(
      other.owner,
      memberInput.parse({ ...GRACE, kind: "person" }),
    );
    await sendFile(
      other.owner,
      { fileName: "waiting.csv" },
      `usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n2026-10-02,Claude Opus 4.5,prod,${GRACE.name},message,output,3.00\n`,
    );
    await expectRefusal(erasePerson(other.owner, { id, version: first, reason }), "import_state");
  });

  test("leaves the name in no text of any table, and the books as they were", async () => {
    const org = world.owner.organization.id;
    expect((await findNaming(org)).length).toBeGreaterThan(30);
    const { token } = await aToken(world, "member");
    const [books, csv] = [await booksOf(org), await csvOf(world)];
    const { version } = await readMember(world.owner, { id: ben });

    const erased = await erasePerson(world.owner, { id: ben, version, reason });

    expect(erased).toMatchObject({
      name: pseudonymOf(ben),
      email: null,
      aliases: [],
      erased: true,
      user: false,
    });
    expect(await findNaming(org)).toEqual([]);
    expect(await booksOf(org)).toEqual(books);
    expect(await csvOf(world)).toBe(csv);
    expect((await verifyAudit(world.owner, {})).faults).toEqual([]);
    const { asks } = await anAsker(world);
    const headers = { Authorization: `Bearer ${token}` };
    expect((await asks("GET organization", { headers }, "nobody")).status).toBe(401);
  });

  test("says so in the trail, where the account that is gone has the pseudonym too", async () => {
    const { data } = await listAuditEvents(world.owner, auditFilter.parse({ action: "member.erase" }));
    expect(data).toMatchObject([
      { targetId: ben, after: { grounds: `${pseudonymOf(ben)} asked for it`, accountGone: true } },
    ]);
    const userId = world.actors.member.actor.userId;
    const { data: theirs } = await listAuditEvents(world.owner, auditFilter.parse({ actorId: userId }));
    for (const { actor } of theirs) expect(actor).toMatchObject({ id: userId, name: pseudonymOf(ben) });
    const { rows } = await asSuperuser((client) =>
      client.query("SELECT FROM app_user WHERE id = $1", [userId]),
    );
    expect(rows).toEqual([]);
  });

  test("cannot be undone or done twice", async () => {
    const { version } = await readMember(world.owner, { id: ben });
    await expectRefusal(changeMember(world.owner, { id: ben, version, name: "Grace" }), "member_erased");
    await expectRefusal(erasePerson(world.owner, { id: ben, version, reason }), "member_erased");
  });
});

describe("an erased person's account", () => {
  const erase = async (used: World, id: string) => {
    const { version } = await readMember(used.owner, { id });
    return await erasePerson(used.owner, { id, version, reason });
  };

  test("stays for other books that they belong to", async () => {
    const [here, there] = [await aWorld(), await aWorld()];
    const { userId } = here.actors.member.actor;
    const other = there.owner.organization.id;
    await asSuperuser((client) =>
      client.query("INSERT INTO organization_role VALUES ($1, $2, 'member', NULL, now())", [other, userId]),
    );
    await erase(here, here.books.members.ben);
    const { rows } = await asSuperuser((client) =>
      client.query("SELECT organization_id AS id FROM organization_role WHERE user_id = $1", [userId]),
    );
    expect(rows).toEqual([{ id: other }]);
  });

  test("is emptied where books that they left long ago still refer to it", async () => {
    const [here, there] = [await aWorld(), await aWorld()];
    const { userId } = here.actors.member.actor;
    await asSuperuser((client) =>
      client.query(
        `INSERT INTO invitation (organization_id, id, email, name, roles, team_ids, token_hash, created_at, expires_at, signs_in_user_id)
         VALUES ($1, $2, 'x@example.test', 'x', '{member}', '{}', $3, now(), now(), $4)`,
        [there.owner.organization.id, newId(), "0".repeat(64), userId],
      ),
    );
    await erase(here, here.books.members.ben);
    const { rows } = await asSuperuser((client) =>
      client.query("SELECT name, email, password_hash FROM app_user WHERE id = $1", [userId]),
    );
    expect(rows).toMatchObject([{ email: `${userId}@erased.invalid`, password_hash: null }]);
  });

  test("is not that of who asks, nor the last owner's", async () => {
    const used = await aWorld();
    const { userId } = used.owner.actor;
    await asSuperuser((client) =>
      client.query("UPDATE member SET user_id = $1 WHERE id = $2", [userId, used.books.members.cem]),
    );
    await expectRefusal(erase(used, used.books.members.cem), "forbidden");
  });

  test("takes along who was merged into the person, and an invitation to their address", async () => {
    const used = await aWorld();
    const { owner } = used;
    const twice = await createMember(owner, memberInput.parse({ ...GRACE, name: "G. M. Hopper" }));
    const kept = await createMember(owner, memberInput.parse({ name: "Grace Hopper" }));
    const { asks } = await anAsker(used);
    const { body } = await asks("POST invitations", {
      body: {
        email: GRACE.email,
        name: "Grace Hopper",
        roles: ["member"],
        teamIds: [],
        memberId: null,
        roleEndsOn: null,
      },
    });
    await mergeMembers(owner, { id: twice.id, version: twice.version, intoMemberId: kept.id });
    await erase(used, kept.id);
    expect(await findNaming(owner.organization.id, /hopper|navy\.example/i)).toEqual([]);
    expect(await previewInvitation(String(body.link).split("/").at(-1) ?? "", new Date())).toBeNull();
    await expectRefusal(
      changeMember(owner, { id: twice.id, version: twice.version + 1, name: "x" }),
      "member_erased",
    );
  });
});
