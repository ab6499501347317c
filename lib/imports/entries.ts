import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import {
  FileProblem,
  type InvoiceLineFact,
  type PersonFact,
  type RowError,
} from "@/lib/connectors/connector";
import { type Db, writeLong } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { FileFormat } from "@/lib/domain/file-format";
import {
  getImport,
  nextSequence,
  saveCommitted,
  savePreview,
  saveUndone,
  updateImport,
} from "@/lib/imports/data";
import { enterInvoices } from "@/lib/imports/enter-invoices";
import { enterPeople } from "@/lib/imports/enter-people";
import type { Created, EnteredReport } from "@/lib/imports/entered";
import { findStagedFacts, insertStagedFacts } from "@/lib/imports/fact-data";
import type { FileReading } from "@/lib/imports/file-reading";
import type { Import } from "@/lib/imports/schema";
import { undoEntered } from "@/lib/imports/undo-entered";

/** More people or invoice lines than a team enters at once; usage has no such limit. */
const FACTS_MAX = 20_000;
const ERRORS_MAX = 100;

type Entry = PersonFact | InvoiceLineFact;

/** Files whose rows are facts to be entered, as a person would, and not use to be summed. */
export const isEntered = (format: FileFormat | null): boolean =>
  format === "people_and_seats" || format === "invoices";

/** Reads the file's facts, tries to enter them, and keeps what that would do: the trial itself is rolled back. */
export async function prepareEntries(
  ctx: Ctx,
  found: Import,
  { recognised, batches }: FileReading,
): Promise<void> {
  const facts: Entry[] = [];
  const errors: RowError[] = [];
  for await (const batch of batches) {
    for (const fact of batch.facts) if (fact.kind !== "usage") facts.push(fact);
    errors.push(...batch.errors);
    if (facts.length > FACTS_MAX) throw new FileProblem(`Send at most ${FACTS_MAX} rows at once.`);
  }
  if (facts.length === 0 && errors.length === 0) throw new FileProblem("The file has no rows.");
  const tried = errors.length > 0 ? null : await tryToEnter(ctx, recognised.format, facts);
  const { closedMonths = [] } = tried ?? {};
  const all = [...errors, ...(tried?.errors ?? [])];
  await writeLong(ctx, async (db) => {
    await updateImport(db, ctx, found.id, { format: recognised.format, formatVersion: recognised.version });
    await insertStagedFacts(db, ctx, found.id, facts);
    await savePreview(db, ctx, found.id, {
      preview: {
        rows: facts.length,
        newRows: tried?.newRows ?? 0,
        changedRows: tried?.changedRows ?? 0,
        unchangedRows: tried?.unchangedRows ?? 0,
        costs: [],
        tokens: 0,
        identities: [],
        unmatchedCount: 0,
        unpricedModels: [],
        sameFileAs: null,
        repeated: false,
        closedMonths,
      },
      errors: all.slice(0, ERRORS_MAX),
      errorCount: all.length,
      firstDay: null,
      lastDay: null,
    });
  });
}

type Trial = EnteredReport & { readonly closedMonths: readonly string[] };

async function tryToEnter(ctx: Ctx, format: FileFormat, facts: readonly Entry[]): Promise<Trial> {
  const { closedMonths: _, ...asking } = ctx;
  try {
    return { ...(await tryOnce(asking, format, facts)), closedMonths: [] };
  } catch (error) {
    const correction = error instanceof DomainError ? error.details.correction : undefined;
    if (!correction) throw error;
    const report = await tryOnce({ ...ctx, closedMonths: "correct" }, format, facts);
    return { ...report, closedMonths: correction.of };
  }
}

async function tryOnce(ctx: Ctx, format: FileFormat, facts: readonly Entry[]): Promise<EnteredReport> {
  const rollback = new Error("only a trial");
  let report: EnteredReport | null = null;
  await writeLong(ctx, async (db) => {
    report = await enter(db, ctx, format, facts);
    throw rollback;
  }).catch((error: unknown) => {
    if (error !== rollback) throw error;
  });
  if (report === null) throw rollback;
  return report;
}

function enter(db: Db, ctx: Ctx, format: FileFormat, facts: readonly Entry[]): Promise<EnteredReport> {
  if (format === "people_and_seats") {
    authorize(ctx, "member:write");
    authorize(ctx, "seat:write");
    return enterPeople(
      db,
      ctx,
      facts.filter((fact) => fact.kind === "person"),
    );
  }
  authorize(ctx, "invoice:enter");
  return enterInvoices(
    db,
    ctx,
    facts.filter((fact) => fact.kind === "invoice_line"),
  );
}

/** Enters the facts; all of them, or none when the books changed since the trial. */
export async function commitEntries(ctx: Ctx, { id, format }: Import): Promise<void> {
  if (format === null) return;
  await writeLong(ctx, async (db) => {
    if ((await getImport(db, ctx, id)).state !== "committing") return;
    const facts = (await findStagedFacts(db, ctx, id)) as Entry[];
    const { created, errors, ...counts } = await enter(db, ctx, format, facts);
    if (errors.length > 0) {
      const changed = { errors: errors.slice(0, ERRORS_MAX), errorCount: errors.length };
      await updateImport(db, ctx, id, { state: "ready", ...changed });
      return;
    }
    const sequence = await nextSequence(db, ctx);
    await saveCommitted(db, ctx, id, { sequence, report: { ...counts, skippedRows: 0, created } });
  });
}

/** Takes back what the facts created, as far as nothing was built on it. */
export async function undoEntries(ctx: Ctx, { id }: Import): Promise<void> {
  await writeLong(ctx, async (db) => {
    const { state, report } = await getImport(db, ctx, id);
    if (state !== "undoing") return;
    await undoEntered(db, ctx, (report?.created ?? []) as Created[]);
    await saveUndone(db, ctx, id);
  });
}
