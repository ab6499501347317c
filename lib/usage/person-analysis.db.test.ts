import { beforeAll, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import type { PersonAnalysis } from "@/lib/domain/person-analysis";
import { listIdentities } from "@/lib/identities/service";
import { changeOrganization, readOrganization } from "@/lib/organization/service";
import { commitFile, sendFile } from "@/lib/testing/imports";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { usedBooks } from "@/lib/testing/used-books";
import { USAGE_GROUPS, type UsageGroup, usageRowFilter } from "@/lib/usage/schema";
import { getUsage, listUsageRows } from "@/lib/usage/service";

// Who sees what of what people used, for each choice of the organization. Ada leads Platform, where Ben and Dan are.

const ACTORS = ["owner", "finance", "auditor", "lead", "member"] as const;
type ActorName = (typeof ACTORS)[number];
const OCTOBER = { from: "2026-10", to: "2026-10" };

let actors: Record<ActorName, Ctx>;
let books: Awaited<ReturnType<typeof usedBooks>>;

beforeAll(async () => {
  const owner = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  books = await usedBooks(owner);
  const { ada, ben } = books.members;
  actors = {
    owner,
    finance: await anActor(owner, { roles: ["finance"] }),
    auditor: await anActor(owner, { roles: ["auditor"] }),
    lead: await anActor(owner, { roles: ["lead"], memberId: ada, ledTeamIds: [books.teams.platform] }),
    member: await anActor(owner, { roles: ["member"], memberId: ben }),
  };
});

async function choose(personAnalysis: PersonAnalysis, minimumGroupSize: number) {
  const { version } = await readOrganization(actors.owner);
  await changeOrganization(actors.owner, { version, personAnalysis, minimumGroupSize });
}

const usage = (who: ActorName, groupBy: UsageGroup) => getUsage(actors[who], { ...OCTOBER, groupBy });
const shown = async (who: ActorName, groupBy: UsageGroup) =>
  (await usage(who, groupBy)).groups.map(
    ({ kind, group, costs: [cost] }) => `${kind === "named" ? (group?.name ?? "") : kind} ${cost?.cost}`,
  );
const rows = async (who: ActorName, asked: object = {}) =>
  (await listUsageRows(actors[who], usageRowFilter.parse({ ...OCTOBER, ...asked }))).data;

const OWN = ["Ben 25"];
const ALL_NAMED = ["Cem 40", "Ben 25", "Ada 10", "Dan 3", "none 150.01"];
const LED_TOGETHER = ["Ada 10", "people 28", "none 150.01"];

type Case = {
  readonly mode: PersonAnalysis;
  readonly minimum: number;
  readonly all: readonly string[];
  readonly lead: readonly string[];
  readonly models: readonly string[];
  readonly ledModels: readonly string[];
};
const CASES: readonly Case[] = [
  {
    mode: "on",
    minimum: 5,
    all: ALL_NAMED,
    lead: ["Ben 25", "Ada 10", "Dan 3", "none 150.01"],
    models: ["claude-opus-4-5 221.01", "claude-haiku-4-5 7"],
    ledModels: ["claude-opus-4-5 181.01", "claude-haiku-4-5 7"],
  },
  {
    mode: "pseudonymous",
    minimum: 2,
    all: ["pseudonym 40", "pseudonym 25", "pseudonym 10", "pseudonym 3", "none 150.01"],
    lead: ["pseudonym 25", "Ada 10", "pseudonym 3", "none 150.01"],
    models: ["claude-opus-4-5 221.01", "claude-haiku-4-5 7"],
    ledModels: ["claude-opus-4-5 181.01", "claude-haiku-4-5 7"],
  },
  {
    // Only Ben and Dan used Haiku; alone with Opus beside it, their sum could be worked out.
    mode: "pseudonymous",
    minimum: 3,
    all: ["pseudonym 40", "pseudonym 25", "pseudonym 10", "pseudonym 3", "none 150.01"],
    lead: LED_TOGETHER,
    models: ["claude-opus-4-5 150.01", "people 78"],
    ledModels: ["claude-opus-4-5 160.01", "people 28"],
  },
  {
    mode: "pseudonymous",
    minimum: 5,
    all: ["people 78", "none 150.01"],
    lead: LED_TOGETHER,
    models: ["claude-opus-4-5 150.01", "people 78"],
    ledModels: ["claude-opus-4-5 160.01", "people 28"],
  },
  {
    mode: "off",
    minimum: 2,
    all: ["people 78", "none 150.01"],
    lead: LED_TOGETHER,
    models: ["claude-opus-4-5 221.01", "claude-haiku-4-5 7"],
    ledModels: ["claude-opus-4-5 181.01", "claude-haiku-4-5 7"],
  },
];

describe.each(CASES)("$mode, in groups of at least $minimum", (expected) => {
  beforeAll(() => choose(expected.mode, expected.minimum));

  test.each(["owner", "finance", "auditor"] as const)("the %s sees everybody as chosen", async (who) => {
    expect(await shown(who, "member")).toEqual(expected.all);
    expect(await shown(who, "model")).toEqual(expected.models);
  });

  test("a lead sees themselves by name, and their people as chosen", async () => {
    expect(await shown("lead", "member")).toEqual(expected.lead);
    expect(await shown("lead", "model")).toEqual(expected.ledModels);
  });

  test("a member sees themselves and nobody else, whatever is grouped", async () => {
    expect(await shown("member", "member")).toEqual(OWN);
    for (const groupBy of USAGE_GROUPS) {
      const { total, groups } = await usage("member", groupBy);
      expect([groupBy, total.costs[0]?.cost]).toEqual([groupBy, "25"]);
      expect(groups.every(({ kind }) => kind !== "people" && kind !== "pseudonym")).toBe(true);
    }
    expect((await rows("member")).map(({ cost }) => cost)).toEqual(["20", "5"]);
    expect(await rows("member", { memberId: books.members.ben })).toHaveLength(2);
  });

  test("nothing is lost from a sum", async () => {
    for (const groupBy of USAGE_GROUPS) {
      const { total, groups } = await usage("owner", groupBy);
      expect(total.costs[0]?.cost).toBe("228.01");
      expect(groups.reduce((sum, { costs: [cost] }) => sum + Number(cost?.cost), 0)).toBeCloseTo(228.01, 9);
    }
  });

  test("rows and costs of names are shown of one person only by name", async () => {
    const named = expected.mode === "on";
    for (const who of ["owner", "finance", "auditor"] as const) {
      expect(await rows(who)).toHaveLength(named ? 8 : 2);
      const asked = rows(who, { memberId: books.members.ben });
      if (named) expect(await asked).toHaveLength(2);
      else await expectRefusal(asked, "forbidden");
    }
    expect(await rows("lead")).toHaveLength(named ? 7 : 3);
    const { data } = await listIdentities(actors.owner, { limit: 50, unmatched: "false" });
    const costs = data.filter(({ name }) => name === "ben-key").map((identity) => identity.costs);
    expect(costs).toMatchObject([named ? [{ costKind: "metered", currency: "USD", cost: "25" }] : []]);
  });
});

test("a group whose people are kept out of it says in which months", async () => {
  await choose("off", 5);
  const [opus, people] = (await usage("owner", "model")).groups;
  expect(opus?.group?.name).toBe("claude-opus-4-5");
  expect(opus?.partial).toEqual([...Array(11).fill(false), true]);
  expect(people?.partial).not.toContain(true);
});

test("days on which few people worked are not told apart, in the table or in the trend", async () => {
  await choose("off", 2);
  const { groups, total } = await usage("owner", "day");
  expect(groups.map(({ kind, group }) => group?.id ?? kind)).toEqual(["2026-10-03", "2026-10-20", "people"]);
  expect(total.trend.costs[0]?.costs.filter((cost) => cost !== "0")).toEqual(["100.01", "50"]);
});

test("a pseudonym stays the same, tells no id, and opens no rows", async () => {
  await choose("pseudonymous", 2);
  const ids = async (who: ActorName) =>
    (await usage(who, "member")).groups.flatMap(({ kind, group }) => (kind === "pseudonym" ? group!.id : []));
  const [first, again] = [await ids("owner"), await ids("finance")];
  expect(new Set(first).size).toBe(4);
  expect(again).toEqual(first);
  expect(usageRowFilter.safeParse({ ...OCTOBER, memberId: first[0] }).success).toBe(false);
  const told = JSON.stringify(await usage("owner", "member"));
  for (const id of Object.values(books.members)) expect(told).not.toContain(id);
});

test("a member sees the use of their own seat by day too", async () => {
  await choose("off", 5);
  const line = JSON.stringify({
    timestamp: "2026-10-11T10:00:00.000Z",
    requestId: "r",
    costUSD: 3,
    message: { id: "m", model: "claude-opus-4-5-20251101", usage: { input_tokens: 10, output_tokens: 90 } },
  });
  const input = { fileName: "logs.jsonl", memberId: books.members.ben };
  await commitFile(actors.owner, await sendFile(actors.owner, input, `${line}\n`));
  const { groups } = await usage("member", "day");
  expect(groups.at(-1)).toMatchObject({ group: { id: "2026-10-11" }, tokens: { output: 90 } });
  expect(await rows("member", { day: "2026-10-11" })).toHaveLength(1);
  expect(await rows("owner", { day: "2026-10-11" })).toEqual([]);
});
