import { describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { memberInput } from "@/lib/members/schema";
import {
  addMembership,
  changeMember,
  createMember,
  listMembers,
  listMemberships,
  readMember,
} from "@/lib/members/service";
import { createTeam } from "@/lib/teams/service";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

const PAGE = { limit: 50 };

/** Platform with Ada, Growth with Grace, both since January. */
async function twoTeams() {
  const ctx = await anOrganization();
  const platform = await createTeam(ctx, { name: "Platform", code: "P" });
  const growth = await createTeam(ctx, { name: "Growth", code: "G" });
  const ada = await createMember(ctx, aMember({ name: "Ada", teamId: platform.id }));
  const grace = await createMember(ctx, aMember({ name: "Grace", teamId: growth.id }));
  return { ctx, platform, growth, ada, grace };
}

const aMember = (changes: object = {}) =>
  memberInput.parse({
    name: "Ada",
    ...("teamId" in changes && { startsOn: "2026-01-01" }),
    ...changes,
  });

const namesSeenBy = async (ctx: Ctx) => (await listMembers(ctx, PAGE)).data.map(({ name }) => name);

describe("members", () => {
  test("come with their team of today", async () => {
    const { ctx, platform } = await twoTeams();
    const { data } = await listMembers(ctx, PAGE);
    expect(data.map(({ name, team }) => [name, team?.name])).toEqual([
      ["Ada", "Platform"],
      ["Grace", "Growth"],
    ]);
    expect((await listMembers(ctx, { ...PAGE, teamId: platform.id })).data).toHaveLength(1);
  });

  test("keep kind, address and aliases as they were given", async () => {
    const ctx = await anOrganization();
    const input = aMember({ kind: "service", email: " CI@Example.Test ", aliases: ["ci-runner", "運行"] });
    expect(await createMember(ctx, input)).toMatchObject({
      kind: "service",
      email: "ci@example.test",
      aliases: ["ci-runner", "運行"],
      team: null,
    });
  });

  test("refuse an address that another one has, at its field", async () => {
    const ctx = await anOrganization();
    await createMember(ctx, aMember({ email: "ada@example.test" }));
    await expectRefusal(
      createMember(ctx, aMember({ name: "Ada II", email: "ADA@example.test" })),
      "name_taken",
      "email",
    );
  });

  test("change once per version that was read", async () => {
    const { ctx, ada } = await twoTeams();
    const { id, version } = ada;
    const changed = await changeMember(ctx, { id, version, name: "Ada L.", archived: true });
    expect(changed).toMatchObject({ name: "Ada L.", archived: true, version: version + 1 });
    await expectRefusal(changeMember(ctx, { id, version, name: "Late" }), "stale_version");
  });

  test("are not there for another organization, nor are its teams", async () => {
    const { ctx, ada, growth } = await twoTeams();
    const stranger = await anOrganization();
    await expectRefusal(readMember(stranger, { id: ada.id }), "not_found");
    await expectRefusal(changeMember(stranger, { id: ada.id, version: 1, name: "Mine" }), "not_found");
    await expectRefusal(listMemberships(stranger, { id: ada.id }), "not_found");
    await expectRefusal(createMember(stranger, aMember({ teamId: growth.id })), "not_found");
    expect(await namesSeenBy(stranger)).toEqual([]);
    expect((await readMember(ctx, { id: ada.id })).name).toBe("Ada");
  });

  test("name no team without its first day", () => {
    const withoutDay = memberInput.safeParse({ name: "Ada", teamId: "01a207b8-0000-7000-8000-000000000000" });
    expect(withoutDay.error?.issues[0]?.path).toEqual(["startsOn"]);
    expect(memberInput.safeParse({ name: "A\u0000da" }).success).toBe(false);
    expect(memberInput.safeParse({ name: "x".repeat(101) }).success).toBe(false);
    expect(memberInput.safeParse({ name: "Ada", role: "owner" }).success).toBe(false);
  });
});

describe("who sees and writes whom", () => {
  test("owner, finance and auditor see everybody", async () => {
    const { ctx } = await twoTeams();
    for (const role of ["finance", "auditor"] as const) {
      expect(await namesSeenBy(await anActor(ctx, { roles: [role] }))).toEqual(["Ada", "Grace"]);
    }
  });

  test("a lead sees and writes the members of their teams", async () => {
    const { ctx, platform, growth, ada, grace } = await twoTeams();
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [platform.id] });
    expect(await namesSeenBy(lead)).toEqual(["Ada"]);
    await expectRefusal(readMember(lead, { id: grace.id }), "not_found");
    await expectRefusal(changeMember(lead, { id: grace.id, version: 1, name: "x" }), "not_found");

    await changeMember(lead, { id: ada.id, version: ada.version, name: "Ada L." });
    await createMember(lead, aMember({ name: "Alan", teamId: platform.id }));
    await expectRefusal(createMember(lead, aMember({ name: "Alan", teamId: growth.id })), "forbidden");
    await expectRefusal(createMember(lead, aMember({ name: "Alan" })), "forbidden");
    await expectRefusal(
      addMembership(lead, { id: ada.id, teamId: growth.id, startsOn: "2026-11-01", endsOn: null }),
      "forbidden",
    );
  });

  test("a member sees themself and writes nobody", async () => {
    const { ctx, ada, grace } = await twoTeams();
    const member = await anActor(ctx, { roles: ["member"], memberId: ada.id });
    expect(await namesSeenBy(member)).toEqual(["Ada"]);
    expect((await listMemberships(member, { id: ada.id })).data).toHaveLength(1);
    await expectRefusal(readMember(member, { id: grace.id }), "not_found");
    await expectRefusal(changeMember(member, { id: ada.id, version: 1, name: "x" }), "forbidden");
    await expectRefusal(createMember(member, aMember()), "forbidden");
  });

  test("an auditor writes nobody", async () => {
    const { ctx, ada, growth } = await twoTeams();
    const auditor = await anActor(ctx, { roles: ["auditor"] });
    await expectRefusal(createMember(auditor, aMember()), "forbidden");
    await expectRefusal(
      addMembership(auditor, { id: ada.id, teamId: growth.id, startsOn: "2026-11-01", endsOn: null }),
      "forbidden",
    );
  });
});

describe("moving to another team", () => {
  const daysOf = async (ctx: Ctx, id: string) =>
    (await listMemberships(ctx, { id })).data.map(({ team, startsOn, endsOn }) => [
      team.name,
      startsOn,
      endsOn,
    ]);

  test("ends the team of that day and begins the other", async () => {
    const { ctx, ada, growth } = await twoTeams();
    const moved = await addMembership(ctx, {
      id: ada.id,
      teamId: growth.id,
      startsOn: "2026-10-11",
      endsOn: null,
    });
    expect(moved.team?.name).toBe("Growth");
    expect(await daysOf(ctx, ada.id)).toEqual([
      ["Platform", "2026-01-01", "2026-10-11"],
      ["Growth", "2026-10-11", null],
    ]);
  });

  test("from a day to come leaves today's team", async () => {
    const { ctx, ada, growth } = await twoTeams();
    const move = { id: ada.id, teamId: growth.id, startsOn: "2027-01-01", endsOn: null };
    expect((await addMembership(ctx, move)).team?.name).toBe("Platform");
  });

  test("on the day on which a team began takes its place", async () => {
    const { ctx, ada, growth } = await twoTeams();
    await addMembership(ctx, { id: ada.id, teamId: growth.id, startsOn: "2026-01-01", endsOn: null });
    expect(await daysOf(ctx, ada.id)).toEqual([["Growth", "2026-01-01", null]]);
  });

  test("is refused where a later move is entered already", async () => {
    const { ctx, ada, platform, growth } = await twoTeams();
    await addMembership(ctx, { id: ada.id, teamId: growth.id, startsOn: "2026-10-11", endsOn: null });
    await expectRefusal(
      addMembership(ctx, { id: ada.id, teamId: platform.id, startsOn: "2026-06-01", endsOn: null }),
      "membership_overlap",
    );
    expect(await daysOf(ctx, ada.id)).toHaveLength(2);
  });

  test("names a member and a team of the same organization", async () => {
    const { ctx, ada } = await twoTeams();
    const { growth, grace } = await twoTeams();
    const days = { startsOn: "2026-10-11", endsOn: null };
    await expectRefusal(addMembership(ctx, { id: ada.id, teamId: growth.id, ...days }), "not_found");
    await expectRefusal(addMembership(ctx, { id: grace.id, teamId: ada.team!.id, ...days }), "not_found");
    expect(await daysOf(ctx, ada.id)).toEqual([["Platform", "2026-01-01", null]]);
  });
});
