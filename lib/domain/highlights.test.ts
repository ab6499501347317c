import { expect, test } from "vitest";

import { mostWorth, type Worth } from "./highlights";

const worth = (id: string, monthlyMinor: number, more: Partial<Worth> = {}): Worth => ({
  ...{ kind: "plan", id, monthlyMinor, counts: [] },
  ...more,
});
const ids = (all: readonly Worth[], limit = 3) => mostWorth(all, limit).map(({ id }) => id);

test("the largest first, and no more than asked for", () => {
  const all = [worth("a", 100), worth("b", 400), worth("c", 200), worth("d", 300)];
  expect(ids(all)).toEqual(["b", "d", "c"]);
  expect(ids(all, 1)).toEqual(["b"]);
});

test("what is worth nothing, or costs, is none", () => {
  expect(ids([worth("a", 0), worth("b", -500), worth("c", 1)])).toEqual(["c"]);
  expect(ids([])).toEqual([]);
});

test("the same money is told once, where it is worth most", () => {
  // Two idle seats of a contract, 80.00; one of them could also be a smaller plan, 20.00, and so could a third, 30.00.
  const idle = worth("idle", 8_000, { kind: "idle_seats", counts: ["s ada", "s ben"] });
  const all = [worth("ada", 2_000, { counts: ["s ada"] }), idle, worth("cem", 3_000, { counts: ["s cem"] })];
  expect(ids(all)).toEqual(["idle", "cem"]);
});

test("equal amounts stand in the same order whatever came first", () => {
  const all = [worth("b", 5), worth("z", 5, { kind: "finding" }), worth("a", 5)];
  expect(ids(all)).toEqual(["a", "b", "z"]);
  expect(ids(all.toReversed())).toEqual(["a", "b", "z"]);
});
