import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";

import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents, verifyAudit } from "@/lib/audit/service";
import { exportOrganization } from "@/lib/organization/export";
import { LEFT_OUT_TABLES } from "@/lib/organization/export-data";
import type { ExportManifest } from "@/lib/organization/schema";
import { SEALED_COLUMNS } from "@/lib/secrets/sealed-columns";
import { makeEverything } from "@/lib/testing/everything";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser, findIds, findTenantTables } from "@/lib/testing/tenant-tables";
import { aToken } from "@/lib/testing/tokens";
import { unzip } from "@/lib/testing/unzip";
import { aWorld, type World } from "@/lib/testing/world";

// All of an organization in one archive: every row of every table, nothing of another one, and no secret.

const CANARY = "c4n4ry of the others";

let [ours, theirs]: World[] = [];
let files = new Map<string, Buffer>();
let manifest: ExportManifest;

beforeAll(async () => {
  [ours, theirs] = [await aWorld(), await aWorld()];
  for (const world of [ours, theirs]) await makeEverything(world);
  await asSuperuser(async (client) => {
    await client.query("UPDATE member SET name = $1 || id WHERE organization_id = $2", [
      CANARY,
      theirs?.owner.organization.id,
    ]);
  });
  files = await taken(ours);
  manifest = JSON.parse(String(files.get("manifest.json")));
}, 120_000);

async function taken({ owner }: World): Promise<Map<string, Buffer>> {
  return unzip(await buffer((await exportOrganization(owner)).content));
}

const rowsOf = (table: string): Record<string, unknown>[] =>
  String(files.get(`${table}.ndjson`))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

describe("an export of everything", () => {
  test("has every table that the database knows, with each of its rows, column by column", async () => {
    const org = ours?.owner.organization.id;
    await asSuperuser(async (client) => {
      const tables = (await findTenantTables(client)).filter((name) => !LEFT_OUT_TABLES.includes(name));
      expect(tables.length).toBeGreaterThan(60);
      let filled = 0;
      for (const table of tables) {
        const { rows } = await client.query<{ row: Record<string, unknown> }>(
          `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE organization_id = $1`,
          [org],
        );
        const hidden = manifest.leftOut.columns[table] ?? [];
        const expected = rows.map(({ row }) =>
          Object.fromEntries(Object.entries(row).filter(([column]) => !hidden.includes(column))),
        );
        const sorted = (all: Record<string, unknown>[]) =>
          all.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
        // The trail goes on with the export's own event.
        if (table !== "audit_event")
          expect([table, sorted(rowsOf(table))]).toEqual([table, sorted(expected)]);
        const [told] = manifest.files.filter((file) => file.table === table);
        expect([table, told?.rows]).toEqual([table, rowsOf(table).length]);
        if (rows.length > 0) filled++;
      }
      expect(filled).toBeGreaterThan(30);
    });
    expect(rowsOf("organization")).toMatchObject([{ id: org, name: ours?.owner.organization.name }]);
    expect(rowsOf("app_user").map(({ id }) => id)).toContain(ours?.owner.actor.userId);
  });

  test("says in its manifest what each file is, to the byte", () => {
    expect([...files.keys()].sort()).toEqual(
      [...manifest.files.map(({ name }) => name), "manifest.json"].sort(),
    );
    for (const { name, bytes, sha256 } of manifest.files) {
      const content = files.get(name) ?? Buffer.alloc(0);
      expect([name, bytes, sha256]).toEqual([
        ...[name, content.length, createHash("sha256").update(content).digest("hex")],
      ]);
    }
  });

  test("has the sealed end of the audit trail, which the books know again", async () => {
    const head = manifest.auditHead ?? "";
    expect(await verifyAudit(ours!.owner, { head })).toMatchObject({ faults: [], headsCompared: 1 });
  });

  test("has attached files as they were, under names that lead nowhere", async () => {
    const content = Buffer.from("%PDF-1.7 \u0000\r\n\\x02 an invoice");
    const asked = { invoiceId: ours!.invoice, id: ours!.invoice, fileName: "../März.pdf" };
    await asSuperuser((client) =>
      client.query(
        `INSERT INTO attachment SELECT $1, gen_random_uuid(), $2, $3, 'application/pdf', $4, $5, $6, now(), $7`,
        [
          ...[ours!.owner.organization.id, asked.invoiceId, asked.fileName, content.length],
          ...[createHash("sha256").update(content).digest("hex"), content, ours!.owner.actor.userId],
        ],
      ),
    );
    const again = await taken(ours!);
    const attached = [...again.keys()].filter((name) => name.endsWith("März.pdf"));
    expect(attached).toMatchObject([expect.stringMatching(/^attachments\/[0-9a-f-]{36}\/_März\.pdf$/)]);
    expect(again.get(attached[0] ?? "")?.equals(content)).toBe(true);
  });

  test("keeps texts as they were typed: quotes, backslashes, line ends and all", async () => {
    const name = 'A "name"\\n with \\ and\nlines, ünïcode \u202e 🧾';
    await asSuperuser((client) =>
      client.query("UPDATE team SET name = $1 WHERE organization_id = $2 AND id = $3", [
        ...[name, ours!.owner.organization.id, ours!.books.teams.growth],
      ]),
    );
    const again = String((await taken(ours!)).get("team.ndjson"));
    const names = again
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line).name);
    expect(names).toContain(name);
  });

  test("has nothing of another organization", async () => {
    const text = [...files.values()].map(String).join("\n");
    const [own, foreign] = await asSuperuser(async (client) => [
      await findIds(client, ours!.owner.organization.id),
      await findIds(client, theirs!.owner.organization.id),
    ]);
    expect(text).not.toContain(CANARY);
    expect(foreign!.filter((id) => text.includes(id))).toEqual([]);
    expect(text).not.toContain(theirs!.ownerEmail);
    // Of their own they find all but what the tables that are left out hold.
    expect(own!.filter((id) => text.includes(id)).length).toBeGreaterThan(own!.length - 60);
    expect([...(await taken(theirs!)).values()].some((content) => String(content).includes(CANARY))).toBe(
      true,
    );
  });

  test("has no secret, sealed or hashed, that opens anything", async () => {
    const { token } = await aToken(ours!, "owner");
    const again = await taken(ours!);
    const text = [...again.values()].map(String).join("\n");
    expect(text).not.toContain(token.slice(-40));
    const hidden = manifest.leftOut.columns;
    for (const { table, column } of SEALED_COLUMNS.filter(({ of }) => of === "organization"))
      expect([table, hidden[table]]).toEqual([table, expect.arrayContaining([column])]);
    for (const [table, column] of [
      ["api_token", "token_hash"],
      ["app_user", "password_hash"],
      ["invitation", "token_hash"],
      ["calendar_feed", "token_hash"],
      ["organization", "pseudonym_key"],
    ] as const)
      expect([table, hidden[table]]).toEqual([table, expect.arrayContaining([column])]);
    expect(text).not.toMatch(/"(\w+_sealed|token_hash|password_hash|pseudonym_key)":|\$argon2/);
    // What is left of the trail's hashes is what proves it.
    expect(text).toContain('"previous_hash"');
  });

  test("leaves a trace in the trail", async () => {
    const { data } = await listAuditEvents(ours!.owner, auditFilter.parse({ action: "organization.export" }));
    expect(data.length).toBeGreaterThan(0);
    expect(rowsOf("audit_event").map(({ action }) => action)).toContain("organization.export");
  });

  test("is for owners", async () => {
    for (const who of ["finance", "lead", "member", "auditor"] as const)
      await expectRefusal(exportOrganization(ours!.actors[who]), "forbidden");
  });

  test("is one at a time for an organization, and whoever goes away makes room", async () => {
    const { content } = await exportOrganization(ours!.owner);
    await expectRefusal(exportOrganization(ours!.owner), "busy");
    expect((await taken(theirs!)).size).toBe(files.size);
    content.destroy();
    await expect.poll(async () => (await taken(ours!)).has("manifest.json")).toBe(true);
    const { rows } = await asSuperuser((client) =>
      client.query(
        "SELECT FROM pg_stat_activity WHERE application_name = 'twoline-export' AND datname = current_database()",
      ),
    );
    expect(rows.length).toBeLessThanOrEqual(1);
  });
});
