import { expect, test } from "vitest";

import { auditChanges, auditSentence, type Trace } from "./audit-words";

const CONTRACT = "01a2131e-76ab-7237-a67d-718c5f14e231";
const TEAM = "01a2131e-76ab-7237-a67d-718c5f14e232";
const OTHER = "01a2131e-76ab-7237-a67d-718c5f14e233";

const trace = (action: string, change: Partial<Trace> = {}): Trace => ({
  action,
  targetType: action.split(".")[0] ?? "",
  targetId: CONTRACT,
  before: null,
  after: null,
  names: { [CONTRACT]: "Claude Team", [TEAM]: "Platform", [OTHER]: "Growth" },
  ...change,
});
const sentence = (action: string, change: Partial<Trace> = {}) =>
  auditSentence(trace(action, change), "en-GB");
const changes = (change: Partial<Trace>) => auditChanges(trace("subscription.change", change), "en-GB");

test("one changed value is told in the sentence", () => {
  const seats = { before: { seats: 5 }, after: { seats: 7 } };
  expect(sentence("term.change", seats)).toBe("changed seats of Claude Team from 5 to 7");
  const price = { before: { unitPrice: { minor: 2_500, currency: "USD" } } };
  expect(
    sentence("term.change", { ...price, after: { unitPrice: { minor: 300_000, currency: "JPY" } } }),
  ).toBe("changed unit price of Claude Team from 25.00\u00a0USD to 300,000\u00a0JPY");
});

test("seats from a day on are told with the day", () => {
  const before = { planId: TEAM, startsOn: "2026-10-01", seats: 5 };
  const after = { id: CONTRACT, planId: TEAM, startsOn: "2026-11-20", seats: 7 };
  expect(sentence("term.create", { before, after })).toBe(
    "changed seats of Claude Team from 5 to 7, as of 20 Nov 2026",
  );
});

test("a record with its id and name is told field by field", () => {
  const side = (changes: object) => ({
    id: CONTRACT,
    name: "changed",
    kind: "person",
    version: 1,
    ...changes,
  });
  expect(changes({ before: side({}), after: side({ version: 2 }) })).toEqual([
    { field: "name", before: "changed", after: "changed" },
  ]);
  const renamed = { before: side({}), after: side({ kind: "service" }) };
  expect(changes(renamed).map(({ field }) => field)).toEqual(["name", "kind"]);
});

test("what has a name is told by it, what has none by its kind", () => {
  expect(sentence("invoice.post", { names: { [CONTRACT]: "0042" } })).toBe("posted invoice 0042");
  expect(sentence("api_account.create", { names: {} })).toBe("added API account");
  expect(sentence("budget_version.approve")).toBe("approved budget version Claude Team");
  expect(sentence("closing.close", { names: {}, after: { month: "2026-10" } })).toBe("closed October 2026");
  expect(sentence("organization.create", { after: { fiscalYearStart: 4 } })).toBe("set up the books");
});

test("a reference is one field, whether a side holds the thing or its id", () => {
  const before = { team: { id: TEAM, name: "changed" }, noticeDays: 30, version: 1 };
  expect(changes({ before, after: { id: CONTRACT, teamId: OTHER, version: 2 } })).toEqual([
    { field: "team", before: "Platform", after: "Growth" },
  ]);
  expect(changes({ before, after: { teamId: TEAM } })).toEqual([]);
});

test("what a side does not name did not change; what it names as nothing did", () => {
  const before = { renewsOn: "2026-12-01", noticeDays: 30 };
  expect(changes({ before, after: { renewsOn: null } })).toEqual([
    { field: "renews on", before: "1 Dec 2026", after: "nothing" },
  ]);
});

test("lists are told row by row, names only as changed", () => {
  const line = (minor: number) => ({
    charges: [
      { billedCost: { minor, currency: "USD" }, chargePeriod: { start: "2026-10-01", end: "2026-11-01" } },
    ],
  });
  expect(changes({ before: line(100), after: line(200) })).toEqual([
    { field: "charges 1 · billed cost", before: "1.00\u00a0USD", after: "2.00\u00a0USD" },
  ]);
  expect(changes({ before: { charges: [] }, after: line(200) })).toContainEqual({
    field: "charges 1 · charge period",
    before: null,
    after: "1 Oct 2026 – 31 Oct 2026",
  });
  expect(changes({ before: { name: "changed" }, after: { name: "changed" } })).toEqual([
    { field: "name", before: "changed", after: "changed" },
  ]);
  expect(sentence("member.change", { before: { name: "changed" }, after: { name: "changed" } })).toBe(
    "changed name of Claude Team",
  );
  expect(changes({ after: { name: "changed", kind: "shared_account" } })).toEqual([
    { field: "kind", before: null, after: "shared account" },
  ]);
});

test("an id without a name is told by its end, so that two differ", () => {
  expect(changes({ before: { memberId: TEAM }, after: { memberId: OTHER }, names: {} })).toEqual([
    { field: "member", before: "…14e232", after: "…14e233" },
  ]);
});
