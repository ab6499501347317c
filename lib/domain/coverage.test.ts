import { describe, expect, test } from "vitest";

import { accountCoverage, worstOf } from "./coverage";
import type { Period } from "./period";

const NOVEMBER: Period = { start: "2026-11-01", end: "2026-12-01" };
const OCTOBER: Period = { start: "2026-10-01", end: "2026-11-01" };
const NONE: Period = { start: "2026-11-01", end: "2026-11-01" };
const FIRST_HALF: Period = { start: "2026-11-01", end: "2026-11-16" };

const state = (changes: Partial<Parameters<typeof accountCoverage>[0]>) =>
  accountCoverage({ month: NOVEMBER, expected: NOVEMBER, charged: [], estimated: false, ...changes });

describe("a metered account in a month is", () => {
  test("missing when nothing is charged and nothing estimated", () => {
    expect(state({})).toBe("missing");
    expect(state({ charged: [OCTOBER] })).toBe("missing");
  });

  test("estimated when its use stands in for the invoice", () => {
    expect(state({ estimated: true })).toBe("estimated");
    expect(state({ estimated: true, charged: [OCTOBER] })).toBe("estimated");
  });

  test("estimated also before it was expected, as the books have it", () => {
    expect(state({ estimated: true, expected: NONE })).toBe("estimated");
    expect(state({ expected: NONE })).toBe("not_expected");
  });

  test("billed when charges cover every expected day", () => {
    expect(state({ charged: [NOVEMBER] })).toBe("billed");
    expect(state({ charged: [FIRST_HALF, { start: "2026-11-10", end: "2026-12-05" }] })).toBe("billed");
    expect(state({ charged: [FIRST_HALF], expected: FIRST_HALF })).toBe("billed");
  });

  test("partly billed when days remain, or an estimate beside the charge", () => {
    expect(state({ charged: [FIRST_HALF] })).toBe("partly_billed");
    expect(state({ charged: [FIRST_HALF], estimated: true })).toBe("partly_billed");
    expect(state({ charged: [NOVEMBER], estimated: true })).toBe("partly_billed");
  });
});

test("of several contracts the state stands for all that most needs doing", () => {
  expect(worstOf(["billed", "estimated", "not_expected"])).toBe("estimated");
  expect(worstOf(["billed", "estimated", "missing"])).toBe("missing");
  expect(worstOf([])).toBe("not_expected");
});
