import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, enter } from "@/lib/db/client";
import { assertUpdated } from "@/lib/db/version";
import { pseudonymOf, type Terms, withoutPerson } from "@/lib/domain/erasure";
import type { ErasureInput } from "@/lib/erasure/schema";
import { removeAccount } from "@/lib/users/data";

export type Person = {
  readonly userId: string | null;
  /** With the members that were merged into this one. */
  readonly memberIds: readonly string[];
  /** Names, addresses and other names of all of them. */
  readonly knownBy: readonly string[];
};

export async function findPerson(db: Db, ctx: Ctx, id: string): Promise<Person> {
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<
    { id: string; name: string; email: string | null; aliases: string[]; userId: string | null }[]
  >`
    WITH RECURSIVE same AS (
      SELECT m.* FROM member m WHERE m.organization_id = ${org}::uuid AND m.id = ${id}::uuid
      UNION SELECT m.* FROM member m JOIN same ON m.organization_id = same.organization_id AND m.merged_into_id = same.id
    ) SELECT id, name, email, aliases, user_id AS "userId" FROM same`;
  const userId = rows.find((row) => row.userId !== null)?.userId ?? null;
  const user =
    userId && (await db.user.findUnique({ where: { id: userId }, select: { name: true, email: true } }));
  const memberIds = rows.map((row) => row.id);
  const own = rows.flatMap(({ name, email, aliases }) => [name, email ?? "", ...aliases]);
  const known = [...own, ...(user ? [user.name, user.email] : [])];
  const invited = await db.invitation.findMany({
    where: {
      organizationId: org,
      OR: [{ memberId: { in: memberIds } }, { email: { in: known.filter((text) => text.includes("@")) } }],
    },
    select: { name: true, email: true },
  });
  return { userId, memberIds, knownBy: [...known, ...invited.flatMap(({ name, email }) => [name, email])] };
}

/** What everything and everybody else is called. */
export async function findOtherNames(db: Db, ctx: Ctx, { memberIds }: Person): Promise<string[]> {
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT unnest(ARRAY[name] || aliases) AS name FROM member
      WHERE organization_id = ${org}::uuid AND id <> ALL(${[...memberIds]}::uuid[])
    UNION SELECT name FROM team WHERE organization_id = ${org}::uuid
    UNION SELECT name FROM product WHERE organization_id = ${org}::uuid
    UNION SELECT name FROM service_provider WHERE organization_id = ${org}::uuid
    UNION SELECT name FROM plan WHERE organization_id = ${org}::uuid
    UNION SELECT name FROM tool WHERE organization_id = ${org}::uuid
    UNION SELECT model FROM model_price WHERE organization_id = ${org}::uuid
    UNION SELECT name FROM organization WHERE id = ${org}::uuid`;
  return rows.map(({ name }) => name);
}

/** Whether a file that waits to be taken in holds one of these, of which it would bring them back. */
export async function isNamedInWaitingFile(db: Db, ctx: Ctx, texts: readonly string[]): Promise<boolean> {
  const [found] = await db.$queryRaw<{ named: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM import_chunk c, unnest(${[...texts]}::text[]) AS text
      WHERE c.organization_id = ${ctx.organization.id}::uuid AND position(convert_to(text, 'UTF8') IN c.content) > 0
    ) AS named`;
  return found?.named ?? false;
}

/** @throws DomainError `stale_version` */
export async function emptyMember(
  db: Db,
  ctx: Ctx,
  { id, version }: ErasureInput,
  { memberIds, userId }: Person,
): Promise<void> {
  const organizationId = ctx.organization.id;
  const { count } = await db.member.updateMany({
    where: { organizationId, id, version },
    data: { version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.member.findFirst({ where: { organizationId, id } }));
  await db.member.updateMany({
    where: { organizationId, id: { in: [...memberIds] } },
    data: {
      name: pseudonymOf(id),
      email: null,
      aliases: [],
      userId: null,
      archivedAt: ctx.now,
      erasedAt: ctx.now,
      erasedUserId: userId,
    },
  });
}

/** A link that waits for the person opens nothing any more; when they were on leave is forgotten. */
export async function endInvitations(db: Db, ctx: Ctx, { memberIds, knownBy }: Person): Promise<void> {
  const organizationId = ctx.organization.id;
  await db.memberLeave.deleteMany({ where: { organizationId, memberId: { in: [...memberIds] } } });
  await db.invitation.deleteMany({
    where: {
      organizationId,
      OR: [
        { memberId: { in: [...memberIds] } },
        { email: { in: knownBy.map((text) => text.toLowerCase()) } },
      ],
    },
  });
}

/** What files call the person has a new name each, so that two of them are never one. */
export async function emptyIdentities(
  db: Db,
  ctx: Ctx,
  { memberIds, knownBy }: Person,
  pseudonym: string,
): Promise<void> {
  const org = ctx.organization.id;
  await db.$executeRaw`
    UPDATE identity i SET external_id = ${pseudonym} || ' ' || right(i.id::text, 12), name = ${pseudonym}
    WHERE i.organization_id = ${org}::uuid AND (
      lower(i.external_id) = ANY(${knownBy.map((text) => text.toLowerCase())}::text[])
      OR i.kind IN ('email', 'user', 'device') AND EXISTS (
        SELECT FROM identity_match m WHERE m.organization_id = i.organization_id AND m.identity_id = i.id
          AND m.member_id = ANY(${[...memberIds]}::uuid[])))`;
}

/** Takes everything of a user that is of these books, and the account too when it is of no others. */
export async function emptyUser(db: Db, ctx: Ctx, userId: string, pseudonym: string): Promise<boolean> {
  const organizationId = ctx.organization.id;
  await db.message.deleteMany({ where: { organizationId, userId } });
  await db.calendarFeed.deleteMany({ where: { organizationId, userId } });
  await db.invitation.deleteMany({ where: { organizationId, signsInUserId: userId } });
  await db.signInIdentity.deleteMany({ where: { organizationId, userId } });
  await enter(db, { userId });
  if ((await db.organizationRole.count({ where: { userId } })) > 0) return false;
  await removeAccount(db, userId, pseudonym);
  return true;
}

/** Texts of the machine's own making, in which nobody is called anything. */
const NO_NAMES = new Set([
  ...["action", "format_version", "key", "kind", "media_type", "model", "request_id", "target_type"],
]);

type TextColumn = {
  readonly table: string;
  readonly column: string;
  readonly type: "varchar" | "text" | "jsonb" | "_text";
  readonly charactersMax: number | null;
};

/**
 * Goes through every text of the books that may be changed at all, and puts the pseudonym where the person stands. The
 * columns are the database's own list, so that a new one is among them.
 */
export async function eraseTexts(db: Db, ctx: Ctx, terms: Terms, pseudonym: string): Promise<void> {
  if (terms.words.length === 0) return;
  const columns = await db.$queryRaw<TextColumn[]>`
    SELECT c.relname::text AS "table", a.attname::text AS "column", t.typname::text AS type,
      CASE WHEN t.typname = 'varchar' AND a.atttypmod > 4 THEN a.atttypmod - 4 END AS "charactersMax"
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    JOIN pg_attribute o ON o.attrelid = c.oid AND o.attname = 'organization_id'
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      AND t.typname IN ('varchar', 'text', 'jsonb', '_text') AND has_column_privilege(c.oid, a.attnum, 'UPDATE')
    ORDER BY 1, 2`;
  const looks = terms.words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  for (const column of columns) {
    if (NO_NAMES.has(column.column) || column.column.endsWith("_sealed")) continue;
    await eraseColumn(db, ctx, column, looks, (value) => withoutPerson(value, terms, pseudonym));
  }
}

async function eraseColumn(
  db: Db,
  ctx: Ctx,
  { table, column, type, charactersMax }: TextColumn,
  looks: readonly string[],
  change: (value: unknown) => unknown,
): Promise<void> {
  const org = ctx.organization.id;
  const rows = await db.$queryRawUnsafe<{ at: string; value: unknown }[]>(
    `SELECT ctid::text AS at, to_jsonb("${column}") AS value FROM "${table}"
     WHERE organization_id = $1::uuid AND "${column}"::text ILIKE ANY($2::text[])`,
    org,
    looks,
  );
  for (const { at, value } of rows) {
    const changed = change(value);
    if (changed === value) continue;
    const text =
      type === "jsonb" || type === "_text"
        ? JSON.stringify(changed)
        : String(changed).slice(0, charactersMax ?? undefined);
    await db.$executeRawUnsafe(
      `UPDATE "${table}" SET "${column}" = ${INTO[type]} WHERE organization_id = $1::uuid AND ctid = $2::tid`,
      org,
      at,
      text,
    );
  }
}

const INTO: Record<TextColumn["type"], string> = {
  varchar: "$3",
  text: "$3",
  jsonb: "$3::jsonb",
  _text: "ARRAY(SELECT jsonb_array_elements_text($3::jsonb))",
};
