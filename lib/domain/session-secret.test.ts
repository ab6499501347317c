import { expect, test } from "vitest";

import { faultsOfSettings, refusalOfSecret } from "./session-secret";

const GOOD = "kPz0vE2nV5cO8q1XyT4uW7rA9bD3fG6h";

test.each([
  ["", "is missing"],
  [GOOD.slice(0, 31), "is shorter than 32 characters"],
  ["a".repeat(64), "is one that can be guessed"],
  ["please-change-me-please-change-me-0123", "is one that can be guessed"],
  ["your-secret-goes-here-0123456789abcdef", "is one that can be guessed"],
  [GOOD, null],
])("%j %s", (secret, refusal) => {
  expect(refusalOfSecret(secret)).toBe(refusal);
});

test("the server starts with a secret and the address that people open, and with nothing less", () => {
  const good = { NEXTAUTH_SECRET: GOOD, NEXTAUTH_URL: "https://twoline.example.com" };
  const faults = (change: object) =>
    faultsOfSettings({ ...good, ...change }).map((text) => text.split(" ")[0]);
  expect(faults({})).toEqual([]);
  expect(faults({ NEXTAUTH_SECRET_PREVIOUS: GOOD.toLowerCase() })).toEqual([]);
  expect(faults({ NEXTAUTH_SECRET: undefined })).toEqual(["NEXTAUTH_SECRET"]);
  expect(faults({ NEXTAUTH_SECRET: "secret" })).toEqual(["NEXTAUTH_SECRET"]);
  expect(faults({ NEXTAUTH_SECRET_PREVIOUS: "short" })).toEqual(["NEXTAUTH_SECRET_PREVIOUS"]);
  for (const url of [undefined, "", "twoline.example.com", "https://x/path", "https://a@b", "javascript:1"])
    expect(faults({ NEXTAUTH_URL: url, AUTH_TRUST_HOST: "1" })).toEqual(["NEXTAUTH_URL"]);
});
