import { Client } from "pg";

/** A connection as the database's owner, whom no policy stops: for looking at what really stands there. */
export async function asSuperuser<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every table whose rows belong to an organization, as the database knows them, so that a new one is among them. */
export async function findTenantTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name = 'organization_id' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** A fingerprint of every row of an organization, table by table. */
export async function fingerprint(
  client: Client,
  organizationId: string,
  without: readonly string[] = [],
): Promise<Record<string, string>> {
  const tables = (await findTenantTables(client)).filter((name) => !without.includes(name));
  const parts = tables.map(
    (name) =>
      `SELECT '${name}' AS name, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS hash
       FROM "${name}" t WHERE organization_id = $1`,
  );
  const whole = `SELECT 'organization', md5((to_jsonb(t) - 'posted_on')::text) FROM organization t WHERE id = $1`;
  const { rows } = await client.query<{ name: string; hash: string }>([...parts, whole].join(" UNION ALL "), [
    organizationId,
  ]);
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

/** Every id of an organization's rows, its own among them. */
export async function findIds(client: Client, organizationId: string): Promise<string[]> {
  const { rows: withId } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name = 'id' AND table_name = ANY($1)`,
    [await findTenantTables(client)],
  );
  const parts = withId.map(({ name }) => `SELECT id::text FROM "${name}" WHERE organization_id = $1`);
  const { rows } = await client.query<{ id: string }>(parts.join(" UNION ALL "), [organizationId]);
  return [organizationId, ...rows.map(({ id }) => id)];
}
