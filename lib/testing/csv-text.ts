import type { Fact, ReadOptions, Recognised, RowError } from "@/lib/connectors/connector";
import { FileProblem } from "@/lib/connectors/connector";
import { readCsv, recogniseCsv } from "@/lib/connectors/csv";
import type { UsageFact } from "@/lib/domain/usage";

const OPTIONS: ReadOptions = {
  fileName: "export.csv",
  style: { dateOrder: null, decimalSign: null },
  owner: null,
};

/** Bytes in pieces of 1 to `most` bytes, the same ones for the same seed. */
export async function* inPieces(
  content: string | Uint8Array,
  most: number,
  seed = 1,
): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  let state = seed;
  for (let at = 0; at < bytes.length; ) {
    state = (state * 48_271) % 2_147_483_647;
    const size = 1 + (state % most);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export type ReadText = {
  readonly facts: readonly Fact[];
  readonly errors: readonly RowError[];
  readonly records: number;
  readonly recognised: Recognised;
};

/** Reads a whole CSV file as an import does, cut into pieces of up to so many bytes. */
export async function readCsvText(
  content: string | Uint8Array,
  options: Partial<ReadOptions> = {},
  most = 7,
): Promise<ReadText> {
  const facts: Fact[] = [];
  const errors: RowError[] = [];
  let records = 0;
  const seen: Recognised[] = [];
  const all = { ...OPTIONS, ...options };
  const batches = readCsv(inPieces(content, most), (header) => {
    const found = recogniseCsv(header, all.fileName);
    if (found === null) throw new FileProblem("No format knows this header.", 1);
    seen.push(found.recognised);
    return found.connector.open(found.recognised, all);
  });
  for await (const batch of batches) {
    facts.push(...batch.facts);
    errors.push(...batch.errors);
    records += batch.records;
  }
  const [recognised] = seen;
  if (recognised === undefined) throw new Error("A file that was read was recognised.");
  return { facts, errors, records, recognised };
}

/** The facts of usage among what was read. */
export const usageIn = ({ facts }: Pick<ReadText, "facts">): UsageFact[] =>
  facts.filter((fact): fact is UsageFact => fact.kind === "usage");
