import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";

import { type ZipEntry, zip } from "@/lib/exports/zip";
import { unzip } from "@/lib/testing/unzip";

async function* each<T>(...values: T[]): AsyncGenerator<T> {
  for (const value of values) yield value;
}

const packed = async (entries: AsyncIterable<ZipEntry>) => await buffer(Readable.from(zip(entries)));

test("files come out as they went in, whatever their name and size", async () => {
  const noise = randomBytes(300_000);
  const archive = await packed(
    each(
      { name: "empty.ndjson", content: each<Buffer>() },
      { name: "März/größe €.txt", content: each(Buffer.from("one\n"), Buffer.from("two\n")) },
      { name: "noise", content: each(noise.subarray(0, 7), noise.subarray(7)) },
    ),
  );
  const files = unzip(archive);
  expect([...files.keys()]).toEqual(["empty.ndjson", "März/größe €.txt", "noise"]);
  expect(files.get("empty.ndjson")).toHaveLength(0);
  expect(files.get("März/größe €.txt")?.toString()).toBe("one\ntwo\n");
  expect(files.get("noise")?.equals(noise)).toBe(true);
});

test("an archive that is larger than the old format counts is listed in the new way", async () => {
  const three = () =>
    each(...["a", "b", "c"].map((name) => ({ name, content: each(Buffer.from(name.repeat(9))) })));
  for (const limits of [
    { bytes: 60, entries: 0xfffe },
    { bytes: 0xffff_fffe, entries: 2 },
  ]) {
    const archive = await buffer(Readable.from(zip(three(), limits)));
    expect(archive.includes(Buffer.from("PK\u0006\u0006"))).toBe(true);
    expect([...unzip(archive)].map(([name, content]) => [name, content.toString()])).toEqual([
      ["a", "a".repeat(9)],
      ["b", "b".repeat(9)],
      ["c", "c".repeat(9)],
    ]);
  }
});

test("what cannot be read ends the archive, so that nobody takes it for whole", async () => {
  const broken = async function* () {
    yield Buffer.from("begun");
    throw new Error("the connection was lost");
  };
  await expect(packed(each({ name: "a", content: broken() }))).rejects.toThrow("the connection was lost");
});

test("nothing is read before its turn, and whoever goes away ends the reading", async () => {
  const begun: string[] = [];
  let ended = false;
  const slow = async function* (name: string) {
    begun.push(name);
    try {
      for (;;) yield randomBytes(65_536);
    } finally {
      ended = true;
    }
  };
  const archive = zip(each({ name: "a", content: slow("a") }, { name: "b", content: slow("b") }));
  for (let chunk = 0; chunk < 5; chunk++) await archive.next();
  await archive.return(undefined);
  await expect.poll(() => ended).toBe(true);
  expect(begun).toEqual(["a"]);
});
