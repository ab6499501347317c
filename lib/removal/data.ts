import "server-only";

import { type Db, enter, LONG_MS, transact } from "@/lib/db/client";
import { removeAccount } from "@/lib/users/data";

type Of = { readonly organizationId: string };

/** From here on nobody and nothing gets in. False: the organization is called otherwise, or is none. */
export function askRemoval({ organizationId }: Of, name: string): Promise<boolean> {
  return transact({ organizationId }, async (db) => {
    const rows = await db.$queryRaw<{ asked: boolean }[]>`SELECT ask_organization_removal(${name}) AS asked`;
    return rows[0]?.asked ?? false;
  });
}

/** The organizations that are on their way out, the longest first. */
export function findRemovals(): Promise<string[]> {
  return transact({}, async (db) => {
    await db.$executeRawUnsafe("SET LOCAL app.worker = 'on'");
    const rows = await db.organizationRemoval.findMany({
      orderBy: { askedAt: "asc" },
      select: { organizationId: true },
    });
    return rows.map(({ organizationId }) => organizationId);
  });
}

/** Whose accounts may go with it. */
export function findRemovedUsers({ organizationId }: Of): Promise<readonly string[]> {
  return transact({ organizationId }, async (db) => {
    const found = await db.organizationRemoval.findUnique({ where: { organizationId } });
    return found?.userIds ?? [];
  });
}

type Reference = { readonly table: string; readonly target: string };

/**
 * Every table with rows of organizations, as the database knows them, and which of them refers to which. The trail is not
 * among them: it goes last.
 */
export function findTables(): Promise<{
  readonly tables: readonly string[];
  readonly references: readonly Reference[];
}> {
  return transact({}, async (db) => {
    const tables = await db.$queryRaw<{ name: string }[]>`
      SELECT c.relname::text AS name FROM pg_class c
      JOIN pg_attribute o ON o.attrelid = c.oid AND o.attname = 'organization_id' AND NOT o.attisdropped
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname NOT IN ('audit_event', 'organization_removal')
      ORDER BY 1`;
    const references = await db.$queryRaw<Reference[]>`
      SELECT DISTINCT c.relname::text AS "table", t.relname::text AS target
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
      WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace AND c.oid <> t.oid`;
    return { tables: tables.map(({ name }) => name), references };
  });
}

/** A table's rows, however many. */
export function removeRows({ organizationId }: Of, table: string): Promise<number> {
  return transact(
    { organizationId },
    async (db) => {
      const rows = await db.$queryRaw<
        { removed: bigint }[]
      >`SELECT remove_organization_rows(${table}) AS removed`;
      return Number(rows[0]?.removed ?? 0);
    },
    { timeoutMs: LONG_MS },
  );
}

/** The books that a user still belongs to, and whether they are made up and nobody else's. */
export function findOtherBooks(
  userId: string,
): Promise<{ readonly organizationId: string; readonly name: string; readonly ownDemo: boolean }[]> {
  return transact({ userId }, async (db) => {
    const roles = await db.organizationRole.findMany({
      where: { userId },
      distinct: ["organizationId"],
      select: { organizationId: true },
    });
    const books = [];
    for (const { organizationId } of roles) {
      // Each is looked at from inside: the database shows one organization at a time.
      await enter(db, { organizationId });
      const found = await db.organization.findUnique({
        where: { id: organizationId },
        select: {
          name: true,
          demo: true,
          organizationRoles: { where: { userId: { not: userId } }, take: 1 },
        },
      });
      if (!found) continue;
      const { name, demo, organizationRoles } = found;
      books.push({ organizationId, name, ownDemo: demo && organizationRoles.length === 0 });
    }
    return books;
  });
}

/** Takes away the account of somebody who belongs to no books any more. */
export function removeLonelyAccount(userId: string): Promise<void> {
  return transact({ userId }, async (db) => {
    if ((await db.organizationRole.count({ where: { userId } })) > 0) return;
    await removeAccount(db, userId, "Former user");
  });
}

/** The last step. With the last books, every account goes, so that Twoline can be set up again. */
export function removeOrganization({ organizationId }: Of): Promise<void> {
  return transact(
    { organizationId },
    async (db) => {
      await db.$executeRaw`LOCK TABLE app_user IN SHARE ROW EXCLUSIVE MODE`;
      await db.$queryRaw`SELECT remove_organization()`;
      if ((await countOrganizations(db)) === 0) await db.user.deleteMany();
    },
    { timeoutMs: LONG_MS },
  );
}

async function countOrganizations(db: Db): Promise<number> {
  await db.$executeRawUnsafe("SET LOCAL app.worker = 'on'");
  return await db.organization.count();
}

/** For whoever runs the server: the organizations with a name. */
export function findByName(name: string): Promise<{ readonly id: string }[]> {
  return transact({}, async (db) => {
    await db.$executeRawUnsafe("SET LOCAL app.worker = 'on'");
    return await db.organization.findMany({ where: { name }, select: { id: true } });
  });
}
