import { expect, test } from "vitest";

import { tooSmallGroups } from "./person-analysis";

const hidden = (groups: Record<string, string>, minimum = 3) =>
  [
    ...tooSmallGroups(
      new Map(Object.entries(groups).map(([key, people]) => [key, new Set(people)])),
      minimum,
    ),
  ].sort();

type Case = { name: string; groups: Record<string, string>; expected: string[] };

test.each<Case>([
  { name: "shows groups that are large enough", groups: { opus: "abc", haiku: "abcd" }, expected: [] },
  {
    name: "hides small ones together",
    groups: { opus: "ab", haiku: "cd", gpt: "abc" },
    expected: ["haiku", "opus"],
  },
  {
    name: "hides the next one too, lest one be told from the rest",
    groups: { opus: "a", haiku: "bcd", gpt: "abcd" },
    expected: ["haiku", "opus"],
  },
  {
    name: "hides all where there are too few people",
    groups: { opus: "a", haiku: "b" },
    expected: ["haiku", "opus"],
  },
  {
    name: "counts a person once",
    groups: { opus: "a", haiku: "a", gpt: "abc" },
    expected: ["gpt", "haiku", "opus"],
  },
  { name: "has nothing to hide", groups: {}, expected: [] },
])("$name", ({ groups, expected }) => {
  expect(hidden(groups)).toEqual(expected);
});
