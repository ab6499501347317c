import "server-only";

import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import { invariant } from "@/lib/domain/errors";
import { type SealKey, sealKeys } from "@/lib/secrets/ring";

/** The row that a secret belongs to; null for what belongs to no organization, as a user's second factor. */
export type SealPlace = {
  readonly organizationId: string | null;
  readonly table: string;
  readonly id: string;
};

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = "s1";

/**
 * A secret as text that the database may keep: only with the key file, and only for the same row, it opens again.
 *
 * @returns version, key id, nonce, and what AES-256-GCM made of it, with points between them
 */
export function sealSecret(place: SealPlace, plaintext: string): string {
  const { id, key } = newest(sealKeys());
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(placeBytes(place));
  const sealed = [cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()];
  return [VERSION, id, nonce.toString("base64url"), Buffer.concat(sealed).toString("base64url")].join(".");
}

/**
 * The secret of a row.
 *
 * @throws Error when the text was sealed for another row or under a key that is not here, or was altered
 */
export function openSecret(place: SealPlace, sealed: string): string {
  const [version, keyId, nonceText = "", text = ""] = sealed.split(".");
  const key = sealKeys().find(({ id }) => id === keyId)?.key;
  const nonce = Buffer.from(nonceText, "base64url");
  const bytes = Buffer.from(text, "base64url");
  if (version !== VERSION || nonce.length !== NONCE_BYTES || bytes.length < TAG_BYTES) {
    throw new Error(`${place.table} holds a sealed secret that is damaged.`);
  }
  if (!key) throw new Error(`${place.table} holds a secret that was sealed under a key that is not here.`);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(placeBytes(place))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    throw new Error(`${place.table} holds a sealed secret that was altered or belongs to another row.`);
  }
}

/** Whether the key that seals today made it. */
export function isSealedByNewest(sealed: string): boolean {
  return sealed.split(".")[1] === newest(sealKeys()).id;
}

function newest(keys: readonly SealKey[]): SealKey {
  const last = keys.at(-1);
  invariant(last !== undefined, "there is a seal key");
  return last;
}

const placeBytes = ({ organizationId, table, id }: SealPlace): Buffer =>
  Buffer.from(`${organizationId ?? ""}|${table}|${id}`);
