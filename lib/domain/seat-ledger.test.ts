import { describe, expect, test } from "vitest";

import type { Assignment } from "./facts";
import { assertSeatLedger } from "./seat-ledger";

const PLAN = "plan";
const term = (startsOn: string, seats: number) => ({
  planId: PLAN,
  startsOn,
  seats,
  unitPriceMinor: 2_500,
  currency: "USD",
});
const held = (memberId: string, startsOn: string, endsOn: string | null = null): Assignment => ({
  memberId,
  planId: PLAN,
  startsOn,
  endsOn,
  purpose: null,
  productId: null,
});
const check =
  (seats: readonly Assignment[], terms = [term("2026-01-01", 2)], endsOn: string | null = null) =>
  () =>
    assertSeatLedger({ terms, endsOn, assignments: [...seats] });
const refusal = (code: string) => expect.objectContaining({ code });

describe("assertSeatLedger", () => {
  test("lets a seat go from one to the next on the same day", () => {
    const seats = [held("a", "2026-01-01", "2026-02-01"), held("b", "2026-01-01"), held("c", "2026-02-01")];
    expect(check(seats)).not.toThrow();
  });

  test("refuses one holder more than seats, on the first such day", () => {
    const seats = [held("a", "2026-01-01"), held("b", "2026-01-15"), held("c", "2026-03-01", "2026-03-02")];
    expect(check(seats)).toThrow(/^On 2026-03-01 3 would hold a seat, but 2 are bought\.$/);
    expect(check(seats)).toThrow(refusal("seats_exceeded"));
  });

  test("refuses fewer seats than holders from a later term, and holders after the contract's end", () => {
    const seats = [held("a", "2026-01-01"), held("b", "2026-01-01")];
    expect(check(seats, [term("2026-01-01", 2), term("2026-06-01", 1)])).toThrow(/2026-06-01/);
    expect(check(seats, [term("2026-01-01", 2)], "2026-07-01")).toThrow(/2026-07-01/);
  });

  test("refuses a second seat of the plan to one member, but not one after the other", () => {
    expect(check([held("a", "2026-01-01"), held("a", "2026-05-01")])).toThrow(refusal("assignment_overlap"));
    expect(check([held("a", "2026-01-01", "2026-05-01"), held("a", "2026-05-01")])).not.toThrow();
  });

  test("counts each plan by itself", () => {
    const other = { ...held("a", "2026-01-01"), planId: "other" };
    expect(check([held("a", "2026-01-01"), other])).toThrow(refusal("seats_exceeded"));
  });
});
