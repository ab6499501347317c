import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { FileProblem, type RowError } from "@/lib/connectors/connector";
import type { ReadBatch } from "@/lib/connectors/csv";
import { type Db, read, transact, write, writeLong } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { UsageFact } from "@/lib/domain/usage";
import { matchEqualNames } from "@/lib/identities/match-data";
import { repostIdentities } from "@/lib/identities/repost";
import { Asking } from "@/lib/imports/asking";
import {
  findSameFile,
  getImport,
  nextSequence,
  removeChunks,
  removeStaged,
  saveAsked,
  saveCommitted,
  savePreview,
  saveRefused,
  saveSetback,
  saveUndone,
  updateImport,
} from "@/lib/imports/data";
import { commitEntries, isEntered, prepareEntries, undoEntries } from "@/lib/imports/entries";
import type { FileReading } from "@/lib/imports/file-reading";
import { commitLogs, prepareLogs, undoLogs } from "@/lib/imports/logs";
import {
  areKnown,
  compareStaged,
  describeIdentities,
  ensureProvider,
  findBrought,
  findTouched,
  mergeStaged,
  saveIdentities,
  takeBack,
} from "@/lib/imports/merge-data";
import { postUsage } from "@/lib/imports/post-usage";
import { openFile } from "@/lib/imports/read-file";
import type { Import, ImportPreview } from "@/lib/imports/schema";
import { type Staged, UsageStaging } from "@/lib/imports/staging";
import { ensureModelPrices, loadPriceBook } from "@/lib/model-prices/data";

const ERRORS_MAX = 100;
const ROWS_BETWEEN_PROGRESS = 100_000;

/** The first rows that cannot be taken, and how many there are in all. */
type BadRows = { readonly first: RowError[]; count: number };

/**
 * Does what an import waits for: reads it and works out what it would change, puts it into the books, or takes it back.
 * Each is all or nothing, and may be done again after the process died in the middle of it.
 */
export async function workOnImport(ctx: Ctx, id: string): Promise<void> {
  const found = await read(ctx, (db) => getImport(db, ctx, id));
  try {
    await doWork(withClosedMonths(ctx, found), found);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "busy") throw error;
    // What the books refuse they would refuse again: the file goes back to where it came from, and says why.
    await transact({ organizationId: ctx.organization.id }, (db) =>
      saveSetback(db, ctx, found, error.message),
    );
  }
}

/**
 * What a file says of closed months is a correction if that was asked for with its commit. Reading it only tries, and
 * matches names, which is taken as asked; taking back what closed months hold is refused.
 */
function withClosedMonths(ctx: Ctx, { state, options }: Import): Ctx {
  const correct = state === "reading" || (state === "committing" && options.closedMonths === "correct");
  return correct ? { ...ctx, closedMonths: "correct" } : ctx;
}

async function doWork(ctx: Ctx, found: Import): Promise<void> {
  switch (found.state) {
    case "reading":
      return await readFile(ctx, found);
    case "committing":
      return await commit(ctx, found);
    case "undoing":
      return await undo(ctx, found);
    default:
      return;
  }
}

async function readFile(ctx: Ctx, found: Import): Promise<void> {
  // What a worker that died had staged is read anew.
  await transact({ organizationId: ctx.organization.id }, (db) => removeStaged(db, ctx, found.id));
  try {
    // Logs were recognised, and condensed, as they arrived.
    if (found.format === "claude_code_logs") return await prepareLogs(ctx, found);
    const reading = await openFile(ctx, found);
    if (isEntered(reading.recognised.format)) await prepareEntries(ctx, found, reading);
    else await stage(ctx, found, reading);
  } catch (error) {
    await write(ctx, async (db) => {
      if (error instanceof Asking) await saveAsked(db, ctx, found.id, error.question);
      else if (error instanceof FileProblem) await saveRefused(db, ctx, found.id, refusalOf(error));
      else throw error;
    });
  }
}

function refusalOf({ message, line, column }: FileProblem): string {
  const where = [line === null ? null : `line ${line}`, column === null ? null : `column ${column}`];
  const place = where.filter((part) => part !== null).join(", ");
  return place === "" ? message : `${message} (${place})`;
}

async function stage(ctx: Ctx, found: Import, { recognised, batches }: FileReading): Promise<void> {
  // In turn: two files at once may bring the same provider.
  const { serviceProviderId, prices } = await writeLong(ctx, async (db) => {
    const id =
      recognised.serviceProvider === null
        ? found.options.serviceProviderId
        : await ensureProvider(db, ctx, recognised.serviceProvider);
    if (id === undefined) throw new Asking("service_provider");
    await ensureModelPrices(db, ctx);
    return { serviceProviderId: id, prices: await loadPriceBook(db, ctx, id) };
  });
  const staging = await UsageStaging.open(ctx, {
    importId: found.id,
    source: recognised.format,
    prices,
  });
  const bad: BadRows = { first: [], count: 0 };
  let staged: Staged;
  try {
    await stageBatches(ctx, found.id, { batches, staging, bad });
    staged = await staging.commit();
  } catch (error) {
    await staging.rollback();
    throw error;
  }
  if (staged.rows === 0 && bad.count === 0) throw new FileProblem("The file has no rows. Export it again.");
  if (staged.rows === 0) {
    await write(ctx, (db) =>
      saveRefused(db, ctx, found.id, `None of the ${bad.count} rows can be taken.`, {
        errors: bad.first,
        errorCount: bad.count,
      }),
    );
    return;
  }
  await writeLong(ctx, async (db) => {
    const { format, version } = recognised;
    await updateImport(db, ctx, found.id, { format, formatVersion: version, serviceProviderId });
    const { identities } = staged;
    const ids = await saveIdentities(db, ctx, { importId: found.id, serviceProviderId, identities });
    const idInBooks = new Map(identities.map(({ id }, index) => [id, ids[index] ?? id]));
    await repostIdentities(db, ctx, await matchEqualNames(db, ctx, serviceProviderId));
    await savePreview(db, ctx, found.id, {
      preview: await previewOf(db, ctx, found, { staged, idInBooks: (id) => idInBooks.get(id) ?? id }),
      errors: bad.first,
      errorCount: bad.count,
      firstDay: staged.firstDay,
      lastDay: staged.lastDay,
    });
  });
  await staging.settle();
}

async function stageBatches(
  ctx: Ctx,
  importId: string,
  { batches, staging, bad }: { batches: AsyncIterable<ReadBatch>; staging: UsageStaging; bad: BadRows },
): Promise<void> {
  let records = 0;
  for await (const batch of batches) {
    // Whoever else works in this process gets a turn between two batches.
    await new Promise((resolve) => setImmediate(resolve));
    await staging.add(batch.facts.filter((fact): fact is UsageFact => fact.kind === "usage"));
    bad.count += batch.errors.length;
    bad.first.push(...batch.errors.slice(0, ERRORS_MAX - bad.first.length));
    const before = Math.floor(records / ROWS_BETWEEN_PROGRESS);
    records += batch.records;
    if (Math.floor(records / ROWS_BETWEEN_PROGRESS) > before) {
      await transact({ organizationId: ctx.organization.id }, (db) =>
        updateImport(db, ctx, importId, { readBytes: BigInt(records) }),
      );
    }
  }
}

/** @param idInBooks which id a name has that was staged under another */
async function previewOf(
  db: Db,
  ctx: Ctx,
  found: Import,
  { staged, idInBooks }: { staged: Staged; idInBooks: (id: string) => string },
): Promise<ImportPreview> {
  const { rows, sums, firstDay, lastDay, repeated, unpricedModels } = staged;
  const ofIdentities = new Map([...sums.byIdentity()].map(([id, sum]) => [idInBooks(id), sum]));
  const identityIds = [...ofIdentities.keys()].sort();
  const days = firstDay !== null && lastDay !== null ? { firstDay, lastDay } : null;
  const known = repeated || (days !== null && (await areKnown(db, ctx, { identityIds, ...days })));
  const counts = known
    ? await compareStaged(db, ctx, found.id, repeated)
    : { newRows: rows, changedRows: 0, unchangedRows: 0 };
  return {
    rows,
    ...counts,
    costs: sums.costs(),
    tokens: sums.tokens,
    ...(await describeIdentities(db, ctx, ofIdentities)),
    unpricedModels,
    repeated,
    sameFileAs: await findSameFile(db, ctx, found.id),
  };
}

async function commit(ctx: Ctx, found: Import): Promise<void> {
  if (isEntered(found.format)) return await commitEntries(ctx, found);
  if (found.format === "claude_code_logs") return await commitLogs(ctx, found);
  await writeLong(ctx, async (db) => {
    const current = await getImport(db, ctx, found.id);
    // Another worker was quicker.
    if (current.state !== "committing" || current.serviceProvider === null) return;
    const touched = await findTouched(db, ctx, found.id);
    const counts = touched
      ? await mergeStaged(db, ctx, found.id, { ...touched, repeated: current.preview?.repeated ?? true })
      : { newRows: 0, changedRows: 0, unchangedRows: 0 };
    const sequence = await nextSequence(db, ctx);
    await saveCommitted(db, ctx, found.id, {
      sequence,
      report: { ...counts, skippedRows: current.errorCount },
    });
    if (touched) await postUsage(db, ctx, current.serviceProvider.id, touched);
  });
}

/** Removes the bytes and the staged rows of an import that is in the books; nobody waits for it. */
export async function cleanUpImport(ctx: Ctx, id: string): Promise<void> {
  await transact({ organizationId: ctx.organization.id }, async (db) => {
    const { state } = await getImport(db, ctx, id);
    if (state !== "committed" && state !== "undone") return;
    await removeStaged(db, ctx, id);
    await removeChunks(db, ctx, id);
  });
}

async function undo(ctx: Ctx, found: Import): Promise<void> {
  if (isEntered(found.format)) return await undoEntries(ctx, found);
  if (found.format === "claude_code_logs") return await undoLogs(ctx, found);
  await writeLong(ctx, async (db) => {
    const current = await getImport(db, ctx, found.id);
    if (current.state !== "undoing" || current.serviceProvider === null) return;
    const touched = await findBrought(db, ctx, current);
    await saveUndone(db, ctx, found.id);
    if (!touched) return;
    await takeBack(db, ctx, found.id, touched);
    await postUsage(db, ctx, current.serviceProvider.id, touched);
  });
}

/** An import that failed again and again goes back to where it was before, and says so. */
export async function giveUpOnImport(ctx: Ctx, id: string): Promise<void> {
  await write(ctx, async (db) => {
    const found = await getImport(db, ctx, id);
    await saveSetback(db, ctx, found, "This failed several times. Nothing was changed; try again.");
    return null;
  });
}
