import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import {
  type Fact,
  FileProblem,
  type ReadOptions,
  type Recognised,
  type RowError,
} from "@/lib/connectors/connector";
import { type ReadBatch, readCsv, recogniseCsv } from "@/lib/connectors/csv";
import { StyleFinder } from "@/lib/connectors/file-style";
import { findChunk } from "@/lib/imports/data";
import type { Import, ImportOptions, Question } from "@/lib/imports/schema";

/** Thrown while a file is read: a person has to say something first. */
export class Asking extends Error {
  constructor(readonly question: Question) {
    super(question);
  }
}

/** A file that is being read: what it is, and its facts as they come. */
export type FileReading = {
  readonly recognised: Recognised;
  readonly batches: AsyncIterable<ReadBatch>;
};

/** The bytes of an import, stretch by stretch. */
export async function* bytesOf(ctx: Pick<Ctx, "organization">, importId: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position++) {
    const content = await findChunk(ctx, importId, position);
    if (content === null) return;
    yield content;
  }
}

/**
 * Reads a file's facts.
 *
 * @throws FileProblem when the file as a whole cannot be read
 * @throws Asking when a person has to say whose it is, or how its dates are meant
 */
export async function openFile(
  ctx: Pick<Ctx, "organization">,
  { id, fileName, options }: Pick<Import, "id" | "fileName" | "options">,
): Promise<FileReading> {
  const header = await headerOf(bytesOf(ctx, id));
  const found = recogniseCsv(header, fileName);
  if (!found) {
    throw new FileProblem(
      "Nobody knows this header. Send an export as the provider made it, or use one of the templates.",
      1,
    );
  }
  const { connector, recognised } = found;
  if (recognised.format === "cursor_usage" && !header.includes("User") && !options.memberId)
    throw new Asking("owner");
  if (recognised.format === "focus" && !options.serviceProviderId) throw new Asking("service_provider");
  const style = await styleOf(ctx, id, recognised, options);
  const reading: ReadOptions = { fileName, style, owner: ownerOf(options) };
  return { recognised, batches: readCsv(bytesOf(ctx, id), () => connector.open(recognised, reading)) };
}

/** The names of the columns: the reader is stopped as soon as it has them. */
async function headerOf(bytes: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  let header: readonly string[] | null = null;
  const stop = new Error("the header is enough");
  try {
    const batches = readCsv(bytes, (columns) => {
      header = columns;
      throw stop;
    });
    for await (const _ of batches);
  } catch (error) {
    if (error !== stop) throw error;
  }
  return header ?? [];
}

async function styleOf(
  ctx: Pick<Ctx, "organization">,
  id: string,
  recognised: Recognised,
  {
    dateOrder = null,
    decimalSign = null,
  }: { dateOrder?: ReadOptions["style"]["dateOrder"]; decimalSign?: ReadOptions["style"]["decimalSign"] },
): Promise<ReadOptions["style"]> {
  const chosen = { dateOrder, decimalSign };
  if (recognised.dateColumns.length + recognised.amountColumns.length === 0) return chosen;
  const finder = new StyleFinder(recognised);
  const batches = readCsv(bytesOf(ctx, id), () => (record) => {
    finder.see(record);
    return [];
  });
  for await (const _ of batches);
  const { ambiguous, ...style } = finder.finding(chosen);
  if (ambiguous !== null) throw new Asking(ambiguous);
  return style;
}

/** The identity of one person's machine: the id stands for the name, so that the person can be erased. */
function ownerOf({ memberId }: ImportOptions): ReadOptions["owner"] {
  if (!memberId) return null;
  return { kind: "device", externalId: `member:${memberId}`, name: "Own machine", parent: null };
}

export type { Fact, RowError };
