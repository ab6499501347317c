import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { FileProblem, type ReadOptions, type Recognised } from "@/lib/connectors/connector";
import { readCsv, recogniseCsv } from "@/lib/connectors/csv";
import { StyleFinder } from "@/lib/connectors/file-style";
import { Asking } from "@/lib/imports/asking";
import { bytesOf, ownerOf } from "@/lib/imports/bytes";
import type { FileReading } from "@/lib/imports/file-reading";
import { openJson } from "@/lib/imports/read-json";
import type { Import } from "@/lib/imports/schema";

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
  const json = await openJson(ctx, { id, options });
  if (json) return json;
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
