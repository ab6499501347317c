import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { nanoText } from "@/lib/domain/decimal";
import type { FoundIdentity, IdentitySum, Import, StagedIdentity } from "@/lib/imports/schema";
import { Prisma } from "@/prisma/generated/client";

type Scope = Pick<Ctx, "organization">;

/** The columns of a row of usage that a later file may tell anew. */
const VALUES = Prisma.raw(
  "uncached_input, cache_read, cache_write_5m, cache_write_1h, output, requests, cost_nano, currency, cost_kind, spread_days",
);
const valuesOf = (table: string) =>
  Prisma.raw(
    [
      "uncached_input",
      "cache_read",
      "cache_write_5m",
      "cache_write_1h",
      "output",
      "requests",
      "cost_nano",
      "currency",
      "cost_kind",
      "spread_days",
    ]
      .map((column) => `${table}.${column}`)
      .join(", "),
  );

/** Whether a row tells other figures than what stands. */
const differs = (anew: string, known: string) =>
  Prisma.sql`(${valuesOf(anew)}) IS DISTINCT FROM (${valuesOf(known)})`;

/** The staged rows of an import, those that agree in all that tells rows apart as their sum. */
function staged({ organization }: Scope, importId: string, repeated: boolean): Prisma.Sql {
  const where = Prisma.sql`WHERE organization_id = ${organization.id}::uuid AND import_id = ${importId}::uuid`;
  if (!repeated) return Prisma.sql`SELECT * FROM staged_usage ${where}`;
  return Prisma.sql`
    SELECT organization_id, import_id, min(position) AS position, identity_id, day, key, min(source) AS source,
      min(model) AS model, min(service_tier) AS service_tier, min(cost_kind) AS cost_kind,
      sum(uncached_input)::bigint AS uncached_input, sum(cache_read)::bigint AS cache_read,
      sum(cache_write_5m)::bigint AS cache_write_5m, sum(cache_write_1h)::bigint AS cache_write_1h,
      sum(output)::bigint AS output, sum(requests)::bigint AS requests,
      CASE WHEN bool_or(cost_nano IS NULL) THEN NULL ELSE sum(cost_nano)::bigint END AS cost_nano,
      min(currency) AS currency, max(spread_days) AS spread_days
    FROM staged_usage ${where}
    GROUP BY organization_id, import_id, identity_id, day, key`;
}

/**
 * Gives the names of a file their place in the books, each under the id that it has there: rows that were staged under
 * another id, because two files brought a name at once, are moved to it.
 *
 * @returns the ids that they have in the books, in the same order
 */
export async function saveIdentities(
  db: Db,
  ctx: Ctx,
  {
    importId,
    serviceProviderId,
    identities,
  }: {
    importId: string;
    serviceProviderId: string;
    identities: readonly StagedIdentity[];
  },
): Promise<string[]> {
  const organizationId = ctx.organization.id;
  const where = { organizationId, serviceProviderId };
  const known = await db.identity.findMany({ where, select: { id: true, kind: true, externalId: true } });
  const ids = new Map(known.map(({ id, kind, externalId }) => [`${kind}|${externalId}`, id]));
  const finalId = new Map(
    identities.map((each) => [each.id, ids.get(`${each.kind}|${each.externalId}`) ?? each.id]),
  );
  const idInBooks = (id: string): string => finalId.get(id) ?? id;
  const fresh = identities.filter(({ id }) => finalId.get(id) === id);
  // Parents first, as children refer to them.
  for (const level of [
    fresh.filter(({ parentId }) => parentId === null),
    fresh.filter(({ parentId }) => parentId !== null),
  ]) {
    await db.identity.createMany({
      data: level.map(({ id, kind, externalId, name, parentId }) => ({
        organizationId,
        id,
        serviceProviderId,
        kind,
        externalId,
        name,
        parentId: parentId === null ? null : idInBooks(parentId),
        createdAt: ctx.now,
      })),
    });
  }
  const moved = identities.filter(({ id }) => finalId.get(id) !== id);
  if (moved.length > 0) {
    await db.$executeRaw`
    UPDATE staged_usage SET identity_id = moved.to_id
    FROM unnest(${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ id }) => idInBooks(id))}::uuid[]) AS moved (from_id, to_id)
    WHERE organization_id = ${organizationId}::uuid AND import_id = ${importId}::uuid AND identity_id = moved.from_id`;
  }
  return identities.map(({ id }) => idInBooks(id));
}

export type Counts = {
  readonly newRows: number;
  readonly changedRows: number;
  readonly unchangedRows: number;
};

/** Whether the books have any use of these names in these days. */
export async function areKnown(
  db: Db,
  ctx: Scope,
  { identityIds, firstDay, lastDay }: Touched,
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ known: boolean }[]>`
    SELECT EXISTS (SELECT FROM usage WHERE organization_id = ${ctx.organization.id}::uuid
                   AND identity_id = ANY(${identityIds}::uuid[])
                   AND day BETWEEN ${firstDay}::date AND ${lastDay}::date) AS known`;
  return row?.known ?? false;
}

/** How the staged rows compare with what the books have. */
export async function compareStaged(
  db: Db,
  ctx: Scope,
  importId: string,
  repeated: boolean,
): Promise<Counts> {
  const [row] = await db.$queryRaw<{ new_rows: bigint; changed_rows: bigint; unchanged_rows: bigint }[]>`
    SELECT count(*) FILTER (WHERE u.key IS NULL) AS new_rows,
      count(*) FILTER (WHERE u.key IS NOT NULL AND ${differs("s", "u")}) AS changed_rows,
      count(*) FILTER (WHERE u.key IS NOT NULL AND NOT (${differs("s", "u")})) AS unchanged_rows
    FROM (${staged(ctx, importId, repeated)}) s
    LEFT JOIN usage u ON u.organization_id = s.organization_id AND u.identity_id = s.identity_id AND u.day = s.day AND u.key = s.key`;
  return {
    newRows: Number(row?.new_rows ?? 0),
    changedRows: Number(row?.changed_rows ?? 0),
    unchangedRows: Number(row?.unchanged_rows ?? 0),
  };
}

const IDENTITIES_MAX = 100;

/** The names with rows, those that nobody was matched to first, then by what they cost. */
export async function describeIdentities(
  db: Db,
  { organization }: Scope,
  sums: ReadonlyMap<string, IdentitySum>,
): Promise<{ identities: FoundIdentity[]; unmatchedCount: number }> {
  const rows = await db.$queryRaw<Pick<FoundIdentity, "id" | "kind" | "name" | "parent" | "matched">[]>`
    SELECT i.id, i.kind::text AS kind, i.name, p.name AS parent,
      EXISTS (SELECT FROM identity_match m WHERE m.organization_id = i.organization_id AND m.identity_id IN (i.id, i.parent_id)) AS matched
    FROM identity i
    LEFT JOIN identity p ON p.organization_id = i.organization_id AND p.id = i.parent_id
    WHERE i.organization_id = ${organization.id}::uuid AND i.id = ANY(${[...sums.keys()]}::uuid[])
    ORDER BY i.id`;
  const identities = rows
    .map((row) => ({ ...row, ...(sums.get(row.id) ?? { rows: 0, currency: "USD", nano: 0n }) }))
    .sort((a, b) => Number(a.matched) - Number(b.matched) || byAmount(a.nano, b.nano))
    .map(({ nano, ...row }) => ({ ...row, cost: nanoText(nano) }));
  return {
    identities: identities.slice(0, IDENTITIES_MAX),
    unmatchedCount: identities.filter(({ matched }) => !matched).length,
  };
}

/** The largest first, whichever sign it has. */
function byAmount(a: bigint, b: bigint): number {
  const [left, right] = [a < 0n ? -a : a, b < 0n ? -b : b];
  return left === right ? 0 : left > right ? -1 : 1;
}

export type Touched = {
  readonly identityIds: string[];
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
};

/**
 * Puts the staged rows into the books. A row that an earlier file told is this file's from now on, also when it tells the
 * same: what the earlier one told is kept, so that either can be taken back and what the other tells stands.
 */
export async function mergeStaged(
  db: Db,
  ctx: Scope,
  importId: string,
  { identityIds, firstDay, lastDay, repeated }: Touched & { repeated: boolean },
): Promise<Counts> {
  const rows = staged(ctx, importId, repeated);
  const known = await areKnown(db, ctx, { identityIds, firstDay, lastDay });
  const counts = known ? await compareStaged(db, ctx, importId, repeated) : null;
  if (counts && counts.changedRows + counts.unchangedRows > 0) {
    await db.$executeRaw`
      INSERT INTO replaced_usage (organization_id, identity_id, day, key, import_id, source, model, service_tier, sequence, ${VALUES})
      SELECT u.organization_id, u.identity_id, u.day, u.key, u.import_id, u.source, u.model, u.service_tier, i.sequence, ${valuesOf("u")}
      FROM (${rows}) s
      JOIN usage u ON u.organization_id = s.organization_id AND u.identity_id = s.identity_id AND u.day = s.day AND u.key = s.key
      JOIN import i ON i.organization_id = u.organization_id AND i.id = u.import_id`;
  }
  const inserted = await db.$executeRaw`
    INSERT INTO usage (organization_id, identity_id, day, key, import_id, source, model, service_tier, ${VALUES})
    SELECT organization_id, identity_id, day, key, import_id, source, model, service_tier, ${VALUES}
    FROM (${rows}) s ORDER BY identity_id, day, key
    ${
      counts === null
        ? Prisma.empty
        : Prisma.sql`
    ON CONFLICT (organization_id, identity_id, day, key) DO UPDATE SET
      (import_id, source, model, service_tier, ${VALUES}) =
      ROW (excluded.import_id, excluded.source, excluded.model, excluded.service_tier, ${valuesOf("excluded")})`
    }`;
  return counts ?? { newRows: inserted, changedRows: 0, unchangedRows: 0 };
}

/** The names and days of the staged rows. */
export async function findTouched(db: Db, ctx: Scope, importId: string): Promise<Touched | null> {
  const rows = await db.$queryRaw<{ id: string; first: CalendarDate; last: CalendarDate }[]>`
    SELECT identity_id AS id, min(day)::text AS first, max(day)::text AS last
    FROM staged_usage WHERE organization_id = ${ctx.organization.id}::uuid AND import_id = ${importId}::uuid
    GROUP BY 1 ORDER BY 1`;
  const [first] = rows;
  if (!first) return null;
  return {
    identityIds: rows.map(({ id }) => id),
    firstDay: rows.reduce((least, row) => (row.first < least ? row.first : least), first.first),
    lastDay: rows.reduce((most, row) => (row.last > most ? row.last : most), first.last),
  };
}

/** The names and days of the rows that an import brought and that still stand, or stand behind a later one. */
export async function findBrought(
  db: Db,
  ctx: Scope,
  { id, serviceProvider, firstDay, lastDay }: Pick<Import, "id" | "serviceProvider" | "firstDay" | "lastDay">,
): Promise<Touched | null> {
  if (!serviceProvider || firstDay === null || lastDay === null) return null;
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT i.id FROM identity i
    WHERE i.organization_id = ${org}::uuid AND i.service_provider_id = ${serviceProvider.id}::uuid AND (
      EXISTS (SELECT FROM usage u WHERE u.organization_id = ${org}::uuid AND u.identity_id = i.id
              AND u.day BETWEEN ${firstDay}::date AND ${lastDay}::date AND u.import_id = ${id}::uuid)
      OR EXISTS (SELECT FROM replaced_usage u WHERE u.organization_id = ${org}::uuid AND u.identity_id = i.id
              AND u.day BETWEEN ${firstDay}::date AND ${lastDay}::date AND u.import_id = ${id}::uuid))
    ORDER BY 1`;
  return rows.length === 0 ? null : { identityIds: rows.map((row) => row.id), firstDay, lastDay };
}

/** Takes an import's rows back: what it replaced stands again, what it brought goes. */
export async function takeBack(
  db: Db,
  ctx: Scope,
  importId: string,
  { identityIds, firstDay, lastDay }: Touched,
): Promise<void> {
  const org = ctx.organization.id;
  const days = Prisma.sql`organization_id = ${org}::uuid AND identity_id = ANY(${identityIds}::uuid[])
    AND day BETWEEN ${firstDay}::date AND ${lastDay}::date`;
  await db.$executeRaw`DELETE FROM replaced_usage WHERE ${days} AND import_id = ${importId}::uuid`;
  await db.$executeRaw`
    WITH before AS (
      SELECT DISTINCT ON (r.identity_id, r.day, r.key) r.*
      FROM replaced_usage r
      JOIN usage u ON u.organization_id = r.organization_id AND u.identity_id = r.identity_id AND u.day = r.day AND u.key = r.key
      WHERE u.import_id = ${importId}::uuid AND r.organization_id = ${org}::uuid AND r.identity_id = ANY(${identityIds}::uuid[])
      ORDER BY r.identity_id, r.day, r.key, r.sequence DESC
    ), gone AS (
      DELETE FROM replaced_usage r USING before b
      WHERE r.organization_id = b.organization_id AND r.identity_id = b.identity_id AND r.day = b.day AND r.key = b.key
        AND r.import_id = b.import_id
    )
    UPDATE usage u SET (import_id, source, model, service_tier, ${VALUES}) =
      ROW (b.import_id, b.source, b.model, b.service_tier, ${valuesOf("b")})
    FROM before b
    WHERE u.organization_id = b.organization_id AND u.identity_id = b.identity_id AND u.day = b.day AND u.key = b.key`;
  await db.$executeRaw`DELETE FROM usage WHERE ${days} AND import_id = ${importId}::uuid`;
}

/** The provider of that name, made when the books do not have it. */
export async function ensureProvider(db: Db, ctx: Scope, name: string): Promise<string> {
  const organizationId = ctx.organization.id;
  const known = await db.serviceProvider.findFirst({
    where: { organizationId, name: { equals: name, mode: "insensitive" } },
    select: { id: true },
  });
  if (known) return known.id;
  const id = newId();
  await db.serviceProvider.create({ data: { organizationId, id, name } });
  return id;
}
