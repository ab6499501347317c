import { beforeAll, describe, expect, test } from "vitest";

import { reassignSeat } from "@/lib/assignments/reassign";
import type { Ctx } from "@/lib/auth/ctx";
import type { PersonAnalysis } from "@/lib/domain/person-analysis";
import { planReduction } from "@/lib/idle-seats/reduction";
import { idleFilter } from "@/lib/idle-seats/schema";
import { listIdleSeats } from "@/lib/idle-seats/service";
import { createLeave, deleteLeave, listLeaves } from "@/lib/leaves/service";
import { changeMember, createMember, readMember } from "@/lib/members/service";
import { changeOrganization, readOrganization } from "@/lib/organization/service";
import { listSubscriptions, readSubscription } from "@/lib/subscriptions/service";
import { cataloguedBooks } from "@/lib/testing/advice-books";
import { importFile } from "@/lib/testing/imports";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// Seats without use, from the provider's export to a smaller renewal, on 25 November 2026.

let ctx: Ctx;
let books: Awaited<ReturnType<typeof cataloguedBooks>>;

const HEADER =
  "Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost";
const used = (day: string, name: string) =>
  `${day}T10:00:00.000Z,${name.toLowerCase()}@example.test,Included in Business,claude-4.5-sonnet,No,0,100,0,10,110,$0.10`;
const NAMES = ["Ada", "Ben", "Cem", "Dan", "Eve"];

beforeAll(async () => {
  ctx = { ...(await anOrganization()), now: new Date("2026-11-25T12:00:00Z") };
  books = await cataloguedBooks(ctx, NAMES);
  const { teams, contract, member } = books;
  for (const name of NAMES) {
    const { id, version } = await readMember(ctx, { id: member(name) });
    await changeMember(ctx, { id, version, email: `${name.toLowerCase()}@example.test` });
  }
  // Eight seats at 40.00; 5 x 40.00 are held. It renews on 15 January 2027 with 30 days' notice, so by 16 December.
  await contract({
    ...{ name: "Cursor Teams", provider: "Cursor", plan: "Cursor Teams Standard", teamId: teams.platform },
    ...{ seats: 8, unitPriceMinor: 4_000, holders: NAMES, startsOn: "2026-01-15" },
    ...{ renewsOn: "2027-01-15", noticeDays: 30 },
  });
  // Nobody tells of everybody's use of Claude.
  await contract({
    ...{ name: "Claude Team", provider: "Anthropic", plan: "Claude Team Standard", teamId: teams.growth },
    ...{ seats: 5, unitPriceMinor: 24_000, interval: "year", holders: ["Ada", "Ben", "Cem"] },
    startsOn: "2026-03-08",
  });
  await importFile(
    ctx,
    "cursor.csv",
    // Ada uses it, Ben did until 20 October; of the others there is nothing.
    `${[HEADER, used("2026-11-20", "Ada"), used("2026-10-20", "Ben"), used("2026-11-23", "Ada")].join("\n")}\n`,
  );
});

const list = (who = ctx, days = 30) => listIdleSeats(who, idleFilter.parse({ days }));
const row = async (name: string, who = ctx, days = 30) =>
  (await list(who, days)).data.find(({ subscription }) => subscription.name === name);
const statesOf = async (name: string) =>
  (await row(name))?.seats.map(({ member, state, lastUsedOn }) => [member.name, state, lastUsedOn]);

describe("idle seats", () => {
  test("are told by the export of everybody's use, with the last day to act", async () => {
    expect(await row("Cursor Teams")).toMatchObject({
      ...{ bought: 8, held: 5, idle: 4, unassigned: 3, unknown: 0 },
      ...{ price: { minor: 4_000 }, exposed: { minor: 28_000 }, reassignable: { minor: 28_000 } },
      ...{ reducible: { minor: 28_000 }, reducibleSeats: 7 },
      ...{
        renewsOn: "2027-01-15",
        actBy: "2026-12-16",
        renewalPrice: { minor: 4_000 },
        knownUntil: "2026-11-23",
      },
    });
    expect(await statesOf("Cursor Teams")).toEqual([
      ["Ben", "idle", "2026-10-20"],
      ["Cem", "idle", null],
      ["Dan", "idle", null],
      ["Eve", "idle", null],
    ]);
    // Within 60 days Ben's is used.
    expect(await row("Cursor Teams", ctx, 60)).toMatchObject({ idle: 3 });
  });

  test("are not made of silence: of whose use nobody tells, it is not known", async () => {
    // Five seats at 240.00 a year are 20.00 a month; two are unassigned, and the minimum is five.
    expect(await row("Claude Team")).toMatchObject({
      ...{ idle: 0, unknown: 3, unassigned: 2, knownUntil: null },
      ...{ exposed: { minor: 4_000 }, reducible: { minor: 0 }, actBy: "2027-03-07" },
    });
    expect(await list()).toMatchObject({
      ...{ exposed: { minor: 32_000 }, reassignable: { minor: 32_000 }, reducible: { minor: 28_000 } },
      ...{ unknown: { minor: 6_000 }, unknownSeats: 3 },
    });
  });

  test("are of a lead's own contracts, and not for members", async () => {
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
    expect((await list(lead)).data.map(({ subscription }) => subscription.name)).toEqual(["Cursor Teams"]);
    // Of people of another team they do not see the use: those are not known, not idle.
    const other = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
    expect(await row("Claude Team", other)).toMatchObject({ unknown: 3, idle: 0 });
    await expectRefusal(list(await anActor(ctx, { roles: ["member"] })), "forbidden");
  });

  test("do not name anybody where people are not shown, nor tell of few", async () => {
    const choose = async (personAnalysis: PersonAnalysis, minimumGroupSize: number) => {
      const { version } = await readOrganization(ctx);
      await changeOrganization(ctx, { version, personAnalysis, minimumGroupSize });
    };
    await choose("pseudonymous", 3);
    expect(await row("Cursor Teams")).toMatchObject({ idle: 4, exposed: { minor: 28_000 }, seats: [] });
    await choose("off", 5);
    expect(await row("Claude Team")).toMatchObject({
      ...{ idle: null, unknown: null, unassigned: 2, seats: [], reducible: null },
      exposed: { minor: 4_000 },
    });
    await choose("on", 5);
  });
});

describe("what is done about them", () => {
  test("a leave exempts a seat until it is over or taken back", async () => {
    const id = books.member("Dan");
    const leave = await createLeave(ctx, { id, startsOn: "2026-11-01", endsOn: "2027-02-01" });
    expect(await row("Cursor Teams")).toMatchObject({ idle: 3, exposed: { minor: 24_000 } });
    expect(await statesOf("Cursor Teams")).toContainEqual(["Dan", "on_leave", null]);
    expect((await listLeaves(ctx, { id })).data).toEqual([leave]);
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
    await expectRefusal(createLeave(lead, { id, startsOn: "2026-11-01", endsOn: null }), "not_found");
    await deleteLeave(ctx, { id, leaveId: leave.id });
    expect(await row("Cursor Teams")).toMatchObject({ idle: 4 });
    await expectRefusal(deleteLeave(ctx, { id, leaveId: leave.id }), "not_found");
  });

  test("a seat passes to somebody else, who is new to it", async () => {
    const { id: gus } = await createMember(ctx, {
      ...{ name: "Gus", kind: "person", email: null, aliases: [] },
      ...{ teamId: books.teams.platform, startsOn: "2026-01-01" },
    });
    const seat = (await row("Cursor Teams"))?.seats.find(({ member }) => member.name === "Eve");
    const asked = { id: seat?.assignmentId ?? "", version: seat?.version ?? 0, startsOn: "2026-11-25" };
    await expectRefusal(reassignSeat(ctx, { ...asked, memberId: books.member("Ada") }), "assignment_overlap");
    const made = await reassignSeat(ctx, { ...asked, memberId: gus });
    expect(made).toMatchObject({ member: { name: "Gus" }, startsOn: "2026-11-25", endsOn: null });
    expect(await row("Cursor Teams")).toMatchObject({ held: 5, idle: 3 });
    expect(await statesOf("Cursor Teams")).toContainEqual(["Gus", "joined", null]);
  });

  test("a smaller renewal ends the seats that are not wanted, all or nothing", async () => {
    const found = await row("Cursor Teams");
    const [subscriptionId, planId] = [found?.subscription.id ?? "", found?.plan.id ?? ""];
    const input = {
      subscriptionId,
      planId,
      startsOn: "2027-01-15",
      unitPrice: { minor: 4_000, currency: "USD" },
    };
    const idle =
      found?.seats.filter(({ state }) => state === "idle").map(({ assignmentId }) => assignmentId) ?? [];
    await expectRefusal(
      planReduction(ctx, { ...input, seats: 2, endAssignmentIds: idle.slice(0, 2) }),
      "seats_exceeded",
    );
    expect((await readSubscription(ctx, { id: subscriptionId })).terms).toHaveLength(1);

    const planned = await planReduction(ctx, { ...input, seats: 2, endAssignmentIds: idle });
    expect(planned.terms.map(({ startsOn, seats }) => [startsOn, seats])).toEqual([
      ["2026-01-15", 8],
      ["2027-01-15", 2],
    ]);
    const then = (await listSubscriptions(ctx, { limit: 50, on: "2027-01-15" })).data;
    expect(then.find(({ id }) => id === subscriptionId)?.plans).toMatchObject([{ seats: 2, held: 2 }]);
    // Once more with another number changes that term.
    expect((await planReduction(ctx, { ...input, seats: 3, endAssignmentIds: [] })).terms).toHaveLength(2);
    const foreign = { ...input, planId: books.plan("Cursor Teams Premium"), seats: 1, endAssignmentIds: [] };
    await expectRefusal(planReduction(ctx, foreign), "not_found");
  });
});
