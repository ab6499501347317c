import "server-only";

import type {
  Account,
  AccountChange,
  AccountFilter,
  AccountInput,
  Classification,
  ClassificationInput,
} from "@/lib/accounts/schema";
import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { wrongCursor } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { type Money, money } from "@/lib/domain/money";
import type { Page } from "@/lib/fields/schema";
import { assertNotMerged } from "@/lib/members/data";
import type { Prisma } from "@/prisma/generated/client";

const NAMED = { select: { id: true, name: true } } as const;

const CLASSIFICATION = {
  id: true,
  startsOn: true,
  classificationShares: {
    orderBy: { position: "asc" },
    select: { basisPoints: true, purpose: true, team: NAMED, product: NAMED, member: NAMED },
  },
} as const satisfies Prisma.ClassificationSelect;

const selection = (ctx: Ctx) =>
  ({
    id: true,
    parentId: true,
    serviceProvider: NAMED,
    kind: true,
    name: true,
    externalId: true,
    tool: NAMED,
    monthlySpendLimitMinor: true,
    spendLimitCurrency: true,
    startsOn: true,
    endsOn: true,
    version: true,
    classifications: {
      where: { startsOn: { lte: toDbDate(utcDateOf(ctx.now)) } },
      orderBy: { startsOn: "desc" },
      take: 1,
      select: CLASSIFICATION,
    },
  }) satisfies Prisma.ApiAccountSelect;

type Row = Prisma.ApiAccountGetPayload<{ select: ReturnType<typeof selection> }>;

function toClassification(
  row: Prisma.ClassificationGetPayload<{ select: typeof CLASSIFICATION }>,
): Classification {
  return { id: row.id, startsOn: fromDbDate(row.startsOn), shares: row.classificationShares };
}

/** Every account in the order of the tree: each after its parent, siblings by name. */
async function loadTree(db: Db, ctx: Ctx): Promise<Account[]> {
  const rows = await db.apiAccount.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: selection(ctx),
  });
  const children = Map.groupBy(rows, ({ parentId }) => parentId);
  const tree: Account[] = [];
  const visit = (
    row: Row,
    depth: number,
    above: Pick<Account, "classification" | "inheritedFrom" | "id" | "name"> | null,
  ): void => {
    const account = toAccount(row, depth, above);
    tree.push(account);
    for (const child of children.get(row.id) ?? []) visit(child, depth + 1, account);
  };
  for (const root of children.get(null) ?? []) visit(root, 0, null);
  return tree;
}

function toAccount(
  row: Row,
  depth: number,
  above: Pick<Account, "classification" | "inheritedFrom" | "id" | "name"> | null,
): Account {
  const { classifications, monthlySpendLimitMinor, spendLimitCurrency, startsOn, endsOn, ...fields } = row;
  const own = classifications[0] ? toClassification(classifications[0]) : null;
  const source = above?.classification ? (above.inheritedFrom ?? { id: above.id, name: above.name }) : null;
  return {
    ...fields,
    depth,
    monthlySpendLimit:
      monthlySpendLimitMinor === null || spendLimitCurrency === null
        ? null
        : money(Number(monthlySpendLimitMinor), spendLimitCurrency),
    startsOn: fromDbDateOrNull(startsOn),
    endsOn: fromDbDateOrNull(endsOn),
    classification: own ?? above?.classification ?? null,
    inheritedFrom: own ? null : source,
  };
}

/** Accounts in tree order; the cursor is the account after which the next page begins. */
export async function findAccounts(
  db: Db,
  ctx: Ctx,
  { serviceProviderId, limit, cursor }: AccountFilter,
): Promise<Page<Account>> {
  const tree = (await loadTree(db, ctx)).filter(
    (account) => !serviceProviderId || account.serviceProvider.id === serviceProviderId,
  );
  const last = tree.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && last === -1) throw wrongCursor();
  const start = last + 1;
  const data = tree.slice(start, start + limit);
  return { data, nextCursor: start + limit < tree.length ? (data.at(-1)?.id ?? null) : null };
}

export async function getAccount(db: Db, ctx: Ctx, id: string): Promise<Account> {
  return required((await loadTree(db, ctx)).find((account) => account.id === id));
}

export async function insertAccount(db: Db, ctx: Ctx, input: AccountInput): Promise<string> {
  const { classification, monthlySpendLimit, startsOn, endsOn, ...fields } = input;
  const id = newId();
  await db.apiAccount.create({
    data: {
      organizationId: ctx.organization.id,
      id,
      ...fields,
      ...limitColumns(monthlySpendLimit),
      startsOn: toDbDateOrNull(startsOn),
      endsOn: toDbDateOrNull(endsOn),
      createdAt: ctx.now,
    },
  });
  if (classification) await insertClassification(db, ctx, { id, ...classification });
  return id;
}

const limitColumns = (limit: Money | null) => ({
  monthlySpendLimitMinor: limit?.minor ?? null,
  spendLimitCurrency: limit?.currency ?? null,
});

export async function updateAccount(db: Db, ctx: Ctx, change: AccountChange): Promise<void> {
  const { id, version, monthlySpendLimit, startsOn, endsOn, ...fields } = change;
  const organizationId = ctx.organization.id;
  const { count } = await db.apiAccount.updateMany({
    where: { organizationId, id, version },
    data: {
      ...fields,
      ...(monthlySpendLimit !== undefined && limitColumns(monthlySpendLimit)),
      ...(startsOn !== undefined && { startsOn: toDbDateOrNull(startsOn) }),
      ...(endsOn !== undefined && { endsOn: toDbDateOrNull(endsOn) }),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => db.apiAccount.findFirst({ where: { organizationId, id } }));
}

/** The classifications of an account, the newest first. */
export async function findClassifications(db: Db, ctx: Ctx, apiAccountId: string): Promise<Classification[]> {
  const rows = await db.classification.findMany({
    where: { organizationId: ctx.organization.id, apiAccountId },
    orderBy: { startsOn: "desc" },
    select: CLASSIFICATION,
  });
  return rows.map(toClassification);
}

/** From a day on; one that began on the same day is replaced. */
export async function insertClassification(
  db: Db,
  ctx: Ctx,
  { id: apiAccountId, startsOn, shares }: ClassificationInput,
): Promise<string> {
  const organizationId = ctx.organization.id;
  const id = newId();
  await assertNotMerged(
    db,
    ctx,
    shares.map(({ memberId }) => memberId),
  );
  await db.classification.deleteMany({
    where: { organizationId, apiAccountId, startsOn: toDbDate(startsOn) },
  });
  await db.classification.create({
    data: { organizationId, id, apiAccountId, startsOn: toDbDate(startsOn), createdAt: ctx.now },
  });
  await db.classificationShare.createMany({
    data: shares.map((share, position) => ({ organizationId, classificationId: id, position, ...share })),
  });
  return id;
}
