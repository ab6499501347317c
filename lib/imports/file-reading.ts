import type { Recognised } from "@/lib/connectors/connector";
import type { ReadBatch } from "@/lib/connectors/csv";

/** A file that is being read: what it is, and its facts as they come. */
export type FileReading = {
  readonly recognised: Recognised;
  readonly batches: AsyncIterable<ReadBatch>;
};
