import { pipeline, Readable } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";

/** A file of an archive; its content is read once, when its turn comes. */
export type ZipEntry = { readonly name: string; readonly content: AsyncIterable<Uint8Array> };

/** What the format of old counts to, which every program knows: a file's bytes, and where it begins; how many they are. */
const LIMITS = { bytes: 0xffff_fffe, entries: 0xfffe };

/** Sizes stand behind the content, and names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** Midnight of the first day that the format knows, so that the same content is the same archive. */
const DOS_DATE = 0x0021;

type Written = {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly bytes: number;
  readonly at: number;
};

/**
 * An archive (ZIP, deflated) that is made while it is read, one file after another. Only one of more than four gigabytes
 * or 65,534 files says so in the way of ZIP64, in its list at the end, since some programs know no other.
 */
export async function* zip(
  entries: AsyncIterable<ZipEntry>,
  limits: typeof LIMITS = LIMITS,
): AsyncGenerator<Buffer> {
  const list: Written[] = [];
  let at = 0;
  for await (const { name, content } of entries) {
    const start = at;
    const header = localHeader(Buffer.from(name));
    at += header.length;
    yield header;
    const sums = { crc: 0, bytes: 0, packed: 0 };
    for await (const chunk of packed(content, sums)) {
      at += chunk.length;
      yield chunk;
    }
    if (sums.bytes > LIMITS.bytes) throw new RangeError(`${name} is too large for an archive`);
    const end = descriptor(sums);
    at += end.length;
    yield end;
    list.push({ name: Buffer.from(name), ...sums, at: start });
  }
  const directory = Buffer.concat(list.map((entry) => directoryEntry(entry, entry.at > limits.bytes)));
  yield directory;
  const far = at > limits.bytes || list.length > limits.entries;
  yield endOf({ count: list.length, size: directory.length, at, far });
}

async function* packed(
  content: AsyncIterable<Uint8Array>,
  sums: { crc: number; bytes: number; packed: number },
): AsyncGenerator<Buffer> {
  const counted = async function* () {
    for await (const chunk of content) {
      sums.crc = crc32(chunk, sums.crc);
      sums.bytes += chunk.length;
      yield chunk;
    }
  };
  const deflate = createDeflateRaw({ level: 3 });
  // What goes wrong comes out where the chunks are read.
  pipeline(Readable.from(counted(), { objectMode: false }), deflate, () => {});
  for await (const chunk of deflate) {
    sums.packed += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATED, 8);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function descriptor({ crc, packed: packedBytes, bytes }: { crc: number; packed: number; bytes: number }) {
  const end = Buffer.alloc(16);
  end.writeUInt32LE(0x08074b50, 0);
  end.writeUInt32LE(crc, 4);
  end.writeUInt32LE(packedBytes, 8);
  end.writeUInt32LE(bytes, 12);
  return end;
}

function directoryEntry({ name, crc, packed: packedBytes, bytes, at }: Written, far: boolean): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(far ? 45 : 20, 4);
  entry.writeUInt16LE(far ? 45 : 20, 6);
  entry.writeUInt16LE(FLAGS, 8);
  entry.writeUInt16LE(DEFLATED, 10);
  entry.writeUInt16LE(DOS_DATE, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packedBytes, 20);
  entry.writeUInt32LE(bytes, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(far ? 12 : 0, 30);
  entry.writeUInt32LE(far ? 0xffff_ffff : at, 42);
  return Buffer.concat([entry, name, far ? farOffset(at) : Buffer.alloc(0)]);
}

function farOffset(at: number): Buffer {
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(at), 4);
  return extra;
}

type Directory = { readonly count: number; readonly size: number; readonly at: number };

function endOf({ count, size, at, far }: Directory & { readonly far: boolean }): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(far ? 0xffff : count, 8);
  end.writeUInt16LE(far ? 0xffff : count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(far ? 0xffff_ffff : at, 16);
  return far ? Buffer.concat([farEnd({ count, size, at }), end]) : end;
}

function farEnd({ count, size, at }: Directory): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(at), 48);
  // Where that stands.
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(at + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
