import "server-only";

import type { AuditChoices, AuditEvent, AuditFilter } from "@/lib/audit/schema";
import type { Ctx } from "@/lib/auth/ctx";
import { eventHash, type HashedEvent } from "@/lib/db/audit";
import { type Db, transact } from "@/lib/db/client";
import { wrongCursor } from "@/lib/db/page";
import type { ChainHead, ChainLink } from "@/lib/domain/audit-chain";
import type { AuditTarget } from "@/lib/domain/audit-target";
import { periodOfMonth } from "@/lib/domain/month";
import type { Page } from "@/lib/fields/schema";
import type { Prisma } from "@/prisma/generated/client";

const EVENT = {
  id: true,
  sequence: true,
  at: true,
  actorId: true,
  action: true,
  targetType: true,
  targetId: true,
  before: true,
  after: true,
  requestId: true,
  hash: true,
} as const satisfies Prisma.AuditEventSelect;

/** The events of the trail, the last first; the cursor is the number of the last one shown. */
export async function findEvents(db: Db, ctx: Ctx, filter: AuditFilter): Promise<Page<AuditEvent>> {
  const { actorId, action, targetType, targetId, from, to, ...page } = filter;
  const at = {
    ...(from && { gte: new Date(periodOfMonth(from).start) }),
    ...(to && { lt: new Date(periodOfMonth(to).end) }),
  };
  const where = {
    ...(actorId && { actorId }),
    ...(action && { action }),
    ...(targetType && { targetType }),
    ...(targetId && { targetId: { in: await withWhatHangsOn(db, ctx, targetId) } }),
    ...((from || to) && { at }),
  };
  return await findPage(db, ctx, { where, page, findNames: (ids) => findNames(db, ctx, ids) });
}

type PageAsked = {
  readonly where: Prisma.AuditEventWhereInput;
  readonly page: Pick<AuditFilter, "limit" | "cursor">;
  readonly findNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Whether whoever has no name among them has one that the reader may not see. */
  readonly withheld?: boolean;
};

/** A page of events with what the ids in them are called. */
export async function findPage(
  db: Db,
  ctx: Ctx,
  { where, page: { limit, cursor }, findNames: namesOf, withheld = false }: PageAsked,
): Promise<Page<AuditEvent>> {
  if (cursor !== undefined && !/^[1-9]\d{0,14}$/.test(cursor)) throw wrongCursor();
  const rows = await db.auditEvent.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(cursor && { sequence: { lt: BigInt(cursor) } }),
      ...where,
    },
    orderBy: { sequence: "desc" },
    take: limit + 1,
    select: EVENT,
  });
  const shown = rows.slice(0, limit);
  const names = await namesOf(idsIn(shown));
  const data = shown.map(({ sequence, at: when, actorId: actor, before, after, ...event }) => ({
    ...event,
    sequence: Number(sequence),
    at: when.toISOString(),
    targetType: event.targetType as AuditTarget,
    actor:
      actor === null
        ? null
        : { id: actor, name: names.get(actor) ?? null, withheld: withheld && !names.has(actor) },
    before: before as AuditEvent["before"],
    after: after as AuditEvent["after"],
    names: Object.fromEntries(
      idsIn([{ ...event, before, after }]).flatMap((id) => {
        const name = names.get(id);
        return name === undefined ? [] : [[id, name]];
      }),
    ),
  }));
  return { data, nextCursor: rows.length > limit ? String(data.at(-1)?.sequence) : null };
}

/** The history of a contract and of a member is also that of their seats, an invoice's that of what was paid for it. */
async function withWhatHangsOn(db: Db, ctx: Ctx, id: string): Promise<string[]> {
  const seats = await db.assignment.findMany({
    where: { organizationId: ctx.organization.id, OR: [{ subscriptionId: id }, { memberId: id }] },
    select: { id: true },
  });
  const payments = await db.settlement.findMany({
    where: { organizationId: ctx.organization.id, invoiceId: id },
    select: { id: true },
  });
  return [id, ...[...seats, ...payments].map((each) => each.id)];
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function idsIn(events: readonly object[]): string[] {
  return [...new Set(JSON.stringify(events, bigintAsText).match(UUID))];
}

const bigintAsText = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

/** What ids are called today. Names are in no event, so that a person can be erased. */
async function findNames(db: Db, ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<{ id: string; name: string }[]>`
    WITH wanted AS (SELECT unnest(${ids}::uuid[]) AS id)
    SELECT id, name FROM (
      SELECT m.erased_user_id AS id, m.name FROM member m JOIN wanted w ON w.id = m.erased_user_id
      WHERE m.organization_id = ${org}::uuid AND m.merged_into_id IS NULL
      UNION ALL SELECT u.id, u.name FROM app_user u JOIN wanted USING (id)
      WHERE NOT EXISTS (SELECT FROM member m WHERE m.organization_id = ${org}::uuid AND m.erased_user_id = u.id) AND EXISTS (SELECT FROM audit_event e WHERE e.organization_id = ${org}::uuid AND (e.actor_id = u.id OR e.target_id = u.id))
      UNION ALL SELECT t.id, t.name FROM team t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM member t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM product t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM service_provider t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM tool t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM plan t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM subscription t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM api_account t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM api_token t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM budget_version t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.name FROM webhook t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.number FROM invoice t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT t.id, t.file_name FROM import t JOIN wanted USING (id) WHERE organization_id = ${org}::uuid
      UNION ALL SELECT s.id, i.number FROM settlement s JOIN wanted USING (id)
        JOIN invoice i ON i.organization_id = s.organization_id AND i.id = s.invoice_id
        WHERE s.organization_id = ${org}::uuid
      UNION ALL SELECT a.id, m.name || ' · ' || s.name FROM assignment a JOIN wanted USING (id)
        JOIN member m ON m.organization_id = a.organization_id AND m.id = a.member_id
        JOIN subscription s ON s.organization_id = a.organization_id AND s.id = a.subscription_id
        WHERE a.organization_id = ${org}::uuid
    ) named`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How many of the last events are looked through for what there is to choose. */
const CHOICES_FROM = 20_000;

/** Who changed what kinds of things lately, to choose from. */
export async function findChoices(db: Db, ctx: Ctx): Promise<AuditChoices> {
  const org = ctx.organization.id;
  const [found] = await db.$queryRaw<
    { actors: AuditChoices["actors"]; actions: string[]; types: AuditTarget[] }[]
  >`
    WITH latest AS (
      SELECT actor_id, action, target_type FROM audit_event WHERE organization_id = ${org}::uuid
      ORDER BY sequence DESC LIMIT ${CHOICES_FROM}::int
    )
    SELECT
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', coalesce(m.name, u.name)) ORDER BY u.name, u.id)
                FROM app_user u LEFT JOIN member m
                  ON m.organization_id = ${org}::uuid AND m.erased_user_id = u.id AND m.merged_into_id IS NULL
                WHERE u.id IN (SELECT actor_id FROM latest)), '[]') AS actors,
      ARRAY(SELECT DISTINCT action FROM latest ORDER BY 1) AS actions,
      ARRAY(SELECT DISTINCT target_type FROM latest ORDER BY 1) AS types`;
  return { actors: found?.actors ?? [], actions: found?.actions ?? [], targetTypes: found?.types ?? [] };
}

/** An event with what its hash is made of. */
export type HashedLink = ChainLink & HashedEvent;

export const hashAs = (link: HashedLink, sequence: number): string =>
  eventHash(link.previousHash, sequence, {
    at: link.at,
    actorId: link.actorId,
    action: link.action,
    targetType: link.targetType,
    targetId: link.targetId,
    before: link.before,
    after: link.after,
    requestId: link.requestId,
  });

/** The next events of the trail by their numbers; null: from the first one on. */
export async function findLinks(
  db: Db,
  organizationId: string,
  after: number | null,
  limit: number,
): Promise<HashedLink[]> {
  const rows = await db.auditEvent.findMany({
    where: { organizationId, ...(after !== null && { sequence: { gt: BigInt(after) } }) },
    orderBy: { sequence: "asc" },
    take: limit,
    select: { ...EVENT, previousHash: true },
  });
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
}

/** Where the trail ends; null: nothing is in it. */
export async function findHead(db: Db, organizationId: string): Promise<ChainHead | null> {
  const row = await db.auditEvent.findFirst({
    where: { organizationId },
    orderBy: { sequence: "desc" },
    select: { sequence: true, hash: true },
  });
  return row && { sequence: Number(row.sequence), hash: row.hash };
}

export async function findHashAt(db: Db, organizationId: string, sequence: number): Promise<string | null> {
  const where = { organizationId_sequence: { organizationId, sequence: BigInt(sequence) } };
  return (await db.auditEvent.findUnique({ where, select: { hash: true } }))?.hash ?? null;
}

/** Every organization, for the worker and for whoever runs the server. */
export function findOrganizations(): Promise<{ id: string; name: string }[]> {
  return transact({}, async (db) => {
    await db.$executeRawUnsafe("SET LOCAL app.worker = 'on'");
    return await db.organization.findMany({
      orderBy: { createdAt: "asc" },
      select: { id: true, name: true },
    });
  });
}
