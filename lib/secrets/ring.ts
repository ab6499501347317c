import "server-only";

import { readFileSync, statSync } from "node:fs";

import { invariant } from "@/lib/domain/errors";

/** A key that seals secrets; its id stands in what it sealed. */
export type SealKey = { readonly id: string; readonly key: Buffer };

const KEY_BYTES = 32;
const ID_PATTERN = /^[a-z0-9]{1,32}$/;

let read: { readonly from: string; readonly keys: readonly SealKey[] } | null = null;

/**
 * The keys in the order in which they were made: all of them open, the last one seals. They come from
 * TWOLINE_SEAL_KEYS ("id:key,id:key"), else from the key file, which is looked at anew each time, so that a rotation
 * counts on every instance without a restart.
 */
export function sealKeys(): readonly SealKey[] {
  const { TWOLINE_SEAL_KEYS: given, TWOLINE_KEY_FILE: file } = process.env;
  invariant(Boolean(given || file), "TWOLINE_SEAL_KEYS or TWOLINE_KEY_FILE is set");
  if (given) return remembered(`given ${given}`, () => fromText(given));
  const { ino, mtimeMs, size } = statSync(file ?? "");
  return remembered(`${file} ${ino} ${mtimeMs} ${size}`, () => fromFile(file ?? ""));
}

/** Only what was read last is kept: a key that is gone from the file is gone from here at the next look. */
function remembered(from: string, load: () => readonly SealKey[]): readonly SealKey[] {
  if (read?.from !== from) read = { from, keys: load() };
  return read.keys;
}

function fromText(text: string): SealKey[] {
  return checked(
    text.split(",").map((part) => {
      const [id = "", key = ""] = part.trim().split(":");
      return { id, key };
    }),
  );
}

function fromFile(file: string): SealKey[] {
  const { sealKeys: kept } = JSON.parse(readFileSync(file, "utf8")) as { sealKeys?: unknown };
  invariant(Array.isArray(kept), "the key file holds sealKeys");
  return checked(kept as { id: string; key: string }[]);
}

function checked(texts: readonly { readonly id: string; readonly key: string }[]): SealKey[] {
  const keys = texts.map(({ id, key }) => ({ id: String(id), key: Buffer.from(String(key), "base64url") }));
  for (const { id, key } of keys) {
    // Says nothing of the key: this message reaches the log.
    invariant(ID_PATTERN.test(id) && key.length === KEY_BYTES, "a seal key has an id and 32 bytes");
  }
  invariant(keys.length > 0, "there is a seal key");
  invariant(new Set(keys.map(({ id }) => id)).size === keys.length, "no two seal keys have one id");
  return keys;
}
