import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import { utcDateOf } from "@/lib/domain/calendar-date";
import type { ApiToken, TokenInput } from "@/lib/tokens/schema";
import type { ApiToken as Row } from "@/prisma/generated/client";

/** Tokens that have not been ended, the newest first; the actor's own, or everybody's. */
export async function findTokens(db: Db, ctx: Ctx, { all }: { readonly all: boolean }): Promise<ApiToken[]> {
  const rows = await db.apiToken.findMany({
    where: {
      organizationId: ctx.organization.id,
      endedAt: null,
      ...(!all && { madeById: ctx.actor.userId }),
    },
    orderBy: { id: "desc" },
  });
  const names = await findMakers(db, rows);
  return rows.map((row) => toToken(ctx, row, names.get(row.madeById) ?? null));
}

export async function getToken(db: Db, ctx: Ctx, id: string, { all }: { readonly all: boolean }) {
  return required((await findTokens(db, ctx, { all })).find((token) => token.id === id));
}

async function findMakers(db: Db, rows: readonly Row[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map(({ madeById }) => madeById))];
  const users = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [id, name]));
}

const toToken = (ctx: Ctx, row: Row, madeBy: string | null): ApiToken => ({
  id: row.id,
  name: row.name,
  scopes: row.scopes,
  ending: row.ending,
  madeBy,
  mine: row.madeById === ctx.actor.userId,
  survives: row.survives,
  orphaned: row.keptRoles.length > 0,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});

export async function insertToken(
  db: Db,
  ctx: Ctx,
  { expiresOn, ...input }: TokenInput,
  kept: { readonly tokenHash: string; readonly ending: string },
): Promise<string> {
  const id = newId();
  await db.apiToken.create({
    data: {
      organizationId: ctx.organization.id,
      id,
      ...input,
      ...kept,
      madeById: ctx.actor.userId,
      createdAt: ctx.now,
      expiresAt: toDbDate(expiresOn),
    },
  });
  return id;
}

export async function endToken(db: Db, ctx: Ctx, id: string): Promise<void> {
  await db.apiToken.update({
    where: { organizationId_id: { organizationId: ctx.organization.id, id } },
    data: { endedAt: ctx.now },
  });
}

/**
 * What becomes of the tokens of somebody who leaves: they end with them, or stay with what their maker could until now.
 * Call it while they still have their roles.
 */
export async function leaveTokens(db: Db, ctx: Ctx, userId: string): Promise<void> {
  const organizationId = ctx.organization.id;
  const today = toDbDate(utcDateOf(ctx.now));
  const roles = await db.organizationRole.findMany({
    where: { organizationId, userId, OR: [{ endsOn: null }, { endsOn: { gt: today } }] },
    select: { role: true },
  });
  const theirs = { organizationId, madeById: userId, endedAt: null };
  await db.apiToken.updateMany({ where: { ...theirs, survives: false }, data: { endedAt: ctx.now } });
  await db.apiToken.updateMany({
    where: { ...theirs, survives: true },
    data: { keptRoles: roles.map(({ role }) => role) },
  });
}
