import "server-only";

import { createHash } from "node:crypto";
import { Readable } from "node:stream";

import { readAuditHead } from "@/lib/audit/service";
import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { write } from "@/lib/db/client";
import type { Snapshot } from "@/lib/db/copy";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { attachedName, exportFileName, partName } from "@/lib/domain/organization-export";
import { type ZipEntry, zip } from "@/lib/exports/zip";
import {
  type ExportTable,
  findExportTables,
  findFiles,
  LEFT_OUT_TABLES,
  openSnapshot,
  readFileContent,
  streamRows,
} from "@/lib/organization/export-data";
import type { ExportManifest } from "@/lib/organization/schema";

/** A file is cut at the next row beyond this, since archives count to four gigabytes. */
const PART_BYTES = 2_000_000_000;
const NEWLINE = 10;

/** Those who are being served, so that one organization does not take all connections. */
const exporting = new Set<string>();

/**
 * Everything of the organization, as it stands now: a file of JSON lines for each table, every attached file, and a
 * manifest with the rows and SHA-256 of each. It is made while it is sent.
 *
 * @throws DomainError `busy`, while another export of these books is being sent
 */
export async function exportOrganization(
  ctx: Ctx,
): Promise<{ readonly fileName: string; readonly content: Readable }> {
  authorize(ctx, "organization:export");
  authorizeFresh(ctx);
  const { id } = ctx.organization;
  if (exporting.has(id)) {
    const message = "An export of these books is being sent already. Wait until it is done.";
    throw new DomainError("busy", message, { retryAfterSeconds: 30 });
  }
  exporting.add(id);
  try {
    await write(ctx, async (db) => {
      await recordAudit(db, ctx, { action: "organization.export", targetType: "organization", targetId: id });
      return null;
    });
    const auditHead = await readAuditHead(ctx);
    const snapshot = await openSnapshot(ctx);
    const content = Readable.from(zip(entriesOf(ctx, { snapshot, auditHead })), { objectMode: false });
    const done = () => {
      exporting.delete(id);
      void snapshot.end();
    };
    content.once("end", done).once("close", done);
    return { fileName: exportFileName(ctx.organization.name, utcDateOf(ctx.now)), content };
  } catch (error) {
    exporting.delete(id);
    throw error;
  }
}

type Files = ExportManifest["files"][number][];

async function* entriesOf(
  ctx: Ctx,
  { snapshot, auditHead }: { readonly snapshot: Snapshot; readonly auditHead: string | null },
): AsyncGenerator<ZipEntry> {
  const files: Files = [];
  const withheld: Record<string, readonly string[]> = {};
  for (const table of await findExportTables(snapshot)) {
    if (table.withheld.length > 0) withheld[table.table] = table.withheld;
    yield* partsOf(ctx, snapshot, table, files);
  }
  for (const file of await findFiles(ctx, snapshot)) {
    const name = attachedName(file.id, file.fileName);
    yield {
      name,
      content: summed(
        single(() => readFileContent(ctx, snapshot, file)),
        { name },
        files,
      ),
    };
  }
  const manifest: ExportManifest = {
    format: "twoline-organization",
    version: 1,
    exportedAt: ctx.now.toISOString(),
    organization: { id: ctx.organization.id, name: ctx.organization.name },
    auditHead,
    files,
    leftOut: { tables: LEFT_OUT_TABLES, columns: withheld },
  };
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  yield { name: "manifest.json", content: single(async () => text) };
}

/** A table's file; a second and third one where it is very long. */
async function* partsOf(
  ctx: Ctx,
  snapshot: Snapshot,
  table: ExportTable,
  files: Files,
): AsyncGenerator<ZipEntry> {
  const chunks = streamRows(ctx, snapshot, table)[Symbol.asyncIterator]();
  let isOver = false;
  const part = async function* () {
    for (let bytes = 0; ; ) {
      const { done, value } = await chunks.next();
      isOver = done === true;
      if (isOver) return;
      bytes += (value as Buffer).length;
      yield value as Buffer;
      if (bytes > PART_BYTES && (value as Buffer).at(-1) === NEWLINE) return;
    }
  };
  for (let number = 1; !isOver; number++) {
    const name = partName(table.table, number);
    yield { name, content: summed(part(), { name, table: table.table }, files) };
  }
}

/** The same content, of which the manifest says what it is once it went by. */
async function* summed(
  content: AsyncIterable<Buffer>,
  which: { readonly name: string; readonly table?: string },
  files: Files,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const sums = { bytes: 0, rows: 0 };
  for await (const chunk of content) {
    hash.update(chunk);
    sums.bytes += chunk.length;
    if (which.table !== undefined) for (const byte of chunk) if (byte === NEWLINE) sums.rows++;
    yield chunk;
  }
  const { bytes, rows } = sums;
  files.push({ ...which, bytes, ...(which.table !== undefined && { rows }), sha256: hash.digest("hex") });
}

async function* single(read: () => Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await read();
}
