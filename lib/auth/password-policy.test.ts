import { describe, expect, test } from "vitest";

import { COMMON_PASSWORDS, MARK_CHARACTERS } from "./guessed-passwords";
import { assertPasswordAllowed, isCommonPassword } from "./password-policy";

const allow = (password: string) => () => assertPasswordAllowed(password, "ada@example.test");
const REFUSED = expect.objectContaining({ code: "invalid_input", details: { fields: expect.anything() } });

describe("a new password", () => {
  test.each([
    "correct horse battery",
    "Zwölf Boxkämpfer",
    "x7#Kq!vPz2@L",
    "犬も歩けば棒に当たる犬も歩",
    "🐘🐘🦒🦓🐅🐆🦍🦧🐊🐢🦎🐍",
    `${"a".repeat(100)}bcdefgh`,
    `${"lorem ipsum ".repeat(10)}12345678`,
  ])("may be %s", (password) => expect(allow(password)).not.toThrow());

  test.each([
    "short",
    "elevenchars",
    // Twelve to the computer, and eleven to whoever types it.
    "elevencharé".normalize("NFD"),
    "aaaaaaaaaaaaaaaa",
    "password1234!",
    "Password123456",
    "ada@example.test",
    "ada123456789",
    "qwertyqwerty",
    "z".repeat(129),
  ])("may not be %s", (password) => expect(allow(password)).toThrow(REFUSED));

  test.each(["1q2w3e4r5t6y", "1qaz2wsx3edc", "unbelievable", "Finalfantasy", "leavemealone"])(
    "may not be %s, which many have",
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
      expect(allow(password)).toThrow(REFUSED);
    },
  );
});

test("three thousand are known, and no other text is", () => {
  expect(COMMON_PASSWORDS).toHaveLength(3_000 * MARK_CHARACTERS);
  const others = Array.from({ length: 10_000 }, (_, index) => `another password ${index}`);
  expect(others.filter(isCommonPassword)).toEqual([]);
});
