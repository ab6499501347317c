import "server-only";

import { createHash } from "node:crypto";
import { Readable } from "node:stream";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { TEMPLATES } from "@/lib/connectors/templates";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, transact, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { Page } from "@/lib/fields/schema";
import { assertClosedMonths } from "@/lib/imports/closed-months";
import {
  assertChoices,
  findImports,
  getImport,
  insertChunk,
  insertImport,
  removeImport,
  removeStaged,
  updateImport,
  updateOptions,
} from "@/lib/imports/data";
import { takeIn } from "@/lib/imports/log-intake";
import {
  type CommitInput,
  FILE_BYTES_MAX,
  type Import,
  type ImportChange,
  type ImportFilter,
  type ImportState,
  type TemplateInput,
  type UploadInput,
} from "@/lib/imports/schema";

const CHUNK_BYTES = 1024 * 1024;

export async function listImports(ctx: Ctx, filter: ImportFilter): Promise<Page<Import>> {
  authorize(ctx, "import:use");
  return await read(ctx, (db) => findImports(db, ctx, filter));
}

export async function readImport(ctx: Ctx, { id }: { id: string }): Promise<Import> {
  authorize(ctx, "import:use");
  return await read(ctx, (db) => getImport(db, ctx, id));
}

/** A file to fill in, with rows that show how. */
export function downloadTemplate(
  ctx: Ctx,
  { name }: TemplateInput,
): { readonly fileName: string; readonly rows: Readable } {
  authorize(ctx, "import:use");
  return { fileName: name, rows: Readable.from([Buffer.from(TEMPLATES[name])]) };
}

/**
 * Takes in a file as it comes; a worker then reads it. A file that breaks off leaves nothing.
 *
 * @param bytes the file, in pieces of any size
 * @param announced how many bytes the sender says that there are; null: it does not say
 * @param leasedUntil until when the caller reads it itself, and no worker
 * @throws DomainError `payload_too_large`, or `invalid_input` when fewer bytes came than were announced
 */
export async function receiveImport(
  ctx: Ctx,
  input: UploadInput,
  {
    bytes,
    announced,
    leasedUntil = null,
  }: { bytes: AsyncIterable<Uint8Array>; announced: number | null; leasedUntil?: Date | null },
): Promise<Import> {
  authorize(ctx, "import:use");
  if (announced !== null && announced > FILE_BYTES_MAX) throw tooLarge();
  await read(ctx, (db) => assertChoices(db, ctx, input));
  const id = await insertImport(ctx, input, leasedUntil);
  try {
    const { sizeBytes, sha256, logs } = await keep(ctx, id, bytes);
    if (announced !== null && announced !== sizeBytes) {
      throw new DomainError("invalid_input", "The file ended before all of it arrived. Send it again.");
    }
    return await write(ctx, async (db) => {
      await updateImport(db, ctx, id, {
        state: "reading",
        sizeBytes: BigInt(sizeBytes),
        sha256,
        ...(logs && { format: "claude_code_logs" }),
      });
      return await getImport(db, ctx, id);
    });
  } catch (error) {
    await transact({ organizationId: ctx.organization.id }, (db) => removeImport(db, ctx, id));
    throw error;
  }
}

/** Keeps the file, of logs only what they tell of use. The hash is of what is kept. */
async function keep(ctx: Ctx, importId: string, bytes: AsyncIterable<Uint8Array>) {
  const measured = new Measured(bytes);
  const { logs, content } = await takeIn(measured);
  const hash = createHash("sha256");
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let position = 0;
  const send = async () => {
    if (waitingBytes === 0) return;
    const stretch = new Uint8Array(Buffer.concat(waiting, waitingBytes));
    await insertChunk(ctx, { importId, position: position++, content: stretch });
    waiting = [];
    waitingBytes = 0;
  };
  for await (const piece of content) {
    hash.update(piece);
    waiting.push(piece);
    waitingBytes += piece.byteLength;
    if (waitingBytes >= CHUNK_BYTES) await send();
  }
  await send();
  return { sizeBytes: measured.bytes, sha256: hash.digest("hex"), logs };
}

/** Bytes that are counted as they pass, up to the most that a file may have. */
class Measured implements AsyncIterable<Uint8Array> {
  bytes = 0;

  constructor(private readonly source: AsyncIterable<Uint8Array>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const piece of this.source) {
      this.bytes += piece.byteLength;
      if (this.bytes > FILE_BYTES_MAX) throw tooLarge();
      yield piece;
    }
  }
}

const tooLarge = () =>
  new DomainError(
    "payload_too_large",
    `Send at most ${FILE_BYTES_MAX / 1024 / 1024} MB. Export a shorter period.`,
  );

/** Answers what the file leaves open; it is read anew. */
export async function changeImport(ctx: Ctx, change: ImportChange): Promise<Import> {
  authorize(ctx, "import:use");
  return await write(ctx, async (db) => {
    await assertState(db, ctx, change.id, ["asking", "ready", "refused"]);
    await assertChoices(db, ctx, change);
    await updateOptions(db, ctx, change);
    await removeStaged(db, ctx, change.id);
    return await getImport(db, ctx, change.id);
  });
}

/** Asks for the file to be put into the books; a worker does it, all or nothing. */
export async function commitImport(ctx: Ctx, { id, skipBadRows }: CommitInput): Promise<Import> {
  authorize(ctx, "import:use");
  return await write(ctx, async (db) => {
    const found = await assertState(db, ctx, id, ["ready"]);
    if (found.errorCount > 0 && !skipBadRows) {
      throw new DomainError(
        "import_has_errors",
        `${found.errorCount} rows cannot be taken. Mend the file and send it again, or leave them out.`,
      );
    }
    await assertClosedMonths(db, ctx, found);
    const { closedMonths: _, ...options } = found.options;
    await updateImport(db, ctx, id, {
      state: "committing",
      askedById: ctx.actor.userId,
      options: { ...options, ...(ctx.closedMonths && { closedMonths: ctx.closedMonths }) },
    });
    await trace(db, ctx, id, "import.commit", found);
    return await getImport(db, ctx, id);
  });
}

/** Asks for everything that the file brought to be taken back. */
export async function undoImport(ctx: Ctx, { id }: { id: string }): Promise<Import> {
  authorize(ctx, "import:use");
  return await write(ctx, async (db) => {
    const found = await assertState(db, ctx, id, ["committed"]);
    await updateImport(db, ctx, id, { state: "undoing", askedById: ctx.actor.userId });
    await trace(db, ctx, id, "import.undo", found);
    return await getImport(db, ctx, id);
  });
}

/** Throws a file away that is not in the books. */
export async function discardImport(ctx: Ctx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "import:use");
  await write(ctx, async (db) => {
    const found = await assertState(db, ctx, id, ["receiving", "asking", "ready", "refused"]);
    await removeStaged(db, ctx, id);
    await removeImport(db, ctx, id);
    await trace(db, ctx, id, "import.discard", found);
    return null;
  });
}

function trace(db: Db, ctx: Ctx, id: string, action: string, { format, firstDay, lastDay, preview }: Import) {
  return recordAudit(db, ctx, {
    action,
    targetType: "import",
    targetId: id,
    after: { format, firstDay, lastDay, rows: preview?.rows ?? 0 },
  });
}

async function assertState(db: Db, ctx: Ctx, id: string, allowed: readonly ImportState[]): Promise<Import> {
  const found = await getImport(db, ctx, id);
  if (allowed.includes(found.state)) return found;
  throw new DomainError("import_state", `This file is ${found.state}. Look at it again.`);
}
