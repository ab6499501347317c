import { describe, expect, test } from "vitest";

import { assignmentFilter } from "@/lib/assignments/schema";
import { changeAssignment, listAssignments } from "@/lib/assignments/service";
import type { Ctx } from "@/lib/auth/ctx";
import type { PersonFact } from "@/lib/connectors/connector";
import { TEMPLATES } from "@/lib/connectors/templates";
import { type Db, write, writeLong } from "@/lib/db/client";
import { enterPeople } from "@/lib/imports/enter-people";
import type { Created } from "@/lib/imports/entered";
import { undoEntered } from "@/lib/imports/undo-entered";
import { rebuildLedger } from "@/lib/ledger/repost";
import { mergeMembers } from "@/lib/members/merging";
import { memberFilter } from "@/lib/members/schema";
import { changeMember, createMember, listMembers, listMemberships } from "@/lib/members/service";
import { someBooks } from "@/lib/testing/books";
import { factsOf, ledgerText, preview } from "@/lib/testing/entering";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

const HEADER = "name,email,team,member_since,subscription,plan,seat_from,seat_until";
const DEE = "Dee,dee@example.com,Growth,2026-03-01,Claude Team,Team Standard,2026-10-01,";

async function books() {
  const ctx = await anOrganization();
  return { ctx, books: await someBooks(ctx) };
}

async function people(...rows: string[]): Promise<PersonFact[]> {
  const { facts, errors } = await factsOf([HEADER, ...rows].join("\n"));
  expect(errors).toEqual([]);
  return facts as PersonFact[];
}

const enter = async (ctx: Ctx, ...rows: string[]) => {
  const facts = await people(...rows);
  return await write(ctx, (db: Db) => enterPeople(db, ctx, facts));
};
const undo = (ctx: Ctx, created: readonly Created[]) => write(ctx, (db) => undoEntered(db, ctx, created));

const seatsOf = async (ctx: Ctx) =>
  (await listAssignments(ctx, assignmentFilter.parse({ limit: 200 }))).data.map(
    ({ member, plan, startsOn, endsOn }) => [member.name, plan.name, startsOn, endsOn],
  );
const membersOf = async (ctx: Ctx) =>
  (await listMembers(ctx, memberFilter.parse({ limit: 200 }))).data.map(({ name, email, team }) => [
    name,
    email,
    team?.name ?? null,
  ]);
const kinds = (created: readonly Created[]) => created.map(({ kind }) => kind);
const counts = { newRows: 0, changedRows: 0, unchangedRows: 0, errors: [] };

describe("people and seats of a file", () => {
  test("find whom somebody was merged into, and are not undone over it", async () => {
    const { ctx, books: made } = await books();
    const { created } = await enter(ctx, "Dee,dee@example.com,Growth,2026-03-01,,,,");
    const { data } = await listMembers(ctx, memberFilter.parse({ limit: 200 }));
    const { id, version } = data.find(({ name }) => name === "Dee")!;
    await mergeMembers(ctx, { id, version, intoMemberId: made.members.cem });
    await expectRefusal(undo(ctx, created), "still_in_use");
    expect(kinds((await enter(ctx, DEE)).created)).toEqual(["assignment"]);
    expect(await seatsOf(ctx)).toContainEqual(["Cem", "Team Standard", "2026-10-01", null]);
    expect(await membersOf(ctx)).toContainEqual(["Cem", "dee@example.com", "Growth"]);
  });

  test("are entered, and what they cost is posted", async () => {
    const { ctx } = await books();
    const report = await enter(ctx, DEE, "Eve,,platform,,,,,");
    expect(report).toMatchObject({ ...counts, newRows: 2 });
    expect(kinds(report.created)).toEqual([
      "member",
      "member",
      "team_membership",
      "team_membership",
      "assignment",
    ]);
    expect(await membersOf(ctx)).toEqual([
      ["Ada", null, "Platform"],
      ["Ben", null, "Platform"],
      ["Cem", null, "Growth"],
      ["Dee", "dee@example.com", "Growth"],
      ["Eve", null, "Platform"],
    ]);
    expect(await seatsOf(ctx)).toContainEqual(["Dee", "Team Standard", "2026-10-01", null]);
    const posted = await ledgerText(ctx);
    expect(
      posted.some((entry) => entry.includes('"month":"2026-10"') && entry.includes('"unassigned":true')),
    ).toBe(true);
    await rebuildLedger(ctx);
    const withoutTotalsIds = await ledgerText(ctx);
    expect(withoutTotalsIds).toEqual(posted);
  });

  test("change nothing a second time", async () => {
    const { ctx } = await books();
    await enter(ctx, DEE, "Ada,,Platform,,Claude Team,,,");
    const before = [await membersOf(ctx), await seatsOf(ctx), await ledgerText(ctx)];
    const again = await enter(ctx, DEE, "Ada,,Platform,,Claude Team,,,");
    expect(again).toEqual({ ...counts, unchangedRows: 2, created: [] });
    expect([await membersOf(ctx), await seatsOf(ctx), await ledgerText(ctx)]).toEqual(before);
  });

  test("of our own template are taken where its names exist", async () => {
    const { ctx } = await books();
    const { facts } = await factsOf(TEMPLATES["people-and-seats.csv"]);
    const report = await writeLong(ctx, (db) => enterPeople(db, ctx, facts as PersonFact[]));
    // Seats can be counted from the first day of the contract; Ada Example is not Ada.
    expect(report).toMatchObject({ ...counts, newRows: 2 });
  });

  test("are previewed without a trace", async () => {
    const { ctx } = await books();
    const before = [await membersOf(ctx), await ledgerText(ctx)];
    const facts = await people(DEE);
    expect(await preview(ctx, (db) => enterPeople(db, ctx, facts))).toMatchObject({ ...counts, newRows: 1 });
    expect([await membersOf(ctx), await ledgerText(ctx)]).toEqual(before);
  });

  test("may hold several seats and teams on several rows", async () => {
    const { ctx } = await books();
    const rows = [
      "Dee,dee@example.com,Platform,2026-01-01,Claude Team,Team Standard,2026-10-01,2026-10-31",
      "Dee,dee@example.com,Growth,2026-06-01,Claude Team,Team Standard,2026-11-10,",
    ];
    expect(await enter(ctx, ...rows)).toMatchObject({ ...counts, newRows: 2 });
    expect(await enter(ctx, ...rows)).toMatchObject({ ...counts, unchangedRows: 2 });
    expect(await membersOf(ctx)).toContainEqual(["Dee", "dee@example.com", "Growth"]);
    expect((await seatsOf(ctx)).filter(([name]) => name === "Dee")).toEqual([
      ["Dee", "Team Standard", "2026-10-01", "2026-11-01"],
      ["Dee", "Team Standard", "2026-11-10", null],
    ]);
  });

  test("move to another team, and a seat ends", async () => {
    const { ctx, books: b } = await books();
    const report = await enter(ctx, "ADA,,Growth,2026-11-01,Claude Team,Team Standard,2026-10-01,2026-11-15");
    expect(report).toMatchObject({ ...counts, changedRows: 1 });
    expect(kinds(report.created)).toEqual(["team_membership"]);
    expect(await seatsOf(ctx)).toContainEqual(["Ada", "Team Standard", "2026-10-01", "2026-11-16"]);
    const days = (await listMemberships(ctx, { id: b.members.ada })).data;
    expect(days.map(({ team, startsOn, endsOn }) => [team.name, startsOn, endsOn])).toEqual([
      ["Platform", "2026-01-01", "2026-11-01"],
      ["Growth", "2026-11-01", null],
    ]);
  });

  test("of two thousand rows are entered at once", { timeout: 60_000 }, async () => {
    const { ctx } = await books();
    const rows = Array.from(
      { length: 2_000 },
      (_, i) => `Person ${i},p${i}@example.com,Growth,2026-03-01,,,,`,
    );
    expect(await enter(ctx, ...rows)).toMatchObject({ ...counts, newRows: 2_000 });
  });
});

describe("a row at fault", () => {
  test.each([
    { row: "Dee,,Sales,,,,,", column: "team", says: 'no team called "Sales"' },
    { row: "Dee,,Growth,,Copilot,,,", column: "subscription", says: 'no subscription called "Copilot"' },
    { row: "Dee,,Growth,,Claude Team,Premium,,", column: "plan", says: 'called "Premium"' },
    { row: "Ada,,Growth,2025-06-01,,,,", column: "member_since", says: "Use a later day" },
    { row: "Ada,,,,Claude Team,,2026-10-05,", column: "seat_from", says: "already held from 2026-10-01" },
    { row: "Cem,,,,Claude Team,,2026-09-01,", column: "seat_from", says: "Buy more seats" },
  ])("says at $column what to do: $says", async ({ row, column, says }) => {
    const { ctx } = await books();
    const before = [await membersOf(ctx), await seatsOf(ctx), await ledgerText(ctx)];
    const report = await enter(ctx, "Fay,,Growth,,,,,", row);
    expect(report.errors).toEqual([{ line: 3, column, message: expect.stringContaining(says) }]);
    expect(report.created).toEqual([]);
    expect([await membersOf(ctx), await seatsOf(ctx), await ledgerText(ctx)]).toEqual(before);
  });

  test("is the first seat that is one too many", async () => {
    const { ctx } = await books();
    const rows = Array.from({ length: 5 }, (_, i) => `Person ${i},,Growth,,Claude Team,,2026-10-01,`);
    const { errors } = await enter(ctx, ...rows);
    expect(errors).toEqual([
      {
        line: 5,
        column: "seat_from",
        message: expect.stringContaining("7 would hold a seat, but 5 are bought"),
      },
    ]);
  });

  test("guesses nobody", async () => {
    const { ctx, books: b } = await books();
    const more = { kind: "person" as const, aliases: ["Ada"], teamId: null, startsOn: null };
    const grace = await createMember(ctx, { ...more, name: "Grace", email: "grace@example.com" });
    expect((await enter(ctx, "Ada,,Growth,,,,,")).errors).toMatchObject([{ column: "name" }]);
    expect((await enter(ctx, "Grace,other@example.com,Growth,,,,,")).errors).toMatchObject([
      { column: "email", message: expect.stringContaining("another e-mail address") },
    ]);
    await changeMember(ctx, { id: grace.id, version: grace.version, archived: true });
    expect((await enter(ctx, "Grace,grace@example.com,,,,,,")).errors).toMatchObject([
      { column: "email", message: expect.stringContaining("archived") },
    ]);
    expect(b.members.ada).toBeDefined();
  });

  test("names what only another organization has", async () => {
    const { ctx } = await books();
    const stranger = await anOrganization();
    const { errors } = await enter(stranger, "Ada,,Platform,,,,,", "Ada,,,,Claude Team,,,");
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [2, "team"],
      [3, "subscription"],
    ]);
    expect(await membersOf(ctx)).toHaveLength(3);
  });

  test("is of a team that the actor does not lead", async () => {
    const { ctx, books: b } = await books();
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [b.teams.growth] });
    const { errors } = await enter(
      lead,
      "Dee,,Platform,,,,,",
      "Eve,,,,,,,",
      "Ada,,Growth,,,,,",
      "Cem,,,,Claude Team,,,",
    );
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [2, "team"],
      [3, "team"],
      [4, "team"],
      [5, "subscription"],
    ]);
  });
});

describe("undoing", () => {
  test("gives back the ledger byte for byte, and the people and seats as they were", async () => {
    const { ctx, books: b } = await books();
    const state = async () => [
      await membersOf(ctx),
      await seatsOf(ctx),
      (await listMemberships(ctx, { id: b.members.ada })).data,
      await ledgerText(ctx),
    ];
    const before = await state();
    const { created } = await enter(
      ctx,
      DEE,
      "Ada,,Growth,2026-01-01,,,,",
      "Cem,,Platform,2026-11-01,Claude Team,,2026-11-01,",
    );
    expect(await state()).not.toEqual(before);
    await undo(ctx, JSON.parse(JSON.stringify(created)) as Created[]);
    expect(await state()).toEqual(before);
    await undo(ctx, created);
    expect(await state()).toEqual(before);
  });

  test("is refused for what was changed or used since, and says for what", async () => {
    const { ctx } = await books();
    const { created } = await enter(ctx, DEE);
    const seat = (await listAssignments(ctx, assignmentFilter.parse({ limit: 200 }))).data.find(
      ({ member }) => member.name === "Dee",
    )!;
    await changeAssignment(ctx, { id: seat.id, version: seat.version, endsOn: "2026-12-01" });
    await expect(undo(ctx, created)).rejects.toMatchObject({
      code: "still_in_use",
      message: expect.stringContaining("The seat of Dee"),
    });
    const other = await enter(ctx, "Eve,eve@example.com,Growth,,,,,");
    await enter(ctx, "Eve,eve@example.com,,,Claude Team,,,");
    await expectRefusal(undo(ctx, other.created), "still_in_use");
  });

  test("does not reach another organization", async () => {
    const { ctx } = await books();
    const { created } = await enter(ctx, DEE);
    const before = await membersOf(ctx);
    await undo(await anOrganization(), created);
    expect(await membersOf(ctx)).toEqual(before);
  });
});
