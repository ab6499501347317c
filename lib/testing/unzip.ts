import { crc32, inflateRawSync } from "node:zlib";

/** The files of an archive by name, as its list at the end says, each checked against its sum. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.length - 22;
  if (archive.readUInt32LE(end) !== 0x06054b50) throw new Error("there is no end of an archive");
  const { count, at } = farEnd(archive, end) ?? {
    count: archive.readUInt16LE(end + 10),
    at: archive.readUInt32LE(end + 16),
  };
  const files = new Map<string, Buffer>();
  for (let entry = at, number = 0; number < count; number++) {
    if (archive.readUInt32LE(entry) !== 0x02014b50) throw new Error("there is no entry");
    const [sum, packed, bytes] = [16, 20, 24].map((place) => archive.readUInt32LE(entry + place));
    const nameLength = archive.readUInt16LE(entry + 28);
    const name = archive.toString("utf8", entry + 46, entry + 46 + nameLength);
    const near = archive.readUInt32LE(entry + 42);
    const start = near === 0xffff_ffff ? Number(archive.readBigUInt64LE(entry + 46 + nameLength + 4)) : near;
    if (archive.readUInt32LE(start) !== 0x04034b50) throw new Error(`${name} does not begin where it should`);
    const from = start + 30 + archive.readUInt16LE(start + 26);
    const content = inflateRawSync(archive.subarray(from, from + (packed ?? 0)));
    if (content.length !== bytes || crc32(content) !== sum) throw new Error(`${name} is not what was packed`);
    files.set(name, content);
    entry += 46 + nameLength + archive.readUInt16LE(entry + 30);
  }
  return files;
}

function farEnd(archive: Buffer, end: number): { count: number; at: number } | null {
  if (archive.readUInt16LE(end + 10) !== 0xffff) return null;
  const place = Number(archive.readBigUInt64LE(end - 20 + 8));
  if (archive.readUInt32LE(place) !== 0x06064b50) throw new Error("there is no far end");
  return {
    count: Number(archive.readBigUInt64LE(place + 32)),
    at: Number(archive.readBigUInt64LE(place + 48)),
  };
}
