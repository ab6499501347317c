import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, enter, transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { assertUpdated, required } from "@/lib/db/version";
import type { ProviderKind } from "@/lib/domain/sign-in-provider";
import type { Connection, ConnectionChange, ConnectionInput } from "@/lib/single-sign-on/schema";

const CONNECTION = {
  id: true,
  kind: true,
  name: true,
  issuer: true,
  clientId: true,
  admitsNewcomers: true,
  usedAt: true,
  version: true,
  domains: { orderBy: { domain: "asc" }, select: { domain: true, enforced: true } },
} as const;

type Row = Omit<Connection, "kind" | "usedAt" | "callbackUrl"> & { kind: string; usedAt: Date | null };

const toConnection = ({ kind, usedAt, ...row }: Row): Connection => ({
  ...row,
  kind: kind as ProviderKind,
  usedAt: usedAt?.toISOString() ?? null,
  callbackUrl: `${process.env.NEXTAUTH_URL ?? ""}/api/auth/callback/${row.id}`,
});

export async function findConnections(db: Db, ctx: Ctx): Promise<Connection[]> {
  const rows = await db.signInConnection.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: { id: "asc" },
    select: CONNECTION,
  });
  return rows.map(toConnection);
}

export async function getConnection(db: Db, ctx: Ctx, id: string): Promise<Connection> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toConnection(required(await db.signInConnection.findUnique({ where, select: CONNECTION })));
}

type Domains = ConnectionInput["domains"];

export async function insertConnection(
  db: Db,
  ctx: Ctx,
  {
    id,
    domains,
    ...fields
  }: Omit<ConnectionInput, "clientSecret"> & { id: string; clientSecretSealed: string },
): Promise<void> {
  const organizationId = ctx.organization.id;
  await db.signInConnection.create({ data: { organizationId, id, ...fields, createdAt: ctx.now } });
  await insertDomains(db, organizationId, id, domains);
}

export async function updateConnection(
  db: Db,
  ctx: Ctx,
  {
    id,
    version,
    domains,
    ...fields
  }: Omit<ConnectionChange, "clientSecret"> & { readonly clientSecretSealed?: string },
): Promise<void> {
  const organizationId = ctx.organization.id;
  const { count } = await db.signInConnection.updateMany({
    where: { organizationId, id, version },
    data: { ...fields, version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.signInConnection.findFirst({ where: { organizationId, id } }));
  if (!domains) return;
  await db.signInDomain.deleteMany({ where: { organizationId, connectionId: id } });
  await insertDomains(db, organizationId, id, domains);
}

async function insertDomains(db: Db, organizationId: string, connectionId: string, domains: Domains) {
  await db.signInDomain.createMany({
    data: domains.map((domain) => ({ organizationId, connectionId, ...domain })),
  });
}

/** Takes a provider's connection, who came through it, and their sessions. */
export async function deleteConnection(db: Db, ctx: Ctx, id: string): Promise<void> {
  const { count } = await db.signInConnection.deleteMany({
    where: { organizationId: ctx.organization.id, id },
  });
  required(count > 0 ? count : null);
  await db.session.deleteMany({ where: { connectionId: id } });
}

export type ServedDomain = {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly name: string;
  readonly enforced: boolean;
};

/** The connection that serves an e-mail domain, whosever it is. */
export function findServedDomain(domain: string): Promise<ServedDomain | null> {
  // What is no host name is nobody's, and is not asked for.
  if (!/^[a-z0-9.-]{1,253}$/.test(domain)) return Promise.resolve(null);
  return transact({ signInDomain: domain }, async (db) => {
    const found = await db.signInDomain.findFirst({
      where: { domain },
      select: { organizationId: true, connectionId: true, enforced: true },
    });
    if (!found) return null;
    await enter(db, { organizationId: found.organizationId });
    const connection = await db.signInConnection.findFirst({
      where: { organizationId: found.organizationId, id: found.connectionId },
      select: { name: true },
    });
    return connection && { ...found, ...connection };
  });
}

/** The first of the domains that another connection serves already, whosever it is. */
export async function findTakenDomain(
  db: Db,
  domains: readonly string[],
  connectionId: string | null,
): Promise<string | null> {
  for (const domain of domains) {
    await enter(db, { signInDomain: domain });
    const served = await db.signInDomain.findFirst({ where: { domain }, select: { connectionId: true } });
    if (served && served.connectionId !== connectionId) return domain;
  }
  return null;
}

export type OpenConnection = {
  readonly organizationId: string;
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretSealed: string;
  readonly admitsNewcomers: boolean;
  readonly domains: readonly string[];
};

/** The connection that a sign-in goes through, by its id alone: nobody is signed in who could say whose it is. */
export function findOpenConnection(id: string): Promise<OpenConnection | null> {
  return transact({ signInConnectionId: id }, async (db) => {
    const row = await db.signInConnection.findFirst({
      where: { id },
      select: {
        organizationId: true,
        id: true,
        kind: true,
        name: true,
        issuer: true,
        clientId: true,
        clientSecretSealed: true,
        admitsNewcomers: true,
      },
    });
    if (!row) return null;
    const { organizationId } = row;
    await enter(db, { organizationId });
    const domains = await db.signInDomain.findMany({
      where: { organizationId, connectionId: id },
      select: { domain: true },
    });
    return { ...row, kind: row.kind as ProviderKind, domains: domains.map(({ domain }) => domain) };
  });
}

type Known = { readonly issuer: string; readonly subject: string };

export async function findIdentityUser(
  db: Db,
  { organizationId, id }: OpenConnection,
  known: Known,
  now: Date,
): Promise<string | null> {
  const where = { organizationId, connectionId: id, ...known };
  await db.signInIdentity.updateMany({ where, data: { usedAt: now } });
  const row = await db.signInIdentity.findFirst({ where, select: { userId: true } });
  return row?.userId ?? null;
}

export async function insertIdentity(
  db: Db,
  identity: Known & {
    readonly organizationId: string;
    readonly connectionId: string;
    readonly userId: string;
  },
  now: Date,
): Promise<void> {
  await db.signInIdentity.createMany({
    data: [{ id: newId(), ...identity, createdAt: now, usedAt: now }],
    skipDuplicates: true,
  });
}

export async function touchConnection(
  db: Db,
  { organizationId, id }: { readonly organizationId: string; readonly id: string },
  now: Date,
): Promise<void> {
  await db.signInConnection.updateMany({ where: { organizationId, id }, data: { usedAt: now } });
}

/** An account that a provider vouches for; it has no password. */
export async function insertVouchedUser(
  db: Db,
  user: { readonly email: string; readonly name: string },
  now: Date,
): Promise<string> {
  const id = newId();
  await db.user.create({ data: { id, ...user, passwordHash: null, createdAt: now } });
  return id;
}

/** The invitation of an address that its holder could accept; their provider proves that the address is theirs. */
export async function findInvitationOf(
  db: Db,
  organizationId: string,
  email: string,
  now: Date,
): Promise<{ readonly tokenHash: string } | null> {
  return await db.invitation.findFirst({
    where: {
      organizationId,
      email,
      signsInUserId: null,
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: now },
    },
    orderBy: { createdAt: "desc" },
    select: { tokenHash: true },
  });
}

export async function getOrganization(db: Db, id: string) {
  return await db.organization.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      name: true,
      baseCurrency: true,
      fiscalYearStart: true,
      booksStart: true,
      demo: true,
    },
  });
}
