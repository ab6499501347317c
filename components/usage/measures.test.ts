import { expect, test } from "vitest";

import { changeText, measuresOf } from "./measures";

test.each([
  { now: 0, before: 0, expected: null },
  { now: 5, before: 0, expected: "nothing in October" },
  { now: 5, before: -2, expected: "-2.00 in October" },
  { now: 0, before: 5, expected: "nothing, after 5.00 in October" },
  { now: 5, before: 5.001, expected: "as in October" },
  { now: 7, before: 5, expected: "40 % more than 5.00 in October" },
  { now: 3, before: 5, expected: "40 % less than 5.00 in October" },
  { now: 60, before: 5, expected: "12 times the 5.00 of October" },
])("$now after $before: $expected", ({ now, before, expected }) => {
  expect(changeText({ now, before, beforeName: "October" }, (value) => value.toFixed(2))).toBe(expected);
});

test("what is spent comes first, and kinds stay apart", () => {
  const cost = (costKind: "metered" | "api_equivalent", value: string) => ({
    costKind,
    currency: "USD",
    costs: [value],
  });
  const trend = { tokens: [7], costs: [cost("api_equivalent", "2.5"), cost("metered", "1")] };
  const measures = measuresOf(trend);
  expect(measures.map(({ id, values }) => [id, values(trend)])).toEqual([
    ["metered-USD", [1]],
    ["api_equivalent-USD", [2.5]],
    ["tokens", [7]],
  ]);
});
