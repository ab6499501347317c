import "server-only";

import { createHash } from "node:crypto";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { packReplies, type ReplySum, sumReplies, unpackReplies } from "@/lib/db/reply-pack";
import { costOfTokens, type PriceBook } from "@/lib/domain/model-price";
import { firstDayOf, type Month, monthOf, shiftMonth } from "@/lib/domain/month";
import { type Reply, ReplySet, tokensIn } from "@/lib/domain/reply";
import { rowKey } from "@/lib/domain/row-key";

type Scope = Pick<Ctx, "organization">;

/** What logs tell of one name, by month. */
export type LogMonths = { readonly identityId: string; readonly months: readonly Month[] };

/** @returns a hash of the replies, the same in whatever order they were told */
export async function insertLogs(
  db: Db,
  { organization }: Scope,
  { importId, identityId, replies }: { importId: string; identityId: string; replies: readonly Reply[] },
): Promise<string> {
  for (const [month, own] of Map.groupBy(replies, ({ day }) => monthOf(day))) {
    const key = { organizationId: organization.id, identityId, month, importId };
    await db.usageLog.create({ data: { ...key, content: packReplies(own) }, select: { importId: true } });
  }
  const marks = Float64Array.from(replies, (reply) => reply.message + tokensIn(reply)).sort();
  return createHash("sha256").update(marks).digest("hex");
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
  return rows.flatMap(({ content }) => [...unpackReplies(content)]);
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
  ctx: Scope,
  logs: LogMonths,
  exceptImportId: string,
): Promise<ReplySet> {
  const replies = new ReplySet();
  for (const { content } of await findLogs(db, ctx, logs, exceptImportId)) {
    for (const reply of unpackReplies(content)) replies.add(reply);
  }
  return replies;
}

async function findLogs(
  db: Db,
  { organization }: Scope,
  { identityId, months }: LogMonths,
  exceptImportId: string | null,
) {
  return await db.usageLog.findMany({
    where: {
      organizationId: organization.id,
      identityId,
      month: { in: withNeighbours(months) },
      import: { state: "committed", ...(exceptImportId !== null && { id: { not: exceptImportId } }) },
    },
    select: { importId: true, month: true, content: true },
    orderBy: [{ import: { sequence: "asc" } }, { month: "asc" }],
  });
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
  const logs = await findLogs(db, ctx, concerned, null);
  await removeSums(db, ctx, concerned);
  // The last import that tells of a month stands for it.
  const importOf = new Map(logs.map(({ month, importId }) => [month, importId]));
  const rows = distinct(logs)
    .flatMap(sumReplies)
    .flatMap((sum) => {
      const importId = importOf.get(monthOf(sum.day));
      return importId === undefined ? [] : [rowOf(ctx, { identityId, importId }, sum, prices)];
    });
  await db.$executeRaw`
    INSERT INTO usage SELECT * FROM jsonb_populate_recordset(NULL::usage, ${JSON.stringify(rows)}::jsonb)`;
  return concerned;
}

type Log = { readonly importId: string; readonly content: Uint8Array };

/**
 * Packed replies of logs, each once, no two of them with replies of the same day. One import tells each only once, month
 * by month; what several tell has to be compared.
 */
function distinct(logs: readonly Log[]): Uint8Array[] {
  const [first, ...others] = logs;
  if (others.every(({ importId }) => importId === first?.importId)) return logs.map(({ content }) => content);
  const replies = new ReplySet();
  for (const { content } of logs) for (const reply of unpackReplies(content)) replies.add(reply);
  return [packReplies([...replies])];
}

/** A row as the table has it. */
function rowOf(
  { organization }: Scope,
  key: { readonly identityId: string; readonly importId: string },
  sum: ReplySum,
  prices: PriceBook,
) {
  const { day, model, serviceTier, tokens, requests, costNano } = sum;
  const priced = costNano === null ? costOfTokens(prices, { day, model, serviceTier, tokens }) : null;
  return {
    organization_id: organization.id,
    identity_id: key.identityId,
    import_id: key.importId,
    day,
    key: keyOf(sum).toString(),
    source: "claude_code_logs",
    model,
    service_tier: serviceTier,
    cost_kind: "api_equivalent",
    uncached_input: tokens.uncachedInput,
    cache_read: tokens.cacheRead,
    cache_write_5m: tokens.cacheWrite5m,
    cache_write_1h: tokens.cacheWrite1h,
    output: tokens.output,
    requests,
    cost_nano: (costNano ?? priced?.nano)?.toString() ?? null,
    currency: priced?.currency ?? sum.currency,
    spread_days: 1,
  };
}

async function removeSums(db: Db, { organization }: Scope, { identityId, months }: LogMonths): Promise<void> {
  const days = months.map((month) => ({
    day: { gte: toDbDate(firstDayOf(month)), lt: toDbDate(firstDayOf(shiftMonth(month, 1))) },
  }));
  await db.usage.deleteMany({
    where: { organizationId: organization.id, identityId, source: "claude_code_logs", OR: days },
  });
}

const identifying = ({ model, serviceTier, currency, costNano }: ReplySum): string =>
  `claude_code_logs|${model}|${serviceTier}|${costNano === null ? "unpriced" : currency}`;

function keyOf(sum: ReplySum): bigint {
  const { high, low } = rowKey(identifying(sum));
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}
