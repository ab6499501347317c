import { describe, expect, test } from "vitest";

import { ccusageReport, readCcusage } from "./ccusage";

const OWNER = { kind: "device", externalId: "member:1", name: "Own machine", parent: null } as const;
const model = (modelName: string, cost: number) => ({
  modelName,
  inputTokens: 300,
  outputTokens: 31,
  cacheCreationTokens: 62,
  cacheReadTokens: 93,
  cost,
});
const row = (when: object, ...models: object[]) => ({ ...when, totalCost: 1, modelBreakdowns: models });
const totals = {};

describe("a report", () => {
  test.each([
    ["daily", { daily: [], totals }],
    ["monthly", { monthly: [], totals }],
    ["sessions", { sessions: [], totals }],
    ["session", { session: [], totals }],
    ["instances", { projects: { a: [] }, totals }],
    [null, { blocks: [] }],
    [null, []],
  ])("is recognised: %s", (kind, document) => {
    expect(ccusageReport(document)).toBe(kind);
  });

  test("by day, of version 18, of 20, and of all agents", () => {
    for (const when of [{ date: "2026-01-09" }, { period: "2026-01-09", agent: "claude" }]) {
      expect(
        readCcusage({ daily: [row(when, model("claude-opus-4-20250514-fast", 0.34))], totals }, OWNER),
      ).toMatchObject([
        {
          day: "2026-01-09",
          model: "claude-opus-4",
          serviceTier: "fast",
          tokens: { uncachedInput: 300, cacheRead: 93, cacheWrite5m: 62, cacheWrite1h: 0, output: 31 },
          cost: { nano: 340_000_000n, currency: "USD" },
          costKind: "api_equivalent",
          spreadDays: 1,
        },
      ]);
    }
  });

  test("by month is spread over its days without losing anything", () => {
    const facts = readCcusage(
      { monthly: [row({ month: "2026-02" }, model("claude-sonnet-4-5", 1))], totals },
      OWNER,
    );
    expect(facts).toHaveLength(28);
    expect(facts.reduce((sum, { cost }) => sum + (cost?.nano ?? 0n), 0n)).toBe(1_000_000_000n);
    expect(facts.reduce((sum, { tokens }) => sum + tokens.output, 0)).toBe(31);
  });

  test("by session is spread from its first to its last day", () => {
    const old = row({ sessionId: "p", lastActivity: "2026-01-10" }, model("m", 1));
    const late = row(
      { sessionId: "s", firstActivity: "2026-01-09T10:00:00Z", lastActivity: "2026-01-10T09:15:00Z" },
      model("m", 1),
    );
    const all = row(
      { period: "session-alpha", metadata: { lastActivity: "2026-01-10T09:15:00.000Z" } },
      model("m", 1),
    );
    const days = (document: object) => readCcusage(document, OWNER).map(({ day }) => day);
    expect(days({ sessions: [old], totals })).toEqual(["2026-01-10"]);
    expect(days({ sessions: [late], totals })).toEqual(["2026-01-09", "2026-01-10"]);
    expect(days({ session: [all], totals })).toEqual(["2026-01-10"]);
  });

  test("by project has each project's days", () => {
    const projects = {
      a: [row({ date: "2026-01-09", project: "a" }, model("m", 1))],
      b: [row({ date: "2026-01-09" }, model("m", 2))],
    };
    expect(readCcusage({ projects, totals }, OWNER)).toHaveLength(2);
  });

  test("whose row says no day is refused", () => {
    expect(() => readCcusage({ daily: [row({ date: "yesterday" }, model("m", 1))], totals }, OWNER)).toThrow(
      /no day/,
    );
  });
});
