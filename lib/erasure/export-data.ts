import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { Person } from "@/lib/erasure/data";

/** A table in which rows are about the person: where they say so, and what is not told of them. */
export type Section = {
  readonly table: string;
  readonly memberColumns: readonly string[];
  readonly userColumns: readonly string[];
  readonly withheld: readonly string[];
};

/**
 * Every table that refers to members or accounts, as the database knows them, so that a new one is among them. Hashes,
 * sealed secrets and the bytes of files are withheld: they tell nothing of a person.
 */
export async function findSections(db: Db): Promise<Section[]> {
  return await db.$queryRaw<Section[]>`
    WITH own AS (
      SELECT c.oid, c.relname::text AS name, a.attname::text AS col, a.attnum, t.typname
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      JOIN pg_attribute o ON o.attrelid = c.oid AND o.attname = 'organization_id'
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
        AND has_table_privilege(c.oid, 'SELECT')
    ), referring AS (
      SELECT name, col, true AS member FROM own JOIN pg_constraint k ON k.conrelid = own.oid AND attnum = ANY(k.conkey)
      WHERE k.contype = 'f' AND k.confrelid = 'member'::regclass AND col <> 'organization_id'
      UNION
      SELECT name, col, false FROM own WHERE typname = 'uuid' AND col ~ '(^|_)(user|actor)_id$|_by_id$'
    )
    SELECT name AS "table",
      coalesce(array_agg(DISTINCT col) FILTER (WHERE member), '{}') AS "memberColumns",
      coalesce(array_agg(DISTINCT col) FILTER (WHERE NOT member), '{}') AS "userColumns",
      ARRAY(SELECT o.col FROM own o WHERE o.name = r.name
            AND (o.typname = 'bytea' OR o.col ~ '_(hash|sealed)$|^hash$')) AS withheld
    FROM referring r
    GROUP BY 1 ORDER BY 1`;
}

/** The names come from the database's own list alone. */
export async function findRows(
  db: Db,
  ctx: Ctx,
  { table, memberColumns, userColumns, withheld }: Section,
  { memberIds, userId }: Person,
): Promise<unknown[]> {
  const own = [
    ...memberColumns.map((column) => `"${column}" = ANY($2::uuid[])`),
    ...userColumns.map((column) => `"${column}" = $3::uuid`),
  ];
  const rows = await db.$queryRawUnsafe<{ row: unknown }[]>(
    `SELECT to_jsonb(t) - $4::text[] AS row FROM "${table}" t
     WHERE organization_id = $1::uuid AND (${own.join(" OR ")} OR $2::uuid[] IS NULL AND $3::uuid IS NULL)`,
    ctx.organization.id,
    [...memberIds],
    userId,
    [...withheld],
  );
  return rows.map(({ row }) => row);
}

/** The members themselves, the account, and what files call them. */
export async function findSelf(db: Db, ctx: Ctx, { memberIds, userId }: Person) {
  const organizationId = ctx.organization.id;
  const select = { id: true, name: true, email: true, createdAt: true } as const;
  return {
    members: await db.member.findMany({
      where: { organizationId, id: { in: [...memberIds] } },
      select: { ...select, kind: true, aliases: true, archivedAt: true },
    }),
    account: userId && (await db.user.findUnique({ where: { id: userId }, select })),
    identities: await db.identity.findMany({
      where: { organizationId, identityMatches: { some: { memberId: { in: [...memberIds] } } } },
      select: { id: true, kind: true, externalId: true, name: true },
    }),
  };
}
