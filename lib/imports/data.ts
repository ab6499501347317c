import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, transact } from "@/lib/db/client";
import { fromDbDateOrNull, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Page } from "@/lib/fields/schema";
import type {
  Import,
  ImportChange,
  ImportError,
  ImportFilter,
  ImportOptions,
  ImportPreview,
  ImportReport,
  ImportState,
  Question,
  UploadInput,
} from "@/lib/imports/schema";
import { assertNotMerged } from "@/lib/members/data";
import { Prisma } from "@/prisma/generated/client";

type Scope = Pick<Ctx, "organization">;
/** Of a worker, which has the organization from the import that it claimed. */
type ClaimScope = { readonly organization: { readonly id: string } };

const SELECTION = {
  id: true,
  state: true,
  fileName: true,
  sizeBytes: true,
  readBytes: true,
  format: true,
  formatVersion: true,
  serviceProviderId: true,
  options: true,
  question: true,
  preview: true,
  errors: true,
  errorCount: true,
  refusal: true,
  report: true,
  firstDay: true,
  lastDay: true,
  createdAt: true,
  committedAt: true,
  version: true,
} as const satisfies Prisma.ImportSelect;

type Row = Prisma.ImportGetPayload<{ select: typeof SELECTION }>;

async function toImports(db: Db, { organization }: Scope, rows: readonly Row[]): Promise<Import[]> {
  const ids = rows.flatMap(({ serviceProviderId }) => serviceProviderId ?? []);
  const providers = await db.serviceProvider.findMany({
    where: { organizationId: organization.id, id: { in: ids } },
    select: { id: true, name: true },
  });
  const known = await findKnown(db, organization.id, rows);
  return rows.map(({ serviceProviderId, ...row }) => ({
    ...row,
    sizeBytes: Number(row.sizeBytes),
    readBytes: Number(row.readBytes),
    serviceProvider: providers.find(({ id }) => id === serviceProviderId) ?? null,
    options: row.options as Import["options"],
    question: row.question as Question | null,
    preview: withMatches(row.preview as ImportPreview | null, known),
    errors: (row.errors ?? []) as ImportError[],
    report: row.report as ImportReport | null,
    firstDay: fromDbDateOrNull(row.firstDay),
    lastDay: fromDbDateOrNull(row.lastDay),
    createdAt: row.createdAt.toISOString(),
    committedAt: row.committedAt?.toISOString() ?? null,
  }));
}

/** The names in files that wait, which somebody was matched to, perhaps after the file was read. */
async function findKnown(db: Db, organizationId: string, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const ids = rows
    .filter(({ state }) => state === "ready")
    .flatMap(({ preview }) => (preview as ImportPreview | null)?.identities.map(({ id }) => id) ?? []);
  if (ids.length === 0) return new Set();
  const some = { identityMatches: { some: {} } };
  const known = await db.identity.findMany({
    where: { organizationId, id: { in: ids }, OR: [some, { parent: some }] },
    select: { id: true },
  });
  return new Set(known.map(({ id }) => id));
}

function withMatches(preview: ImportPreview | null, known: ReadonlySet<string>): ImportPreview | null {
  if (!preview || known.size === 0) return preview;
  const identities = preview.identities.map((each) =>
    known.has(each.id) ? { ...each, matched: true } : each,
  );
  return { ...preview, identities };
}

/** The newest first. */
export async function findImports(db: Db, ctx: Scope, filter: ImportFilter): Promise<Page<Import>> {
  const { where, ...page } = pageById(filter, "desc");
  const rows = await db.import.findMany({
    where: { organizationId: ctx.organization.id, ...where },
    ...page,
    select: SELECTION,
  });
  const { data, nextCursor } = toPage(rows, filter.limit);
  return { data: await toImports(db, ctx, data), nextCursor };
}

export async function getImport(db: Db, ctx: Scope, id: string): Promise<Import> {
  const row = await db.import.findUnique({
    where: { organizationId_id: { organizationId: ctx.organization.id, id } },
    select: SELECTION,
  });
  const [found] = await toImports(db, ctx, [required(row)]);
  return required(found ?? null);
}

/** That what the person chose is there. @throws DomainError `not_found` */
export async function assertChoices(
  db: Db,
  { organization }: Scope,
  { memberId, serviceProviderId }: ImportOptions,
): Promise<void> {
  const organizationId = organization.id;
  const select = { id: true } as const;
  if (memberId) required(await db.member.findFirst({ where: { organizationId, id: memberId }, select }));
  await assertNotMerged(db, { organization }, [memberId]);
  if (serviceProviderId) {
    required(
      await db.serviceProvider.findFirst({ where: { organizationId, id: serviceProviderId }, select }),
    );
  }
}

/** @param leasedUntil until when no worker takes it up */
export async function insertImport(
  ctx: Ctx,
  { fileName, ...options }: UploadInput,
  leasedUntil: Date | null,
): Promise<string> {
  const organizationId = ctx.organization.id;
  const id = newId();
  await transact({ organizationId }, (db) =>
    db.import.create({
      data: {
        organizationId,
        id,
        state: "receiving",
        fileName,
        sizeBytes: 0n,
        options,
        leasedUntil,
        createdAt: ctx.now,
        createdById: ctx.actor.userId,
      },
    }),
  );
  return id;
}

/** Keeps a stretch of the file; each in a transaction of its own, so that a slow sender holds nothing. */
export async function insertChunk(
  { organization }: Scope,
  chunk: { readonly importId: string; readonly position: number; readonly content: Uint8Array<ArrayBuffer> },
): Promise<void> {
  const organizationId = organization.id;
  await transact({ organizationId }, (db) => db.importChunk.create({ data: { organizationId, ...chunk } }));
}

/** A stretch of the file; null after the last. */
export async function findChunk({ organization }: Scope, importId: string, position: number) {
  const organizationId = organization.id;
  const row = await transact({ organizationId }, (db) =>
    db.importChunk.findUnique({
      where: { organizationId_importId_position: { organizationId, importId, position } },
      select: { content: true },
    }),
  );
  return row?.content ?? null;
}

/** Removes the bytes and what was read of them, which nobody needs any more. */
export async function removeStaged(db: Db, { organization }: Scope, importId: string): Promise<void> {
  const where = { organizationId: organization.id, importId };
  await db.stagedUsage.deleteMany({ where });
  await db.stagedFact.deleteMany({ where });
  // The logs of an import that is in the books are what its use is made of.
  await db.usageLog.deleteMany({
    where: { ...where, import: { state: { notIn: ["committing", "committed", "undoing"] } } },
  });
}

export async function removeChunks(db: Db, { organization }: Scope, importId: string): Promise<void> {
  await db.importChunk.deleteMany({ where: { organizationId: organization.id, importId } });
}

export async function removeImport(db: Db, { organization }: Scope, id: string): Promise<void> {
  await db.import.deleteMany({ where: { organizationId: organization.id, id } });
}

export async function updateOptions(db: Db, ctx: Ctx, change: ImportChange): Promise<void> {
  const { id, version, ...options } = change;
  const organizationId = ctx.organization.id;
  const { count } = await db.import.updateMany({
    where: { organizationId, id, version },
    data: {
      options,
      state: "reading",
      askedById: ctx.actor.userId,
      question: Prisma.DbNull,
      refusal: null,
      errors: Prisma.DbNull,
      errorCount: 0,
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => db.import.findFirst({ where: { organizationId, id } }));
}

/** Moves an import on; every change of it is a new version. */
export async function updateImport(
  db: Db,
  { organization }: ClaimScope,
  id: string,
  data: Omit<Prisma.ImportUncheckedUpdateManyInput, "version" | "state"> & { readonly state?: ImportState },
): Promise<void> {
  await db.import.updateMany({
    where: { organizationId: organization.id, id },
    data: { ...data, version: { increment: 1 } },
  });
}

/** What the file leaves open: it waits for a person. */
export async function saveAsked(db: Db, ctx: Scope, id: string, question: Question): Promise<void> {
  await updateImport(db, ctx, id, { state: "asking", question });
}

/** The file is refused, and why; nothing of it is kept but this. */
export async function saveRefused(
  db: Db,
  ctx: ClaimScope,
  id: string,
  refusal: string,
  { errors = [], errorCount = 0 }: { errors?: readonly ImportError[]; errorCount?: number } = {},
): Promise<void> {
  await updateImport(db, ctx, id, {
    state: "refused",
    refusal: refusal.slice(0, 500),
    errors: [...errors],
    errorCount,
  });
}

/** The books refused: the file is where it was before it was asked for more, and says why. */
export async function saveSetback(
  db: Db,
  ctx: ClaimScope,
  { id, state }: Pick<Import, "id" | "state">,
  message: string,
): Promise<void> {
  if (state === "reading") return await saveRefused(db, ctx, id, message);
  const errors = [{ line: 0, column: null, message }];
  if (state === "undoing") await updateImport(db, ctx, id, { state: "committed", errors });
  if (state === "committing") await updateImport(db, ctx, id, { state: "ready", errors, errorCount: 1 });
}

/** What was read, and what a commit would change. */
export async function savePreview(
  db: Db,
  ctx: Scope,
  id: string,
  read: {
    readonly preview: ImportPreview;
    readonly errors: readonly ImportError[];
    readonly errorCount: number;
    readonly firstDay: CalendarDate | null;
    readonly lastDay: CalendarDate | null;
  },
): Promise<void> {
  await updateImport(db, ctx, id, {
    state: "ready",
    preview: read.preview,
    errors: [...read.errors],
    errorCount: read.errorCount,
    firstDay: toDbDateOrNull(read.firstDay),
    lastDay: toDbDateOrNull(read.lastDay),
  });
}

/** The file is in the books. */
export async function saveCommitted(
  db: Db,
  ctx: Ctx,
  id: string,
  { report, sequence }: { report: ImportReport; sequence: bigint },
): Promise<void> {
  await updateImport(db, ctx, id, { state: "committed", report, sequence, committedAt: ctx.now });
}

/** What the file brought is gone again. */
export async function saveUndone(db: Db, ctx: Scope, id: string): Promise<void> {
  await updateImport(db, ctx, id, { state: "undone" });
}

/** The committed import of the very same bytes, if there is one. */
export async function findSameFile(db: Db, { organization }: Scope, id: string): Promise<string | null> {
  const organizationId = organization.id;
  const own = await db.import.findFirst({ where: { organizationId, id }, select: { sha256: true } });
  if (!own?.sha256) return null;
  const row = await db.import.findFirst({
    where: { organizationId, sha256: own.sha256, state: "committed", id: { not: id } },
    select: { id: true },
  });
  return row?.id ?? null;
}

/** The place of the next commit in the order of commits. */
export async function nextSequence(db: Db, { organization }: Scope): Promise<bigint> {
  const { _max } = await db.import.aggregate({
    where: { organizationId: organization.id },
    _max: { sequence: true },
  });
  return (_max.sequence ?? 0n) + 1n;
}
