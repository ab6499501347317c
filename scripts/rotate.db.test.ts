import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents } from "@/lib/audit/service";
import type { Ctx } from "@/lib/auth/ctx";
import { newId } from "@/lib/db/id";
import { resealEverything } from "@/lib/secrets/rotation";
import type { SealedColumn } from "@/lib/secrets/schema";
import { openSecret, sealSecret } from "@/lib/secrets/seal";
import { anOrganization } from "@/lib/testing/organization";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { readKeys } from "./places.mjs";
import { rotateKeys } from "./rotate.mjs";

// Another key for everything that is sealed, in tables of this test's own, one of an organization and one of nobody.

const COLUMNS: readonly SealedColumn[] = [
  { table: "a_hook", column: "secret_sealed", of: "organization" },
  { table: "a_factor", column: "secret_sealed", of: "nobody" },
];
const folder = mkdtempSync(join(tmpdir(), "twoline-rotation-"));
const file = join(folder, "keys.json");
let organizations: Ctx[] = [];
let secrets: { table: string; organizationId: string | null; id: string; plain: string }[] = [];

beforeAll(async () => {
  vi.stubEnv("TWOLINE_SEAL_KEYS", "");
  vi.stubEnv("TWOLINE_KEY_FILE", file);
  await asSuperuser((client) =>
    client.query(`
      CREATE TABLE a_hook (organization_id uuid, id uuid, secret_sealed text, PRIMARY KEY (organization_id, id));
      CREATE TABLE a_factor (id uuid PRIMARY KEY, secret_sealed text);
      GRANT SELECT, INSERT, UPDATE ON a_hook, a_factor TO twoline_app;
      ALTER TABLE a_hook ENABLE ROW LEVEL SECURITY;
      CREATE POLICY a_hook_of ON a_hook USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid)`),
  );
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  rmSync(file, { force: true });
  readKeys(file);
  organizations = [await anOrganization(), await anOrganization()];
  secrets = [];
  await asSuperuser(async (client) => {
    await client.query("TRUNCATE a_hook, a_factor");
    for (const { organization } of organizations)
      for (let n = 0; n < 5; n++) await keep(client, organization.id);
    for (let n = 0; n < 3; n++) await keep(client, null);
    await client.query("INSERT INTO a_factor VALUES ($1, NULL)", [newId()]);
  });
});

async function keep(client: Client, organizationId: string | null): Promise<void> {
  const place = { organizationId, table: organizationId ? "a_hook" : "a_factor", id: newId() };
  const plain = `plain-${randomBytes(12).toString("hex")}`;
  const values = [place.id, sealSecret(place, plain), ...(organizationId ? [organizationId] : [])];
  await client.query(
    `INSERT INTO ${place.table} (id, secret_sealed${organizationId ? ", organization_id" : ""}) VALUES ($1, $2${organizationId ? ", $3" : ""})`,
    values,
  );
  secrets.push({ ...place, plain });
}

const reseal = () => resealEverything(new Date(), COLUMNS);
const ringIds = () => readKeys(file).sealKeys.map(({ id }: { id: string }) => id);

/** What stands in the database of each secret, opened. */
const opened = () =>
  asSuperuser(async (client) => {
    const found: string[] = [];
    for (const { plain: _, ...place } of secrets) {
      const { rows } = await client.query<{ sealed: string }>(
        `SELECT secret_sealed AS sealed FROM ${place.table} WHERE id = $1`,
        [place.id],
      );
      found.push(openSecret(place, rows[0]?.sealed ?? ""));
    }
    return found;
  });

const keysUsed = () =>
  asSuperuser(async (client) => {
    const { rows } = await client.query<{ key: string }>(
      `SELECT DISTINCT split_part(secret_sealed, '.', 2) AS key FROM
       (SELECT secret_sealed FROM a_hook UNION ALL SELECT secret_sealed FROM a_factor WHERE secret_sealed IS NOT NULL) s`,
    );
    return rows.map(({ key }) => key).sort();
  });

test("a rotation leaves every secret as it was, under the new key alone, and a trace", async () => {
  const [old] = ringIds();
  const { resealed, retired } = await rotateKeys(reseal, { file, settleMs: 0 });
  expect([resealed, retired]).toEqual([13, [old]]);
  expect(await opened()).toEqual(secrets.map(({ plain }) => plain));
  expect(await keysUsed()).toEqual(ringIds());
  expect(ringIds()).not.toContain(old);
  for (const ctx of organizations) {
    const { data } = await listAuditEvents(ctx, auditFilter.parse({ action: "secret.reseal" }));
    expect(data).toMatchObject([{ actor: null, after: { count: 5 }, targetId: ctx.organization.id }]);
  }
  expect(readdirSync(folder)).toEqual(["keys.json"]);
});

test("one that is ended midway loses nothing, and the next goes on with its key", async () => {
  const [old] = ringIds();
  let rounds = 0;
  const ended = rotateKeys(
    async () => {
      // One organization, then the end.
      if (rounds++ > 0) throw new Error("killed");
      return await resealEverything(new Date(), COLUMNS.slice(0, 1));
    },
    { file, settleMs: 0 },
  );
  await expect(ended).rejects.toThrow("killed");
  const [, added] = ringIds();
  expect(ringIds()).toEqual([old, added]);
  expect(await keysUsed()).toEqual([old, added].sort());
  expect(await opened()).toEqual(secrets.map(({ plain }) => plain));

  expect(await rotateKeys(reseal, { file, settleMs: 0 })).toEqual({ resealed: 3, retired: [old] });
  expect(ringIds()).toEqual([added]);
  expect(await opened()).toEqual(secrets.map(({ plain }) => plain));
});

test("what was sealed under the old key while it went on is sealed anew before that key goes", async () => {
  let rounds = 0;
  const [old] = readKeys(file).sealKeys;
  await rotateKeys(
    async () => {
      const count = await reseal();
      if (rounds++ === 0) {
        vi.stubEnv("TWOLINE_SEAL_KEYS", `${old?.id}:${old?.key}`);
        await asSuperuser((client) => keep(client, organizations[0]?.organization.id ?? null));
        vi.stubEnv("TWOLINE_SEAL_KEYS", "");
      }
      return count;
    },
    { file, settleMs: 0 },
  );
  expect(await opened()).toEqual(secrets.map(({ plain }) => plain));
  expect(await keysUsed()).toEqual(ringIds());
});

test("a secret that was moved to another row stops it, and the old key stays", async () => {
  const [first, second] = secrets;
  await asSuperuser((client) =>
    client.query(
      "UPDATE a_hook SET secret_sealed = (SELECT secret_sealed FROM a_hook WHERE id = $1) WHERE id = $2",
      [first?.id, second?.id],
    ),
  );
  await expect(rotateKeys(reseal, { file, settleMs: 0 })).rejects.toThrow("belongs to another row");
  expect(ringIds()).toHaveLength(2);
});

test("no table holds the text of a secret, nor a key", async () => {
  const all = await asSuperuser(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
    );
    const texts: string[] = [];
    for (const { name } of rows) {
      const { rows: found } = await client.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`);
      texts.push(...found.map(({ row }) => row));
    }
    return texts.join("\n");
  });
  expect(all).toContain("s1.");
  for (const { plain } of secrets) expect(all).not.toContain(plain);
  for (const { key } of readKeys(file).sealKeys) expect(all).not.toContain(key);
  expect(readFileSync(file, "utf8")).toContain("sealKeys");
});
