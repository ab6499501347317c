import "server-only";

import { once } from "node:events";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";

import { detached } from "@/lib/domain/text";

const HEADER = Buffer.concat([
  Buffer.from("PGCOPY\n"),
  Buffer.from([0xff, 0x0d, 0x0a, 0x00]),
  Buffer.alloc(8),
]);
const TRAILER = Buffer.from([0xff, 0xff]);
const BUFFER_BYTES = 256 * 1024;
/** No row of ours is longer; a buffer with less room than this is sent first. */
const ROW_BYTES_MAX = 8 * 1024;
const DAYS_TO_2000 = 10_957;
const MILLISECONDS_PER_DAY = 86_400_000;

/** Writes the fields of one row in PostgreSQL's binary format; every row has the same fields in the same order. */
export class RowWriter {
  #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #at = 0;
  readonly #uuids = new Map<string, Buffer>();
  readonly #texts = new Map<string, Buffer>();
  readonly #days = new Map<string, number>();

  startRow(fields: number): void {
    this.#at = this.#buffer.writeInt16BE(fields, this.#at);
  }

  uuid(value: string): void {
    let bytes = this.#uuids.get(value);
    if (!bytes) {
      bytes = Buffer.from(value.replaceAll("-", ""), "hex");
      this.#uuids.set(value, bytes);
    }
    this.#bytes(bytes);
  }

  /** Texts that come again and again: names of models, tiers, currencies. */
  text(value: string): void {
    let bytes = this.#texts.get(value);
    if (!bytes) {
      bytes = Buffer.from(value);
      if (this.#texts.size < 10_000) this.#texts.set(detached(value), bytes);
    }
    this.#bytes(bytes);
  }

  int16(value: number): void {
    this.#at = this.#buffer.writeInt32BE(2, this.#at);
    this.#at = this.#buffer.writeInt16BE(value, this.#at);
  }

  int32(value: number): void {
    this.#at = this.#buffer.writeInt32BE(4, this.#at);
    this.#at = this.#buffer.writeInt32BE(value, this.#at);
  }

  /** A whole number that is not negative and small enough for a double. */
  count(value: number): void {
    this.#at = this.#buffer.writeInt32BE(8, this.#at);
    this.#at = this.#buffer.writeUInt32BE(Math.floor(value / 0x1_0000_0000), this.#at);
    this.#at = this.#buffer.writeUInt32BE(value % 0x1_0000_0000, this.#at);
  }

  /** 64 bits, given as two halves. */
  bits64(high: number, low: number): void {
    this.#at = this.#buffer.writeInt32BE(8, this.#at);
    this.#at = this.#buffer.writeUInt32BE(high >>> 0, this.#at);
    this.#at = this.#buffer.writeUInt32BE(low >>> 0, this.#at);
  }

  int64(value: bigint | null): void {
    if (value === null) {
      this.#at = this.#buffer.writeInt32BE(-1, this.#at);
      return;
    }
    this.#at = this.#buffer.writeInt32BE(8, this.#at);
    this.#at = this.#buffer.writeBigInt64BE(value, this.#at);
  }

  date(value: string): void {
    let day = this.#days.get(value);
    if (day === undefined) {
      day = Date.parse(`${value}T00:00:00Z`) / MILLISECONDS_PER_DAY - DAYS_TO_2000;
      this.#days.set(value, day);
    }
    this.int32(day);
  }

  /** Whether it is time to send what was written. */
  get isFull(): boolean {
    return this.#at >= BUFFER_BYTES - ROW_BYTES_MAX;
  }

  /** What was written, when it is time to send it. */
  take(atLeast = BUFFER_BYTES - ROW_BYTES_MAX): Buffer | null {
    if (this.#at < atLeast || this.#at === 0) return null;
    const full = this.#buffer.subarray(0, this.#at);
    this.#buffer = Buffer.allocUnsafe(BUFFER_BYTES);
    this.#at = 0;
    return full;
  }

  #bytes(bytes: Buffer): void {
    this.#at = this.#buffer.writeInt32BE(bytes.length, this.#at);
    this.#at += bytes.copy(this.#buffer, this.#at);
  }
}

/** Rows on their way into a table; all of them or none arrive. */
export type CopyIn = {
  readonly rows: RowWriter;
  /** To be called after every row, or after some: sends what is full, waits while the database is behind. */
  flush(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
};

/**
 * Opens a COPY into a staging table on a connection of its own. It runs as the table's owner, because COPY does not work
 * under row-level security: the rows must carry the organization of the import that they are for.
 *
 * @param target the table with its columns, for example `staged_usage (organization_id, …)`
 */
export async function copyIn(target: string): Promise<CopyIn> {
  const client = await ownerClient();
  await client.query("BEGIN");
  const stream = client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`));
  let failure: Error | null = null;
  stream.on("error", (error) => {
    failure = error;
  });
  const rows = new RowWriter();
  const send = async (bytes: Buffer) => {
    if (failure) throw failure;
    if (!stream.write(bytes)) await Promise.race([once(stream, "drain"), once(stream, "close")]);
  };
  await send(HEADER);
  return {
    rows,
    flush: async () => {
      const full = rows.take();
      if (full) await send(full);
    },
    commit: async () => {
      const rest = rows.take(0);
      if (rest) await send(rest);
      await send(TRAILER);
      stream.end();
      if (failure) throw failure;
      await once(stream, "finish");
      await client.query("COMMIT");
      await client.end();
    },
    rollback: async () => {
      stream.destroy();
      await client.end().catch(() => {});
    },
  };
}

/**
 * Tells the planner of tables that just grew by a lot what is in them. Without it, and until the server looks by itself,
 * each row that refers to a new one is looked up along the wrong index. Only the owner may do it.
 */
export async function analyze(tables: readonly string[]): Promise<void> {
  const client = await ownerClient();
  try {
    await client.query(`ANALYZE ${tables.join(", ")}`);
  } finally {
    await client.end();
  }
}

/** Clears away what was removed of a table, so that nobody looks past it row by row. Only the owner may do it. */
export async function vacuum(table: string): Promise<void> {
  const client = await ownerClient();
  try {
    await client.query(`VACUUM (ANALYZE) ${client.escapeIdentifier(table)}`);
  } finally {
    await client.end();
  }
}

async function ownerClient(): Promise<Client> {
  const client = new Client({
    connectionString: process.env.DATABASE_URL,
    application_name: "twoline-import",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => {});
  await client.connect();
  return client;
}
