import { describe, expect, test } from "vitest";

import type { ExternalIdentity } from "@/lib/domain/usage";
import { readCsvText, usageIn } from "@/lib/testing/csv-text";

const END =
  "Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost";
const PERSONAL = `Date,${END}`;
const TEAM = `Date,User,${END}`;
const AGENTS = `Date,User,Cloud Agent ID,Automation ID,${END}`;
const OWNER: ExternalIdentity = { kind: "device", externalId: "laptop", name: "Laptop", parent: null };

const read = (header: string, ...rows: readonly string[]) => readCsvText([header, ...rows, ""].join("\n"));

describe("the usage export of a team", () => {
  test("is one fact for each event", async () => {
    const { facts, errors, recognised } = await read(
      TEAM,
      '"2026-11-02T23:59:59.123Z","Ada@Example.com","Usage-based","claude-4.5-sonnet","Yes","1,000","200","30","40","1,270","$1.25"',
    );
    expect(errors).toEqual([]);
    expect(recognised).toMatchObject({
      format: "cursor_usage",
      version: "with User",
      serviceProvider: "Cursor",
    });
    expect(facts).toEqual([
      {
        kind: "usage",
        line: 2,
        day: "2026-11-02",
        identity: { kind: "email", externalId: "ada@example.com", name: "Ada@Example.com", parent: null },
        model: "claude-sonnet-4-5",
        serviceTier: "standard",
        dimensions: "2026-11-02T23:59:59.123Z|Usage-based|Yes||",
        tokens: { uncachedInput: 200, cacheRead: 30, cacheWrite5m: 1000, cacheWrite1h: 0, output: 40 },
        requests: 1,
        cost: { nano: 1_250_000_000n, currency: "USD" },
        costKind: "on_top",
        spreadDays: 1,
      },
    ]);
  });

  test.each([
    { kind: "Usage-based", cost: "0.12", costKind: "on_top", nano: 120_000_000n },
    { kind: "On-Demand", cost: "$0.12", costKind: "on_top", nano: 120_000_000n },
    { kind: "USAGE_EVENT_KIND_USAGE_BASED", cost: "0.12", costKind: "on_top", nano: 120_000_000n },
    { kind: "On-Demand", cost: "NaN", costKind: "on_top", nano: undefined },
    { kind: "On-Demand", cost: "Included", costKind: "api_equivalent", nano: undefined },
    { kind: "Included", cost: "Included", costKind: "api_equivalent", nano: undefined },
    { kind: "Included in Business", cost: "$0.12", costKind: "api_equivalent", nano: 120_000_000n },
    { kind: "USAGE_EVENT_KIND_INCLUDED_IN_PRO", cost: "", costKind: "api_equivalent", nano: undefined },
    { kind: "Free", cost: "-", costKind: "api_equivalent", nano: undefined },
    { kind: '"Errored, Not Charged"', cost: "-", costKind: "api_equivalent", nano: undefined },
    { kind: '"Aborted, Not Charged"', cost: "0", costKind: "api_equivalent", nano: 0n },
    { kind: "User API Key", cost: "$0.50", costKind: "api_equivalent", nano: 500_000_000n },
  ])("takes $kind at $cost as $costKind", async ({ kind, cost, costKind, nano }) => {
    const { facts } = await read(TEAM, `2026-11-02,a@b.example,${kind},gpt-5,No,1,1,1,1,4,${cost}`);
    expect(facts).toMatchObject([{ costKind, cost: nano === undefined ? null : { nano, currency: "USD" } }]);
  });

  test("tells events of the same moment apart by their agents", async () => {
    const { facts, recognised } = await read(
      AGENTS,
      "2026-11-02T10:00:00Z,a@b.example,bc-1,,Included,auto,No,0,1,0,1,2,Included",
      "2026-11-02T10:00:00Z,a@b.example,bc-2,au-1,Included,auto,No,0,1,0,1,2,Included",
    );
    expect(recognised.version).toBe("with User, Cloud Agent ID");
    expect(usageIn({ facts }).map(({ dimensions }) => dimensions)).toEqual([
      "2026-11-02T10:00:00Z|Included|No|bc-1|",
      "2026-11-02T10:00:00Z|Included|No|bc-2|au-1",
    ]);
  });

  test("takes its columns in any order, and users without an address", async () => {
    const header = `Extra,${TEAM.split(",").reverse().join(",")}`;
    const { facts } = await read(header, "x,$1.00,4,1,1,1,1,No,gpt-5,On-Demand,Service Account,2026-11-02");
    expect(facts).toMatchObject([
      { identity: { kind: "user", externalId: "service account" }, cost: { nano: 1_000_000_000n } },
    ]);
  });

  test.each([
    {
      cells: "2026-11-02,a@b.example,Gift,gpt-5,No,1,1,1,1,4,0.1",
      column: "Kind",
      says: '"Gift" is not a known kind',
    },
    { cells: "2026-11-02,a@b.example,,gpt-5,No,1,1,1,1,4,0.1", column: "Kind", says: "This is empty" },
    { cells: "2026-11-02,,Included,gpt-5,No,1,1,1,1,4,0.1", column: "User", says: "This is empty" },
    {
      cells: "yesterday,a@b.example,Included,gpt-5,No,1,1,1,1,4,0.1",
      column: "Date",
      says: "Use a day like",
    },
    {
      cells: "2026-11-02,a@b.example,Included,gpt-5,No,1,1,few,1,4,0.1",
      column: "Cache Read",
      says: "not a count",
    },
    {
      cells: "2026-11-02,a@b.example,Included,gpt-5,No,1,1,1,1,4,cheap",
      column: "Cost",
      says: "not an amount",
    },
  ])("refuses at $column: $says", async ({ cells, column, says }) => {
    const { facts, errors } = await read(TEAM, cells);
    expect(facts).toEqual([]);
    expect(errors).toEqual([{ line: 2, column, message: expect.stringContaining(says) }]);
  });
});

describe("the usage export of one person", () => {
  const text = `${PERSONAL}\n2026-11-02,Included,auto,No,0,1,0,1,2,Included\n`;

  test("is theirs whom the person names who imports it", async () => {
    const { facts, recognised } = await readCsvText(text, { owner: OWNER });
    expect(recognised.version).toBe("personal");
    expect(facts).toMatchObject([{ identity: OWNER, model: "auto" }]);
  });

  test("is refused while nobody is named", async () => {
    await expect(readCsvText(text)).rejects.toThrow("does not say whose usage it is");
  });
});
