import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { isSealedByNewest, openSecret, sealSecret } from "@/lib/secrets/seal";

// Secrets at rest (security row O17).

const key = () => randomBytes(32).toString("base64url");
const OLD = `old:${key()}`;
const NEW = `new:${key()}`;
const place = { organizationId: randomUUID(), table: "webhook", id: randomUUID() };

beforeEach(() => void vi.stubEnv("TWOLINE_SEAL_KEYS", OLD));
afterEach(() => void vi.unstubAllEnvs());

describe("a sealed secret", () => {
  test("opens again in its own row, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (secret) => {
        expect(openSecret(place, sealSecret(place, secret))).toBe(secret);
      }),
    );
  });

  test("names its key, holds nothing readable, and is never the same twice", () => {
    const [first, second] = [sealSecret(place, "whsec_abcdef"), sealSecret(place, "whsec_abcdef")];
    expect(first).toMatch(/^s1\.old\.[\w-]{16}\.[\w-]{38}$/);
    expect(first).not.toContain("whsec");
    expect(Buffer.from(first.split(".")[3] ?? "", "base64url").toString("latin1")).not.toContain("whsec");
    expect(second).not.toBe(first);
  });

  test.each([
    ["of another organization", { organizationId: randomUUID() }],
    ["of no organization", { organizationId: null }],
    ["of another table", { table: "sso_provider" }],
    ["of another id", { id: randomUUID() }],
  ])("opens in no row %s", (_, other) => {
    const sealed = sealSecret(place, "secret");
    expect(() => openSecret({ ...place, ...other }, sealed)).toThrow("belongs to another row");
  });

  test("of a person, who belongs to no organization, opens for that person", () => {
    const own = { organizationId: null, table: "user", id: randomUUID() };
    expect(openSecret(own, sealSecret(own, "totp"))).toBe("totp");
    expect(() => openSecret(place, sealSecret(own, "totp"))).toThrow("belongs to another row");
  });

  test("that was altered anywhere does not open, and the error does not tell it", () => {
    // Of a length whose last character of base64 has no idle bits.
    const sealed = sealSecret(place, "hunter2hunter2hunter");
    for (let at = 0; at < sealed.length; at++) {
      const altered = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
      expect(() => openSecret(place, altered)).toThrow(/^webhook holds (?!.*hunter2)/);
    }
    for (const text of ["", "s1", "s1.old..", "plain text", `s1.old.${"A".repeat(16)}.`]) {
      expect(() => openSecret(place, text)).toThrow("damaged");
    }
  });
});

describe("the keys", () => {
  test("all open, and the last one seals", () => {
    const before = sealSecret(place, "secret");
    vi.stubEnv("TWOLINE_SEAL_KEYS", `${OLD}, ${NEW}`);
    expect(openSecret(place, before)).toBe("secret");
    expect(isSealedByNewest(before)).toBe(false);
    const after = sealSecret(place, "secret");
    expect(isSealedByNewest(after)).toBe(true);

    vi.stubEnv("TWOLINE_SEAL_KEYS", NEW);
    expect(openSecret(place, after)).toBe("secret");
    expect(() => openSecret(place, before)).toThrow("under a key that is not here");
  });

  test.each(["one", "one:c2hvcnQ", `Up:${key()}`, `${OLD},old:${key()}`])("are refused as %s", (text) => {
    vi.stubEnv("TWOLINE_SEAL_KEYS", text);
    expect(() => sealSecret(place, "secret")).toThrow("Invariant broken");
  });

  test("must be there: nothing else serves in their place", () => {
    vi.stubEnv("TWOLINE_SEAL_KEYS", "");
    vi.stubEnv("TWOLINE_KEY_FILE", "");
    expect(() => sealSecret(place, "secret")).toThrow("TWOLINE_SEAL_KEYS or TWOLINE_KEY_FILE");
  });
});
