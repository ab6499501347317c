import "server-only";

import { createHash } from "node:crypto";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { packReplies, unpackReplies } from "@/lib/db/reply-pack";
import { costOfTokens, type PriceBook } from "@/lib/domain/model-price";
import { firstDayOf, type Month, monthOf, shiftMonth } from "@/lib/domain/month";
import { type Reply, ReplySet } from "@/lib/domain/reply";
import { rowKey } from "@/lib/domain/row-key";
import { TOKEN_TYPES, type TokenCounts } from "@/lib/domain/usage";

type Scope = Pick<Ctx, "organization">;

/** What logs tell of one name, by month. */
export type LogMonths = { readonly identityId: string; readonly months: readonly Month[] };

/** @returns SHA-256 of what is kept, the same for the same replies in whatever order they were told */
export async function insertLogs(
  db: Db,
  { organization }: Scope,
  { importId, identityId, replies }: { importId: string; identityId: string; replies: readonly Reply[] },
): Promise<string> {
  const hash = createHash("sha256");
  const ordered = replies.toSorted((a, b) => a.message - b.message || a.request - b.request);
  const byMonth = [...Map.groupBy(ordered, ({ day }) => monthOf(day))];
  for (const [month, own] of byMonth.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const content = packReplies(own);
    hash.update(content);
    const key = { organizationId: organization.id, identityId, month, importId };
    await db.usageLog.create({ data: { ...key, content }, select: { importId: true } });
  }
  return hash.digest("hex");
}

/** The name and the months that an import's logs are of; null when it has none. */
export async function findLogMonths(
  db: Db,
  { organization }: Scope,
  importId: string,
): Promise<LogMonths | null> {
  const rows = await db.usageLog.findMany({
    where: { organizationId: organization.id, importId },
    select: { identityId: true, month: true },
    orderBy: { month: "asc" },
  });
  const [first] = rows;
  return first ? { identityId: first.identityId, months: rows.map(({ month }) => month) } : null;
}

/** The replies that an import's logs tell. */
export async function findToldReplies(db: Db, { organization }: Scope, importId: string): Promise<Reply[]> {
  const rows = await db.usageLog.findMany({
    where: { organizationId: organization.id, importId },
    select: { content: true },
    orderBy: { month: "asc" },
  });
  return rows.flatMap(({ content }) => unpackReplies(content));
}

export async function removeLogs(db: Db, { organization }: Scope, importId: string): Promise<void> {
  await db.usageLog.deleteMany({ where: { organizationId: organization.id, importId } });
}

/** Whether somebody is meant by the name. */
export async function isMatched(db: Db, { organization }: Scope, identityId: string): Promise<boolean> {
  const where = { organizationId: organization.id, identityId };
  return (await db.identityMatch.count({ where })) > 0;
}

/**
 * The replies of all logs in the books, each once. The tellings of a reply lie at most a month apart: one that streams at
 * the end of a month may be told in the next.
 */
export async function findReplies(
  db: Db,
  { organization }: Scope,
  { identityId, months }: LogMonths,
  exceptImportId: string | null,
): Promise<ReplySet> {
  const rows = await db.usageLog.findMany({
    where: {
      organizationId: organization.id,
      identityId,
      month: { in: withNeighbours(months) },
      import: { state: "committed", ...(exceptImportId !== null && { id: { not: exceptImportId } }) },
    },
    select: { content: true },
  });
  const replies = new ReplySet();
  for (const { content } of rows) for (const reply of unpackReplies(content)) replies.add(reply);
  return replies;
}

const withNeighbours = (months: readonly Month[]): Month[] =>
  [...new Set(months.flatMap((month) => [shiftMonth(month, -1), month, shiftMonth(month, 1)]))].sort();

/**
 * Sums the replies of all logs of these months and their neighbours anew, by day, model and tier.
 *
 * @returns the months that were summed
 */
export async function mergeLogs(
  db: Db,
  ctx: Scope,
  { identityId, months }: LogMonths,
  prices: PriceBook,
): Promise<LogMonths> {
  const concerned = { identityId, months: withNeighbours(months) };
  const byMonth = Map.groupBy(await findReplies(db, ctx, concerned, null), ({ day }) => monthOf(day));
  for (const month of concerned.months) {
    await removeSums(db, ctx, identityId, month);
    const importId = await findLastImport(db, ctx, identityId, month);
    if (importId === null) continue;
    const rows = summed(byMonth.get(month) ?? []);
    await db.usage.createMany({
      data: rows.map(({ reply, tokens, requests, costNano }) => {
        const { day, model, serviceTier } = reply;
        const priced = costNano === null ? costOfTokens(prices, { day, model, serviceTier, tokens }) : null;
        return {
          organizationId: ctx.organization.id,
          identityId,
          day: toDbDate(day),
          key: keyOf(reply),
          importId,
          source: "claude_code_logs" as const,
          model,
          serviceTier,
          costKind: "api_equivalent" as const,
          ...tokens,
          requests,
          costNano: costNano ?? priced?.nano ?? null,
          currency: priced?.currency ?? reply.currency,
          spreadDays: 1,
        };
      }),
    });
  }
  return concerned;
}

async function removeSums(db: Db, { organization }: Scope, identityId: string, month: Month): Promise<void> {
  const day = { gte: toDbDate(firstDayOf(month)), lt: toDbDate(firstDayOf(shiftMonth(month, 1))) };
  await db.usage.deleteMany({
    where: { organizationId: organization.id, identityId, day, source: "claude_code_logs" },
  });
}

/** The last import that tells of the month. */
async function findLastImport(
  db: Db,
  { organization }: Scope,
  identityId: string,
  month: Month,
): Promise<string | null> {
  const last = await db.usageLog.findFirst({
    where: { organizationId: organization.id, identityId, month, import: { state: "committed" } },
    orderBy: { import: { sequence: "desc" } },
    select: { importId: true },
  });
  return last?.importId ?? null;
}

type Sum = {
  readonly reply: Reply;
  tokens: Record<keyof TokenCounts, number>;
  requests: number;
  costNano: bigint | null;
};

/** Replies whose price is unknown are a row of their own, so that what is known of the others stays known. */
function summed(replies: Iterable<Reply>): Sum[] {
  const sums = new Map<string, Sum>();
  for (const reply of replies) {
    const key = `${reply.day}|${identifying(reply)}`;
    let sum = sums.get(key);
    if (!sum) {
      sum = { reply, tokens: { ...NOTHING }, requests: 0, costNano: reply.costNano === null ? null : 0n };
      sums.set(key, sum);
    }
    for (const type of TOKEN_TYPES) sum.tokens[type] += reply.tokens[type];
    sum.requests++;
    if (sum.costNano !== null && reply.costNano !== null) sum.costNano += reply.costNano;
  }
  return [...sums.values()];
}

const NOTHING = { uncachedInput: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 };

const identifying = ({ model, serviceTier, currency, costNano }: Reply): string =>
  `claude_code_logs|${model}|${serviceTier}|${costNano === null ? "unpriced" : currency}`;

function keyOf(reply: Reply): bigint {
  const { high, low } = rowKey(identifying(reply));
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}
