import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { ccusageReport, readCcusage } from "@/lib/connectors/ccusage";
import { FileProblem, type Recognised } from "@/lib/connectors/connector";
import type { ReadBatch } from "@/lib/connectors/csv";
import type { ExternalIdentity } from "@/lib/domain/usage";
import { Asking } from "@/lib/imports/asking";
import { bytesOf, ownerOf } from "@/lib/imports/bytes";
import type { FileReading } from "@/lib/imports/file-reading";
import type { Import } from "@/lib/imports/schema";

type Scope = Pick<Ctx, "organization">;

/** A report lists days and models; a larger one is something else. */
const REPORT_CHARACTERS_MAX = 64 * 1024 * 1024;
/** A reply with everything that it read and wrote. */
const LINE_CHARACTERS_MAX = 64 * 1024 * 1024;

/**
 * Reads a report of ccusage. Logs of Claude Code, which are JSON too, were recognised when they arrived.
 *
 * @returns null when the file is no JSON
 * @throws FileProblem when it is JSON, and no report
 * @throws Asking whose use it is: the report does not say so
 */
export async function openJson(
  ctx: Scope,
  { id, options }: Pick<Import, "id" | "options">,
): Promise<FileReading | null> {
  if (!(await beginsAsJson(bytesOf(ctx, id)))) return null;
  const report = await wholeReport(ctx, id);
  const owner = ownerOf(options);
  if (owner === null) throw new Asking("owner");
  return { recognised: reportOf(ccusageReport(report) ?? ""), batches: reportBatches(report, owner) };
}

const reportOf = (version: string): Recognised => ({
  format: "ccusage",
  version,
  serviceProvider: "Anthropic",
  dateColumns: [],
  amountColumns: [],
});

async function wholeReport(ctx: Scope, id: string): Promise<unknown> {
  let text = "";
  for await (const line of linesOf(bytesOf(ctx, id))) {
    text += `${line}\n`;
    if (text.length > REPORT_CHARACTERS_MAX) break;
  }
  const report = parsed(text);
  if (ccusageReport(report) !== null) return report;
  throw new FileProblem("This JSON is neither a report of ccusage nor a log of Claude Code.");
}

async function* reportBatches(report: unknown, owner: ExternalIdentity): AsyncGenerator<ReadBatch> {
  const facts = readCcusage(report, owner);
  yield { facts, errors: [], records: facts.length };
}

/** The lines of a text, without their ends. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new FileProblem("The file is not UTF-8. Send it as it was written.");
    }
  };
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decode(chunk)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LINE_CHARACTERS_MAX) throw new FileProblem("A line is longer than 64 MB.");
    yield* lines;
  }
  rest += decode();
  if (rest !== "") yield rest;
}

/** Told by the first sign alone: whatever else it is, the reader of CSV says what is wrong with it. */
async function beginsAsJson(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  for await (const piece of bytes) {
    const sign = /[^\s\u00ef\u00bb\u00bf]/.exec(Buffer.from(piece).toString("latin1"));
    if (sign) return sign[0] === "{";
  }
  return false;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
