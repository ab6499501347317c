import { describe, expect, test } from "vitest";
import { memberInput } from "@/lib/members/schema";
import { createMember } from "@/lib/members/service";
import { teamInput } from "@/lib/teams/schema";
import { addLead, changeTeam, createTeam, listTeams, readTeam, removeLead } from "@/lib/teams/service";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

const PLATFORM = { name: "Platform", code: "CC-410" };
const PAGE = { limit: 50 };

describe("teams", () => {
  test("are listed in the order of entry, page after page", async () => {
    const ctx = await anOrganization();
    for (const name of ["Zeta", "Alpha", "Mid"]) await createTeam(ctx, { name, code: name });

    const first = await listTeams(ctx, { limit: 2 });
    expect(first.data.map(({ name }) => name)).toEqual(["Zeta", "Alpha"]);
    const second = await listTeams(ctx, { limit: 2, cursor: first.nextCursor ?? undefined });
    expect(second.data.map(({ name }) => name)).toEqual(["Mid"]);
    expect(second.nextCursor).toBeNull();
  });

  test("refuse a cursor that is not one of theirs", async () => {
    const ctx = await anOrganization();
    await expectRefusal(listTeams(ctx, { limit: 2, cursor: "'; --" }), "invalid_input", "cursor");
  });

  test.each([
    ["name", { name: "Platform", code: "other" }],
    ["code", { name: "Other", code: "CC-410" }],
  ])("refuse a taken %s, at its field", async (field, input) => {
    const ctx = await anOrganization();
    await createTeam(ctx, PLATFORM);
    await expectRefusal(createTeam(ctx, input), "name_taken", field);
  });

  test("may have the name of another organization's team", async () => {
    await createTeam(await anOrganization(), PLATFORM);
    await expect(createTeam(await anOrganization(), PLATFORM)).resolves.toMatchObject(PLATFORM);
  });

  test("change once per version that was read", async () => {
    const ctx = await anOrganization();
    const { id, version } = await createTeam(ctx, PLATFORM);
    const changed = await changeTeam(ctx, { id, version, name: "Core", archived: true });
    expect(changed).toMatchObject({ name: "Core", code: "CC-410", archived: true, version: version + 1 });
    await expectRefusal(changeTeam(ctx, { id, version, name: "Late" }), "stale_version");
  });

  test("stay out of the archive while somebody is in them", async () => {
    const ctx = await anOrganization();
    const { id, version } = await createTeam(ctx, PLATFORM);
    await createMember(ctx, memberInput.parse({ name: "Ada", teamId: id, startsOn: "2026-01-01" }));
    await expectRefusal(changeTeam(ctx, { id, version, archived: true }), "still_in_use");
  });

  test("are not there for another organization", async () => {
    const ctx = await anOrganization();
    const { id, version } = await createTeam(ctx, PLATFORM);
    const stranger = await anOrganization();
    await expectRefusal(readTeam(stranger, { id }), "not_found");
    await expectRefusal(changeTeam(stranger, { id, version, name: "Mine" }), "not_found");
    expect((await listTeams(stranger, PAGE)).data).toEqual([]);
    expect((await readTeam(ctx, { id })).name).toBe("Platform");
  });

  test("are read by every role and written by owner and finance", async () => {
    const owner = await anOrganization();
    await createTeam(await anActor(owner, { roles: ["finance"] }), PLATFORM);
    for (const role of ["lead", "member", "auditor"] as const) {
      const actor = await anActor(owner, { roles: [role] });
      expect((await listTeams(actor, PAGE)).data).toHaveLength(1);
      await expectRefusal(createTeam(actor, { name: role, code: role }), "forbidden");
    }
  });

  test("take no fields that nobody asked for", () => {
    expect(teamInput.safeParse({ ...PLATFORM, organizationId: "x" }).success).toBe(false);
    expect(teamInput.safeParse({ name: " ", code: "x" }).success).toBe(false);
    expect(teamInput.safeParse({ name: { not: "x" }, code: "x" }).success).toBe(false);
  });
});

describe("leads", () => {
  async function aTeamWithAda() {
    const ctx = await anOrganization();
    const team = await createTeam(ctx, PLATFORM);
    const ada = await createMember(ctx, memberInput.parse({ name: "Ada" }));
    return { ctx, team, ada };
  }

  test("lead from a day to a day", async () => {
    const { ctx, team, ada } = await aTeamWithAda();
    const { leads } = await addLead(ctx, {
      id: team.id,
      memberId: ada.id,
      startsOn: "2026-01-01",
      endsOn: null,
    });
    expect(leads).toMatchObject([{ member: { name: "Ada" }, startsOn: "2026-01-01", endsOn: null }]);

    const ended = await removeLead(ctx, { id: team.id, leadId: leads[0]!.id, endsOn: "2026-06-01" });
    expect(ended.leads).toMatchObject([{ endsOn: "2026-06-01" }]);
  });

  test("lead a team once at a time", async () => {
    const { ctx, team, ada } = await aTeamWithAda();
    const lead = { id: team.id, memberId: ada.id, startsOn: "2026-01-01", endsOn: null };
    await addLead(ctx, lead);
    await expectRefusal(addLead(ctx, { ...lead, startsOn: "2026-05-01" }), "membership_overlap");
  });

  test("cannot end before they began", async () => {
    const { ctx, team, ada } = await aTeamWithAda();
    const { leads } = await addLead(ctx, {
      id: team.id,
      memberId: ada.id,
      startsOn: "2026-05-01",
      endsOn: null,
    });
    await expectRefusal(
      removeLead(ctx, { id: team.id, leadId: leads[0]!.id, endsOn: "2026-04-01" }),
      "invalid_input",
    );
  });

  test("are members of the same organization", async () => {
    const { ctx, team } = await aTeamWithAda();
    const { ada: stranger } = await aTeamWithAda();
    await expectRefusal(
      addLead(ctx, { id: team.id, memberId: stranger.id, startsOn: "2026-01-01", endsOn: null }),
      "not_found",
    );
  });
});
