import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";

import { isSealedByNewest, openSecret, sealSecret } from "@/lib/secrets/seal";
import { readKeys } from "./places.mjs";

const place = { organizationId: null, table: "user", id: "1" };
const key = () => randomBytes(32).toString("base64url");

afterEach(() => void vi.unstubAllEnvs());

test("the keys of secrets lie in the key file, for its owner alone, and a change of it counts at once", () => {
  const folder = mkdtempSync(join(tmpdir(), "twoline-keys-"));
  const file = join(folder, "keys.json");
  // A key file from before there were such keys keeps what it holds.
  writeFileSync(file, JSON.stringify({ sessionSecret: "kept" }));
  const keys = readKeys(file);
  expect(keys.sessionSecret).toBe("kept");
  expect(keys.sealKeys).toHaveLength(1);
  expect(readKeys(file)).toEqual(keys);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  vi.stubEnv("TWOLINE_SEAL_KEYS", "");
  vi.stubEnv("TWOLINE_KEY_FILE", file);
  const sealed = sealSecret(place, "secret");
  expect(openSecret(place, sealed)).toBe("secret");
  writeFileSync(file, JSON.stringify({ sealKeys: [...keys.sealKeys, { id: "later", key: key() }] }));
  expect(openSecret(place, sealed)).toBe("secret");
  expect(isSealedByNewest(sealed)).toBe(false);
  rmSync(folder, { recursive: true });
});
