import { describe, expect, test } from "vitest";

import { assertPasswordAllowed } from "./password";

const allow = (password: string) => () => assertPasswordAllowed(password, "ada@example.test");

describe("assertPasswordAllowed", () => {
  test.each([
    "correct horse battery",
    "Zwölf Boxkämpfer",
    "x7#Kq!vPz2@L",
    "犬も歩けば棒に当たる犬も歩",
    `${"a".repeat(100)}bcdefgh`,
  ])("takes %s", (password) => expect(allow(password)).not.toThrow());
  test.each([
    "short",
    "elevenchars",
    "aaaaaaaaaaaaaaaa",
    "password1234!",
    "Password123456",
    "ada@example.test",
    "ada123456789",
    "qwertyqwerty",
    "z".repeat(129),
  ])("refuses %s", (password) =>
    expect(allow(password)).toThrow(expect.objectContaining({ code: "invalid_input" })),
  );
});
