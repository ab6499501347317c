import { describe, expect, test } from "vitest";

import { joinDays, mergeMemberships } from "./member-merge";

const TODAY = "2026-11-23";
const inTeam = (teamId: string, startsOn: string, endsOn: string | null = null) => ({
  teamId,
  startsOn,
  endsOn,
});
const days = (start: string, end: string) => ({ start, end });

describe("the teams of two members who become one", () => {
  test("are the only one's on days when one is in none", () => {
    const kept = { memberships: [inTeam("platform", "2026-06-01")], costs: [] };
    const merged = { memberships: [inTeam("growth", "2026-01-01", "2026-06-01")], costs: [] };
    const both = [inTeam("growth", "2026-01-01", "2026-06-01"), inTeam("platform", "2026-06-01")];
    expect(mergeMemberships(kept, merged, TODAY)).toEqual(both);
    expect(mergeMemberships(merged, kept, TODAY)).toEqual(both);
    const nowhere = { memberships: [], costs: [days("2026-01-01", "2026-02-01")] };
    expect(mergeMemberships(nowhere, kept, TODAY)).toEqual(kept.memberships);
    expect(mergeMemberships(nowhere, nowhere, TODAY)).toEqual([]);
  });

  test("are the kept one's where neither costs anything", () => {
    const kept = { memberships: [inTeam("platform", "2026-03-01", "2026-05-01")], costs: [] };
    const merged = { memberships: [inTeam("growth", "2026-01-01")], costs: [] };
    expect(mergeMemberships(kept, merged, TODAY)).toEqual([
      inTeam("growth", "2026-01-01", "2026-03-01"),
      inTeam("platform", "2026-03-01", "2026-05-01"),
      inTeam("growth", "2026-05-01"),
    ]);
  });

  test("stay those in which cost counted, up to today", () => {
    const kept = {
      memberships: [inTeam("platform", "2026-01-01")],
      costs: [days("2026-04-01", "2026-06-01")],
    };
    const merged = {
      memberships: [inTeam("growth", "2026-01-01")],
      costs: [days("2026-02-01", "2026-04-01"), days("2026-10-01", "2100-12-31")],
    };
    expect(mergeMemberships(kept, merged, TODAY)).toEqual([
      inTeam("platform", "2026-01-01", "2026-02-01"),
      inTeam("growth", "2026-02-01", "2026-04-01"),
      inTeam("platform", "2026-04-01", "2026-10-01"),
      inTeam("growth", "2026-10-01", "2026-11-24"),
      inTeam("platform", "2026-11-24"),
    ]);
  });

  test("cannot be two: refused with the first day on which both have cost", () => {
    const kept = {
      memberships: [inTeam("platform", "2026-01-01")],
      costs: [days("2026-03-15", "2026-06-01")],
    };
    const merged = {
      memberships: [inTeam("growth", "2026-01-01")],
      costs: [days("2026-01-01", "2026-04-01")],
    };
    expect(() => mergeMemberships(kept, merged, TODAY)).toThrow(/On 2026-03-15 they are in different teams/);
    const together = { ...merged, memberships: kept.memberships };
    expect(mergeMemberships(kept, together, TODAY)).toEqual(kept.memberships);
    expect(mergeMemberships(kept, merged, "2026-03-14")).toEqual([
      inTeam("growth", "2026-01-01", "2026-03-15"),
      inTeam("platform", "2026-03-15"),
    ]);
  });
});

test("days that overlap or touch are one run", () => {
  const run = (startsOn: string, endsOn: string | null) => ({ startsOn, endsOn });
  expect(
    joinDays([run("2026-05-01", null), run("2026-01-01", "2026-02-01"), run("2026-02-01", "2026-03-01")]),
  ).toEqual([run("2026-01-01", "2026-03-01"), run("2026-05-01", null)]);
  expect(joinDays([run("2026-01-01", null), run("2026-02-01", "2026-03-01")])).toEqual([
    run("2026-01-01", null),
  ]);
});
