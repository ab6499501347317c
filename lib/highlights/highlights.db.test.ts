import { beforeAll, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { listHighlights } from "@/lib/highlights/service";
import { changeMember, readMember } from "@/lib/members/service";
import { changeOrganization, readOrganization } from "@/lib/organization/service";
import { cataloguedBooks, daysOf, importLogs } from "@/lib/testing/advice-books";
import { importFile } from "@/lib/testing/imports";
import { anActor, anOrganization } from "@/lib/testing/organization";

// What of all advice is worth most money, on 25 November 2026.

let ctx: Ctx;
let books: Awaited<ReturnType<typeof cataloguedBooks>>;
const TEAM = ["Ben", "Cem", "Dan", "Eve", "Fay"];
const HEADER =
  "Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost";
const CURSOR_DAY =
  "2026-11-20T10:00:00.000Z,ada@example.test,Included in Business,claude-4.5-sonnet,No,0,100,0,10,110,$0.10";

/** Five seats of Claude Team at 25.00, each used for 1.00 (50,000 tokens out at 20.00 a million) on 18 days of October. */
async function aTeamsBooks(): Promise<{ ctx: Ctx; books: typeof books }> {
  const owner = { ...(await anOrganization()), now: new Date("2026-11-25T12:00:00Z") };
  const made = await cataloguedBooks(owner, ["Ada", ...TEAM]);
  await made.contract({
    ...{ name: "Claude Team", provider: "Anthropic", plan: "Claude Team Standard" },
    ...{ teamId: made.teams.platform, seats: 5, unitPriceMinor: 2_500, holders: TEAM },
    startsOn: "2026-10-01",
  });
  for (const name of TEAM)
    await importLogs(owner, made.member(name), daysOf("2026-10", 18, { output: 50_000 }));
  return { ctx: owner, books: made };
}

beforeAll(async () => {
  ({ ctx, books } = await aTeamsBooks());
  const { teams, member, contract } = books;
  const { id, version } = await readMember(ctx, { id: member("Ada") });
  await changeMember(ctx, { id, version, email: "ada@example.test" });
  await contract({
    ...{ name: "Claude Max", provider: "Anthropic", plan: "Claude Max", teamId: teams.platform },
    ...{ seats: 1, unitPriceMinor: 10_000, holders: ["Ada"], startsOn: "2026-10-01" },
  });
  await importLogs(ctx, member("Ada"), daysOf("2026-10", 18, { output: 50_000 }));
  await contract({
    ...{ name: "Cursor Teams", provider: "Cursor", plan: "Cursor Teams Standard", teamId: teams.growth },
    ...{ seats: 3, unitPriceMinor: 4_000, holders: ["Ada"], startsOn: "2026-01-15" },
    ...{ renewsOn: "2027-01-15", noticeDays: 30 },
  });
  await importFile(ctx, "cursor.csv", `${HEADER}\n${CURSOR_DAY}\n`);
});

const told = async (who = ctx, limit = 3) =>
  (await listHighlights(who, { limit })).data.map(({ title, monthly }) => [title, monthly.minor]);

describe("what is worth most money", () => {
  test("is taken from every kind of advice, the largest first", async () => {
    expect(await told()).toEqual([
      // 100.00 for the seat, 18.00 on the API.
      ["Claude Max of Ada: move to API", 8_200],
      // Two seats at 40.00 that nobody holds.
      ["Cursor Teams (Cursor Teams Standard): 2 unassigned seats", 8_000],
      // Cursor's seat is for nothing that Claude's is not for.
      ["Overlapping seats: Ada", 4_000],
    ]);
    expect(await told(ctx, 1)).toHaveLength(1);
    // And the team's five: 25.00 for the seat, 18.00 on the API.
    expect((await told(ctx, 20)).slice(3)).toEqual(
      Array(5).fill([expect.stringMatching(/^Claude Team Standard of \w{3}: move to API$/), 700]),
    );
  });

  test("says why, until when, and where its evidence is", async () => {
    const [plan, idle] = (await listHighlights(ctx, { limit: 2 })).data;
    expect(plan).toMatchObject({
      kind: "plan",
      amount: "saving",
      text: "The seat costs 100.00 a month, the same use on the API would cost 18.00. That is less than any plan.",
      actBy: null,
      href: expect.stringContaining("/advice/break-even?who=members%3A"),
    });
    expect(idle).toMatchObject({
      ...{ kind: "idle_seats", amount: "cost" },
      actBy: "2026-12-16",
      href: expect.stringContaining("/advice/idle-seats?seats="),
    });
    expect(idle?.text).toContain("80.00 of it somebody else could have today.");
  });

  test("is somebody's own for a member, and of their teams for a lead", async () => {
    const member = await anActor(ctx, { roles: ["member"], memberId: books.member("Ben") });
    expect(await told({ ...member, now: ctx.now }, 20)).toEqual([
      ["Claude Team Standard of Ben: move to API", 700],
    ]);
    const lead = async (teamId: string) =>
      told({ ...(await anActor(ctx, { roles: ["lead"], ledTeamIds: [teamId] })), now: ctx.now });
    expect((await lead(books.teams.platform)).map(([title]) => title)).not.toContain(
      "Cursor Teams (Cursor Teams Standard): 2 unassigned seats",
    );
    expect(await lead(books.teams.growth)).toEqual([
      ["Cursor Teams (Cursor Teams Standard): 2 unassigned seats", 8_000],
    ]);
  });

  test("names contracts where the organization does not show people", async () => {
    const other = await aTeamsBooks();
    const { version } = await readOrganization(other.ctx);
    await changeOrganization(other.ctx, { version, personAnalysis: "off" });
    const [first, ...more] = (await listHighlights(other.ctx, { limit: 3 })).data;
    // Five times 7.00.
    expect(first).toMatchObject({
      title: "Claude Team: other plans would cost less",
      text: "Plans by verdict: 5 move to API.",
      monthly: { minor: 3_500, currency: "USD" },
    });
    expect(more).toEqual([]);
  });
});
