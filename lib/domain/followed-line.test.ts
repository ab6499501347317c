import { expect, test } from "vitest";

import { followedLine } from "./followed-line";

const line = (description: string, minor: number, chargeCategory: "purchase" | "usage" = "purchase") => ({
  chargeCategory,
  description,
  billedCost: { minor },
});
const CREDIT = line("Prepaid credit", 100_000);
const SEATS = line("Seats", 12_500);

test.each([
  { name: "stays where it is the same", after: [SEATS, CREDIT], found: 1 },
  { name: "goes where the same line went", after: [CREDIT, SEATS], found: 0 },
  { name: "goes on after a line that came before it", after: [SEATS, line("Fee", 100), CREDIT], found: 2 },
  {
    name: "is the one of the same words when its amount was put right",
    after: [line("Prepaid credit", 9)],
    found: 0,
  },
  {
    name: "stays at its place when its words were put right",
    after: [SEATS, line("Credits", 100_000)],
    found: 1,
  },
  { name: "is no line of another kind", after: [line("Prepaid credit", 100_000, "usage"), SEATS], found: 1 },
])("a line $name", ({ after, found }) => {
  expect(followedLine([SEATS, CREDIT], after, 1)).toBe(found);
});
