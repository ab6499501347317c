import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, transact, write, writeLong } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import { nanoText } from "@/lib/domain/decimal";
import { costOfTokens, type PriceBook } from "@/lib/domain/model-price";
import { firstDayOf, shiftMonth } from "@/lib/domain/month";
import type { Reply } from "@/lib/domain/reply";
import { TOKEN_TYPES } from "@/lib/domain/usage";
import { matchEqualNames } from "@/lib/identities/match-data";
import { repostIdentities } from "@/lib/identities/repost";
import { Asking } from "@/lib/imports/asking";
import { bytesOf, ownerOf } from "@/lib/imports/bytes";
import {
  findSameFile,
  getImport,
  nextSequence,
  saveCommitted,
  savePreview,
  saveRefused,
  saveUndone,
  updateImport,
} from "@/lib/imports/data";
import { type CondensedLogs, readCondensed } from "@/lib/imports/log-intake";
import {
  findLogMonths,
  findReplies,
  findToldReplies,
  insertLogs,
  isMatched,
  type LogMonths,
  mergeLogs,
  removeLogs,
} from "@/lib/imports/logs-data";
import { type Counts, ensureProvider, saveIdentities, type Touched } from "@/lib/imports/merge-data";
import { postUsage } from "@/lib/imports/post-usage";
import type { Import, ImportPreview } from "@/lib/imports/schema";
import { ensureModelPrices, loadPriceBook } from "@/lib/model-prices/data";

const PROVIDER = "Anthropic";

/** Reads logs that were condensed as they arrived, prices their replies, and says what they would change. */
export async function prepareLogs(ctx: Ctx, found: Import): Promise<void> {
  const owner = ownerOf(found.options);
  if (owner === null) throw new Asking("owner");
  const { replies: told, errors, errorCount } = await contentOf(ctx, found.id);
  if (told.length === 0) {
    const refusal =
      errorCount > 0
        ? `None of the ${errorCount} lines can be taken.`
        : "No line of these logs tells of a reply. Send logs of Claude Code as they were written.";
    await write(ctx, (db) => saveRefused(db, ctx, found.id, refusal, { errors, errorCount }));
    return;
  }
  const { serviceProviderId, prices } = await transact(
    { organizationId: ctx.organization.id },
    async (db) => {
      const id = await ensureProvider(db, ctx, PROVIDER);
      await ensureModelPrices(db, ctx);
      return { serviceProviderId: id, prices: await loadPriceBook(db, ctx, id) };
    },
  );
  const replies = told.map((reply) => priced(reply, prices));
  await writeLong(ctx, async (db) => {
    const [identityId = ""] = await saveIdentities(db, ctx, {
      importId: found.id,
      serviceProviderId,
      identities: [{ ...owner, id: newId(), parentId: null }],
    });
    await repostIdentities(db, ctx, await matchEqualNames(db, ctx, serviceProviderId));
    const sha256 = await insertLogs(db, ctx, { importId: found.id, identityId, replies });
    await updateImport(db, ctx, found.id, { formatVersion: "JSONL", serviceProviderId, sha256 });
    const matched = await isMatched(db, ctx, identityId);
    const summary = summaryOf(replies);
    await savePreview(db, ctx, found.id, {
      preview: {
        rows: replies.length,
        ...(await compare(db, ctx, found.id, { rows: replies.length, replies: async () => replies })),
        ...summary,
        identities: [
          {
            id: identityId,
            kind: owner.kind,
            name: owner.name,
            parent: null,
            matched,
            rows: replies.length,
            currency: summary.costs[0]?.currency ?? "USD",
            cost: summary.costs[0]?.cost ?? "0",
          },
        ],
        unmatchedCount: matched ? 0 : 1,
        sameFileAs: await findSameFile(db, ctx, found.id),
        repeated: false,
      },
      errors,
      errorCount,
      ...firstAndLast(replies),
    });
  });
}

async function contentOf(ctx: Ctx, importId: string): Promise<CondensedLogs> {
  const stretches: Uint8Array[] = [];
  for await (const stretch of bytesOf(ctx, importId)) stretches.push(stretch);
  return readCondensed(Buffer.concat(stretches));
}

function priced(reply: Reply, prices: PriceBook): Reply {
  if (reply.costNano !== null) return reply;
  const cost = costOfTokens(prices, reply);
  if (cost) return { ...reply, costNano: cost.nano, currency: cost.currency };
  return TOKEN_TYPES.every((type) => reply.tokens[type] === 0) ? { ...reply, costNano: 0n } : reply;
}

/** How the replies compare with those of the logs in the books. */
async function compare(
  db: Db,
  ctx: Ctx,
  importId: string,
  told: { rows: number; replies: () => Promise<readonly Reply[]> },
): Promise<Counts> {
  const logs = await findLogMonths(db, ctx, importId);
  const known = logs && (await findReplies(db, ctx, logs, importId));
  const counts = { new: 0, changed: 0, unchanged: 0 };
  if (!known || known.size === 0) counts.new = told.rows;
  else for (const reply of await told.replies()) counts[known.add(reply)]++;
  return { newRows: counts.new, changedRows: counts.changed, unchangedRows: counts.unchanged };
}

function summaryOf(replies: readonly Reply[]): Pick<ImportPreview, "costs" | "tokens" | "unpricedModels"> {
  const nano = new Map<string, bigint>();
  const unpriced = new Set<string>();
  let tokens = 0;
  for (const reply of replies) {
    for (const type of TOKEN_TYPES) tokens += reply.tokens[type];
    if (reply.costNano === null) unpriced.add(reply.model);
    else nano.set(reply.currency, (nano.get(reply.currency) ?? 0n) + reply.costNano);
  }
  return {
    tokens,
    unpricedModels: [...unpriced].sort(),
    costs: [...nano].sort().map(([currency, sum]) => ({
      costKind: "api_equivalent",
      currency,
      cost: nanoText(sum),
    })),
  };
}

function firstAndLast(replies: readonly Reply[]): {
  firstDay: CalendarDate | null;
  lastDay: CalendarDate | null;
} {
  const days = [...new Set(replies.map(({ day }) => day))].sort();
  return { firstDay: days[0] ?? null, lastDay: days.at(-1) ?? null };
}

/** Puts the replies into the books, among those of all other logs of the same person. */
export async function commitLogs(ctx: Ctx, { id }: Import): Promise<void> {
  await writeLong(ctx, async (db) => {
    const { state, serviceProvider, errorCount, preview } = await getImport(db, ctx, id);
    // Another worker was quicker.
    if (state !== "committing" || serviceProvider === null || preview === null) return;
    const replies = () => findToldReplies(db, ctx, id);
    const counts = await compare(db, ctx, id, { rows: preview.rows, replies });
    const sequence = await nextSequence(db, ctx);
    await saveCommitted(db, ctx, id, { sequence, report: { ...counts, skippedRows: errorCount } });
    await count(db, ctx, serviceProvider.id, await findLogMonths(db, ctx, id));
  });
}

/** Takes an import's replies back; what other logs tell of them stays. */
export async function undoLogs(ctx: Ctx, { id }: Import): Promise<void> {
  await writeLong(ctx, async (db) => {
    const { state, serviceProvider } = await getImport(db, ctx, id);
    if (state !== "undoing" || serviceProvider === null) return;
    const logs = await findLogMonths(db, ctx, id);
    await removeLogs(db, ctx, id);
    await saveUndone(db, ctx, id);
    await count(db, ctx, serviceProvider.id, logs);
  });
}

async function count(db: Db, ctx: Ctx, serviceProviderId: string, logs: LogMonths | null): Promise<void> {
  if (!logs) return;
  const summed = await mergeLogs(db, ctx, logs, await loadPriceBook(db, ctx, serviceProviderId));
  await postUsage(db, ctx, serviceProviderId, touchedBy(summed));
}

function touchedBy({ identityId, months }: LogMonths): Touched {
  const [first = "", last = first] = [months[0], months.at(-1)];
  return {
    identityIds: [identityId],
    firstDay: firstDayOf(first),
    lastDay: addDays(firstDayOf(shiftMonth(last, 1)), -1),
  };
}
