import { describe, expect, test } from "vitest";

import { matchName } from "./name-matching";

const PEOPLE = [
  { id: "1", name: "Zoë  Müller", email: "zoe@example.test", aliases: ["zmueller"] },
  { id: "2", name: "Ada Lovelace", email: null, aliases: [] },
  { id: "3", name: "Sam Lee", email: "sam@example.test", aliases: [] },
  { id: "4", name: "sam lee", email: "lee@example.test", aliases: [] },
];

describe("matchName", () => {
  test.each([
    ["zoe muller", null, { kind: "matched", id: "1" }],
    ["ZMUELLER", null, { kind: "matched", id: "1" }],
    ["ada  LOVELACE ", null, { kind: "matched", id: "2" }],
    ["zoe@example.test", null, { kind: "matched", id: "1" }],
    ["Sam Lee", null, { kind: "ambiguous" }],
    ["Sam Lee", "lee@example.test", { kind: "matched", id: "4" }],
    ["Nobody", null, { kind: "unknown" }],
  ])("%s, %s", (name, email, match) => {
    expect(matchName({ name, email }, PEOPLE)).toEqual(match);
  });
});
