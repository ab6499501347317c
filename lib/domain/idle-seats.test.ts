import { describe, expect, test } from "vitest";

import { type PlanSeats, type SeatKnown, type SeatState, seatState, wasteOf } from "./idle-seats";

const TODAY = "2026-11-25";
/** Held and known for long, and of everybody's use it is known up to yesterday. 30 days back is 26 October. */
const known = { today: TODAY, idleDays: 30, knownUntil: "2026-11-24" };
const seat = (changes: Partial<SeatKnown> = {}): SeatKnown => ({
  ...{ heldFrom: "2026-01-01", joinedOn: "2025-06-01", onLeave: false, lastUsedOn: null },
  ...changes,
});
const stateOf = (changes: Partial<SeatKnown>, of: Partial<typeof known> | { knownUntil: null } = {}) =>
  seatState(seat(changes), { ...known, ...of });

describe("a held seat", () => {
  test.each<[string, Partial<SeatKnown>, SeatState]>([
    ["was never used", {}, "idle"],
    ["was used 31 days before the last day that is known", { lastUsedOn: "2026-10-24" }, "idle"],
    ["was used 30 days before it", { lastUsedOn: "2026-10-25" }, "idle"],
    ["was used since", { lastUsedOn: "2026-10-26" }, "used"],
    ["is held for 30 days", { heldFrom: "2026-10-26" }, "used"],
    ["is held for less than 30 days", { heldFrom: "2026-10-27" }, "joined"],
    ["is of somebody who joined less than 30 days ago", { joinedOn: "2026-11-01" }, "joined"],
    ["is of somebody on leave", { onLeave: true }, "on_leave"],
    ["was used although its holder is on leave", { onLeave: true, lastUsedOn: "2026-11-20" }, "used"],
  ])("that %s", (_name, changes, state) => {
    expect(stateOf(changes)).toBe(state);
  });

  test("is unknown while nobody tells of everybody's use, unless its own is known", () => {
    expect(stateOf({}, { knownUntil: null })).toBe("unknown");
    // Of the last 30 days nothing is told: silence says nothing.
    expect(stateOf({}, { knownUntil: "2026-10-26" })).toBe("unknown");
    expect(stateOf({}, { knownUntil: "2026-10-27" })).toBe("idle");
    expect(stateOf({ lastUsedOn: "2026-11-01" }, { knownUntil: null })).toBe("used");
  });

  test("is idle by another number of days where one is asked for", () => {
    // 14 days before 24 November is the 10th.
    expect(stateOf({ lastUsedOn: "2026-11-10" }, { idleDays: 14 })).toBe("idle");
    expect(stateOf({ lastUsedOn: "2026-11-12" }, { idleDays: 14 })).toBe("used");
  });
});

const plan = (states: readonly SeatState[], changes: Partial<PlanSeats> = {}): PlanSeats => ({
  ...{
    planId: "standard",
    bought: 10,
    minimumSeats: 5,
    monthlyMinor: 2_500,
    renewalMonthlyMinor: 2_500,
    states,
  },
  ...changes,
});
const times = (count: number, state: SeatState): SeatState[] => Array.from({ length: count }, () => state);

describe("what is wasted", () => {
  test("is idle and unassigned seats; a renewal can leave out what is above the minimum", () => {
    // Ten seats at 25.00: seven held, of which two are idle and one is unknown; three unassigned.
    expect(wasteOf([plan([...times(4, "used"), ...times(2, "idle"), "unknown"])])).toEqual([
      {
        ...{ idle: 2, unassigned: 3, exposedMinor: 12_500 },
        ...{ reassignable: 5, reassignableMinor: 12_500 },
        ...{ reducible: 5, reducibleMinor: 12_500 },
        ...{ unknown: 1, unknownMinor: 2_500 },
      },
    ]);
    // With a minimum of eight only two can go: 50.00.
    expect(wasteOf([plan(times(5, "used"), { minimumSeats: 8 })])).toMatchObject([
      { exposedMinor: 12_500, reducible: 2, reducibleMinor: 5_000 },
    ]);
  });

  test("is a whole plan where nobody uses it, whatever its minimum", () => {
    expect(wasteOf([plan(times(3, "idle"), { bought: 5 })])).toMatchObject([{ unassigned: 2, reducible: 5 }]);
  });

  test("saves at a renewal what seats will cost then, and nothing where nothing renews", () => {
    const four = plan(times(6, "used"));
    expect(wasteOf([{ ...four, renewalMonthlyMinor: 3_000 }])).toMatchObject([
      { exposedMinor: 10_000, reducible: 4, reducibleMinor: 12_000 },
    ]);
    expect(wasteOf([{ ...four, renewalMonthlyMinor: null }])).toMatchObject([
      { reducible: 0, reducibleMinor: 0 },
    ]);
  });

  test("leaves out new holders and those on leave", () => {
    expect(wasteOf([plan([...times(5, "joined"), ...times(5, "on_leave")])])).toMatchObject([
      { exposedMinor: 0, reassignable: 0, reducible: 0, unknown: 0 },
    ]);
  });

  test("cannot pass to somebody else where the contract is of one seat", () => {
    const max = { bought: 1, minimumSeats: 1, monthlyMinor: 10_000, renewalMonthlyMinor: 10_000 };
    expect(wasteOf([plan(["idle"], max)])).toMatchObject([
      { exposedMinor: 10_000, reassignableMinor: 0, reducibleMinor: 10_000 },
    ]);
    // Beside a second plan it is one of several seats.
    expect(wasteOf([plan(["idle"], max), plan(times(5, "used"), { bought: 5 })])[0]).toMatchObject({
      reassignable: 1,
    });
  });
});
