import { describe, expect, test } from "vitest";

import { readPastedHolders } from "@/components/seats/holder-rows";
import type { Member } from "@/lib/members/schema";

const member = (id: string, name: string, email: string | null = null): Member => ({
  id,
  name,
  email,
  kind: "person",
  aliases: [],
  team: null,
  archived: false,
  mergedInto: null,
  erased: false,
  user: false,
  version: 1,
});
const MEMBERS = [
  member("1", "Ada Lovelace", "ada@example.test"),
  member("2", "Ben Ode"),
  member("3", "Sam Poe"),
  member("4", "Sam Poe"),
];

describe("readPastedHolders", () => {
  test("finds members by name and by address, whatever the case", () => {
    const pasted = readPastedHolders("Name\nben ode\nADA@example.test", MEMBERS, []);
    expect(pasted.memberIds).toEqual(["2", "1"]);
  });

  test("names those who hold one already, who are not there, and who could be two", () => {
    expect(
      readPastedHolders("Ben Ode\r\nAda Lovelace\r\nNew Person\r\nSam Poe\r\nben ode", MEMBERS, ["1"]),
    ).toEqual({
      memberIds: ["2"],
      repeated: ["Ada Lovelace", "ben ode"],
      unknown: [{ name: "New Person", email: null }],
      ambiguous: ["Sam Poe"],
    });
  });
});
