import "server-only";

import { PrismaPg } from "@prisma/adapter-pg";

import type { Ctx } from "@/lib/auth/ctx";
import { isTransientConflict, toDomainError } from "@/lib/db/errors";
import { DomainError } from "@/lib/domain/errors";
import { type Prisma, PrismaClient } from "@/prisma/generated/client";

/** A transaction as the application role, for one organization. Only data.ts files use it. */
export type Db = Prisma.TransactionClient;

const TRIES_MAX = 6;
const STATEMENT_TIMEOUT_MS = 20_000;
const LOCK_TIMEOUT_MS = 10_000;

const globalForPrisma = globalThis as unknown as { twolinePrisma?: PrismaClient };

function client(): PrismaClient {
  // Kept on the global object, because a development server loads this module anew on every change.
  globalForPrisma.twolinePrisma ??= new PrismaClient({
    // Its long messages repeat what a statement was called with, and logs keep messages.
    errorFormat: "minimal",
    adapter: new PrismaPg({
      connectionString: process.env.DATABASE_URL,
      max: Number(process.env.DATABASE_CONNECTIONS_MAX || 10),
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      application_name: "twoline",
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: 15_000,
    }),
  });
  return globalForPrisma.twolinePrisma;
}

type Scope = {
  readonly organizationId?: string;
  readonly userId?: string;
  /** What somebody who signs in asks for by name, before it is known where they belong. */
  readonly signInConnectionId?: string;
  readonly signInDomain?: string;
};

/** Of work that a worker does and nobody waits for. */
export const LONG_MS = 15 * 60_000;

/**
 * Sets who the rest of the transaction is for. `SET LOCAL` as a command, because it ends with the transaction and
 * so survives a transaction pooler, and because a distributed server carries it to its workers.
 */
export async function enter(db: Db, scope: Scope): Promise<void> {
  const { organizationId, userId, signInConnectionId, signInDomain } = scope;
  if (organizationId) await db.$executeRawUnsafe(`SET LOCAL app.organization_id = '${uuid(organizationId)}'`);
  if (userId) await db.$executeRawUnsafe(`SET LOCAL app.user_id = '${uuid(userId)}'`);
  if (signInConnectionId)
    await db.$executeRawUnsafe(`SET LOCAL app.sign_in_connection = '${uuid(signInConnectionId)}'`);
  if (signInDomain) await db.$executeRawUnsafe(`SET LOCAL app.sign_in_domain = '${hostName(signInDomain)}'`);
}

function hostName(domain: string): string {
  if (!/^[a-z0-9.-]{1,253}$/.test(domain)) throw new Error("not a domain");
  return domain;
}

function uuid(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new Error("not a UUID");
  return id;
}

/** Runs `work` in a transaction of the application role; conflicts with other transactions are tried again. */
export async function transact<T>(
  scope: Scope,
  work: (db: Db) => Promise<T>,
  { timeoutMs = 30_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client().$transaction(
        async (db) => {
          await db.$executeRawUnsafe("SET LOCAL ROLE twoline_app");
          await enter(db, scope);
          if (timeoutMs === LONG_MS) await allowLongStatements(db);
          return await work(db);
        },
        { maxWait: 10_000, timeout: timeoutMs },
      );
    } catch (error) {
      if (error instanceof DomainError) throw error;
      if (isTransientConflict(error) && attempt < TRIES_MAX) {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
        continue;
      }
      throw toDomainError(error);
    }
  }
}

/** A transaction that only reads, for the organization of the context. */
export function read<T>(ctx: Pick<Ctx, "organization">, work: (db: Db) => Promise<T>): Promise<T> {
  return transact({ organizationId: ctx.organization.id }, work);
}

/**
 * A transaction that changes the books of the context's organization. Writers of one organization take turns on its
 * row, so what is decided on what was loaded still holds when it is saved. With an Idempotency-Key, the same request
 * gets the first answer again, also after a crash between commit and answer.
 *
 * @param work makes one plain JSON result, which is what a replay returns
 * @throws DomainError `idempotency_conflict`, when the key came with another request before
 */
export function write<T>(ctx: Ctx, work: (db: Db) => Promise<T>): Promise<T> {
  const { organization, actor, idempotency } = ctx;
  return transact({ organizationId: organization.id }, async (db) => {
    await lockBooks(db, organization.id);
    if (!idempotency) return await work(db);

    const id = { organizationId: organization.id, actorId: actor.userId, key: idempotency.key };
    const record = await db.idempotencyRecord.findUnique({
      where: { organizationId_actorId_key: id },
    });
    if (record) {
      if (record.requestHash === idempotency.requestHash) return record.response as T;
      throw new DomainError("idempotency_conflict", "This Idempotency-Key was used for another request.");
    }
    const result = await work(db);
    await db.idempotencyRecord.create({
      data: {
        ...id,
        requestHash: idempotency.requestHash,
        response: result as Prisma.InputJsonValue,
        createdAt: ctx.now,
      },
    });
    return result;
  });
}

/** The same turn at the books, for as long as a million rows take. */
export function writeLong<T>(ctx: Pick<Ctx, "organization">, work: (db: Db) => Promise<T>): Promise<T> {
  const { id } = ctx.organization;
  const inTurn = async (db: Db) => {
    await lockBooks(db, id);
    return await work(db);
  };
  return transact({ organizationId: id }, inTurn, { timeoutMs: LONG_MS });
}

async function allowLongStatements(db: Db): Promise<void> {
  await db.$executeRawUnsafe(`SET LOCAL statement_timeout = ${LONG_MS}`);
  await db.$executeRawUnsafe(`SET LOCAL lock_timeout = ${LONG_MS}`);
  await db.$executeRawUnsafe(`SET LOCAL idle_in_transaction_session_timeout = ${LONG_MS}`);
  // Sorting a million rows in memory, and not on disk, halves its time; there is one such transaction at a time.
  await db.$executeRawUnsafe("SET LOCAL work_mem = '256MB'");
  // Rows lie in the order of their key, as they came: reading them in it, and not sorting a million, is cheap.
  await db.$executeRawUnsafe("SET LOCAL random_page_cost = 1.1");
}

/** Waits for its turn to write; for the few writers that `write` does not serve, because they have no context yet. */
export async function lockBooks(db: Db, organizationId: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM organization WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
}

/** Whether the database answers at all. */
export async function isReachable(): Promise<boolean> {
  return await transact({}, (db) => db.$queryRaw`SELECT 1`).then(
    () => true,
    () => false,
  );
}
