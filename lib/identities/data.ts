import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { required } from "@/lib/db/version";
import { DATE_MIN } from "@/lib/domain/calendar-date";
import { likelyMatches } from "@/lib/domain/identity";
import type { Page } from "@/lib/fields/schema";
import { type Candidates, findCandidates, isPersonal } from "@/lib/identities/match-data";
import type { Identity, IdentityFilter, MatchInput } from "@/lib/identities/schema";
import { Prisma } from "@/prisma/generated/client";

const NAMED = { select: { id: true, name: true } } as const;

const SELECTION = {
  id: true,
  serviceProvider: NAMED,
  kind: true,
  name: true,
  externalId: true,
  parent: { select: { name: true } },
  identityMatches: {
    orderBy: { startsOn: "desc" },
    select: { startsOn: true, member: NAMED, apiAccount: NAMED },
  },
} as const satisfies Prisma.IdentitySelect;

type Row = Prisma.IdentityGetPayload<{ select: typeof SELECTION }>;

/** In the order in which they were first seen. */
export async function findIdentities(db: Db, ctx: Ctx, filter: IdentityFilter): Promise<Page<Identity>> {
  const { serviceProviderId, unmatched } = filter;
  const { where, ...page } = pageById(filter);
  const rows = await db.identity.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...where,
      ...(serviceProviderId && { serviceProviderId }),
      ...(unmatched === "true" && {
        identityMatches: { none: {} },
        AND: [
          // A workspace that only holds keys has no use of its own to match.
          { OR: [{ usageMonths: { some: {} } }, { id: { in: await findWaiting(db, ctx) } }] },
          { OR: [{ parentId: null }, { parent: { identityMatches: { none: {} } } }] },
        ],
      }),
    },
    ...page,
    select: SELECTION,
  });
  const { data, nextCursor } = toPage(rows, filter.limit);
  return { data: await toIdentities(db, ctx, data), nextCursor };
}

/** The names in files that were read and wait for their commit. */
async function findWaiting(db: Db, ctx: Ctx): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT found->>'id' AS id FROM import, jsonb_array_elements(preview->'identities') AS found
    WHERE organization_id = ${ctx.organization.id}::uuid AND state = 'ready'`;
  return rows.map(({ id }) => id);
}

export async function getIdentity(db: Db, ctx: Ctx, id: string): Promise<Identity> {
  const row = await db.identity.findUnique({
    where: { organizationId_id: { organizationId: ctx.organization.id, id } },
    select: SELECTION,
  });
  const [found] = await toIdentities(db, ctx, [required(row)]);
  return required(found ?? null);
}

async function toIdentities(db: Db, ctx: Ctx, rows: readonly Row[]): Promise<Identity[]> {
  const costs = await findCosts(
    db,
    ctx,
    rows.map(({ id }) => id),
  );
  const candidates = new Map<string, Candidates>();
  for (const { serviceProvider, identityMatches } of rows) {
    if (identityMatches.length > 0 || candidates.has(serviceProvider.id)) continue;
    candidates.set(serviceProvider.id, await findCandidates(db, ctx, serviceProvider.id));
  }
  return rows.map(({ identityMatches, parent, ...row }) => ({
    ...row,
    parent: parent?.name ?? null,
    matches: identityMatches.map((match) => ({ ...match, startsOn: fromDbDate(match.startsOn) })),
    suggestions: suggestionsFor(row, candidates.get(row.serviceProvider.id)),
    costs: costs.get(row.id) ?? [],
  }));
}

function suggestionsFor(
  { kind, name }: Pick<Row, "kind" | "name">,
  candidates: Candidates | undefined,
): Identity["suggestions"] {
  if (!candidates) return [];
  const list = isPersonal(kind) ? candidates.members : candidates.accounts;
  const as = isPersonal(kind) ? ("member" as const) : ("api_account" as const);
  return likelyMatches(name, list).flatMap((id) => {
    const found = list.find((candidate) => candidate.id === id);
    return found ? [{ kind: as, id, name: found.name }] : [];
  });
}

/**
 * What the use of each name comes to. Where the organization does not show what one person used, not of names that are
 * another person's; of names that nobody knows yet it says how much waits to be matched.
 */
async function findCosts(db: Db, ctx: Ctx, ids: readonly string[]) {
  const { personAnalysis } = await db.organization.findUniqueOrThrow({
    where: { id: ctx.organization.id },
    select: { personAnalysis: true },
  });
  const shown =
    personAnalysis === "on"
      ? Prisma.sql`true`
      : Prisma.sql`(member_id IS NULL OR member_id = ${ctx.actor.memberId}::uuid)`;
  const rows = await db.$queryRaw<{ id: string; costKind: string; currency: string; cost: string }[]>`
    SELECT identity_id AS id, cost_kind::text AS "costKind", currency, trim_scale(sum(cost_nano) / 1000000000)::text AS cost
    FROM usage_month WHERE organization_id = ${ctx.organization.id}::uuid AND identity_id = ANY(${ids}::uuid[])
      AND ${shown}
    GROUP BY 1, 2, 3 ORDER BY 2, 3`;
  return Map.groupBy(
    rows.map(({ id, ...cost }) => ({ id, ...cost })),
    ({ id }) => id,
  );
}

/** From a day on; one that began on the same day is replaced. */
export async function saveMatch(
  db: Db,
  ctx: Ctx,
  { id, startsOn, memberId, apiAccountId }: MatchInput,
): Promise<void> {
  const organizationId = ctx.organization.id;
  const key = { organizationId, identityId: id, startsOn: toDbDate(startsOn ?? DATE_MIN) };
  await db.identityMatch.deleteMany({ where: key });
  await db.identityMatch.create({
    data: { ...key, id: newId(), memberId, apiAccountId, createdAt: ctx.now, createdById: ctx.actor.userId },
  });
}

/** Forgets whom a name means. */
export async function removeMatches(db: Db, ctx: Ctx, identityId: string): Promise<void> {
  await db.identityMatch.deleteMany({ where: { organizationId: ctx.organization.id, identityId } });
}
