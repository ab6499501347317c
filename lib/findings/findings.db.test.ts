import { beforeAll, describe, expect, test } from "vitest";

import { classify, createAccount } from "@/lib/accounts/service";
import { changeAssignment, readAssignment } from "@/lib/assignments/service";
import type { Ctx } from "@/lib/auth/ctx";
import { changeFindingRules, readFindingRules } from "@/lib/findings/rules";
import { type Finding, findingChange, findingFilter, ruleChange } from "@/lib/findings/schema";
import { changeFinding, listFindings, topFindings } from "@/lib/findings/service";
import { matchIdentity } from "@/lib/identities/service";
import { changeOrganization, readOrganization } from "@/lib/organization/service";
import { addLead } from "@/lib/teams/service";
import { cataloguedBooks } from "@/lib/testing/advice-books";
import { importFile } from "@/lib/testing/imports";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser } from "@/lib/testing/tenant-tables";

// What the rules find in books with a seat behind a service, two seats of one person, and a production key that somebody
// uses, on 25 November 2026; from the provider's export to what is said of it.

let ctx: Ctx;
let books: Awaited<ReturnType<typeof cataloguedBooks>>;
let prod: string;

const COST = "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type";
const row = (day: string, key: string, cost: string) =>
  `${day},Claude Opus 4.5,prod,${key},message,,output,${cost},token`;

const share = (purpose: "product_running" | "developer_leverage", teamId: string) => ({
  ...{ purpose, basisPoints: 10_000, productId: null, teamId, memberId: null },
});

beforeAll(async () => {
  ctx = { ...(await anOrganization()), now: new Date("2026-11-25T12:00:00Z") };
  books = await cataloguedBooks(ctx, ["Ada", "Ben", "Runner"]);
  const { teams, contract, member } = books;
  await asSuperuser((client) =>
    client.query("UPDATE member SET kind = 'service' WHERE id = $1", [member("Runner")]),
  );
  await addLead(ctx, { id: teams.growth, memberId: member("Ben"), startsOn: "2026-01-01", endsOn: null });
  await contract({
    ...{ name: "Claude Team", provider: "Anthropic", plan: "Claude Team Standard", teamId: teams.platform },
    ...{ seats: 5, unitPriceMinor: 2_500, holders: ["Ada", "Runner"] },
  });
  await contract({
    ...{ name: "Cursor Teams", provider: "Cursor", plan: "Cursor Teams Standard", teamId: teams.platform },
    ...{ seats: 3, unitPriceMinor: 4_000, holders: ["Ada", "Ben"] },
  });
  const blank = { externalId: null, toolId: null, monthlySpendLimit: null, startsOn: null, endsOn: null };
  const organization = { ...blank, serviceProviderId: books.provider("Anthropic"), classification: null };
  const { id: parentId } = await createAccount(ctx, {
    ...{ ...organization, parentId: null, kind: "organization", name: "Anthropic API" },
  });
  prod = (await createAccount(ctx, { ...organization, parentId, kind: "workspace", name: "prod" })).id;
  await classify(ctx, {
    ...{ id: prod, startsOn: "2026-01-01", shares: [share("product_running", teams.growth)] },
  });
  await importFile(
    ctx,
    "cost.csv",
    `${[COST, row("2026-10-05", "by hand", "30.00"), row("2026-10-06", "by hand", "12.50"), row("2026-10-06", "app", "99.00")].join("\n")}\n`,
  );
  const { rows } = await asSuperuser((client) =>
    client.query<{ id: string }>("SELECT id FROM identity WHERE organization_id = $1 AND name = 'by hand'", [
      ctx.organization.id,
    ]),
  );
  // The key "by hand" is Ada's use of the production workspace.
  await matchIdentity(ctx, {
    ...{ id: rows[0]?.id ?? "", memberId: member("Ada"), apiAccountId: prod, startsOn: null },
  });
});

const list = (who = ctx, filter: object = {}) => listFindings(who, findingFilter.parse(filter));
const open = async (who = ctx) => (await list(who, { status: "open" })).data;
const told = (findings: readonly Finding[]) =>
  findings.map(({ rule, amount }) => [rule, amount.minor] as const);
const of = async (rule: string, who = ctx): Promise<Finding> => {
  const found = (await list(who)).data.find((finding) => finding.rule === rule);
  if (!found) throw new Error(`nothing found by ${rule}`);
  return found;
};
const say = async (rule: string, said: object, who = ctx) => {
  const { id, version } = await of(rule);
  return await changeFinding(who, findingChange.parse({ id, version, ownerId: null, ...said }));
};

describe("findings", () => {
  test("are listed with the rows that prove them, the most money first", async () => {
    const found = await list();
    // Ada's use of the key 42.50; of Cursor 40.00 and Claude 25.00 the first is covered; the seat behind the service 25.00.
    expect(told(found.data)).toEqual([
      ["production_key", 4_250],
      ["overlapping_seats", 4_000],
      ["seat_behind_service", 2_500],
    ]);
    expect(found.open).toEqual({ count: 3, amount: { minor: 10_750, currency: "USD" } });
    const [key, overlap, seat] = found.data;
    expect(key).toMatchObject({
      ...{ account: { name: "prod" }, member: null, team: { name: "Growth" }, owner: { name: "Ben" } },
      evidence: [
        {
          kind: "account",
          account: { id: prod, name: "prod" },
          since: "2026-01-01",
          purpose: "product_running",
        },
        { kind: "use", member: { name: "Ada" }, month: "2026-10", days: 2, amount: { minor: 4_250 } },
      ],
    });
    expect(overlap).toMatchObject({
      ...{ member: { name: "Ada" }, team: { name: "Platform" }, owner: null },
      evidence: [
        { kind: "seat", subscription: { name: "Cursor Teams" }, covered: true },
        { kind: "seat", subscription: { name: "Claude Team" }, covered: false },
      ],
    });
    expect(seat).toMatchObject({ member: { name: "Runner" }, firstSeenOn: "2026-11-25" });
    expect(told(await topFindings(ctx, 2))).toEqual(told(found.data.slice(0, 2)));
  });

  test("are of a lead's own teams, and of everybody's own plans", async () => {
    const growth = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
    const [found, ...others] = await open(growth);
    expect([found?.rule, others]).toEqual(["production_key", []]);
    // Of Platform's people they do not see who.
    expect(found?.evidence[1]).toMatchObject({ kind: "use", member: null, amount: { minor: 4_250 } });
    const ada = await anActor(ctx, { roles: ["member"], memberId: books.member("Ada") });
    expect(told(await open(ada))).toEqual([["overlapping_seats", 4_000]]);
    expect((await open(ada))[0]).toMatchObject({ mayChange: false });
    const ben = await anActor(ctx, { roles: ["member"], memberId: books.member("Ben") });
    expect(await list(ben)).toMatchObject({ open: { count: 0 }, data: [] });
    expect((await open(await anActor(ctx, { roles: ["auditor"] })))[0]).toMatchObject({ mayChange: false });
  });

  test("of what one person used are not made where the organization does not look at that", async () => {
    const choose = async (personAnalysis: "on" | "off") => {
      const { version } = await readOrganization(ctx);
      await changeOrganization(ctx, { version, personAnalysis });
    };
    await choose("off");
    expect(told(await open())).toEqual([
      ["overlapping_seats", 4_000],
      ["seat_behind_service", 2_500],
    ]);
    expect(await of("production_key")).toMatchObject({ status: "gone" });
    await choose("on");
    expect(await of("production_key")).toMatchObject({ status: "open" });
  });
});

describe("what is said of a finding", () => {
  test("is that it is accepted, with a reason; it is not raised again below twice the amount", async () => {
    const { id, version } = await of("production_key");
    expect(
      findingChange.safeParse({ id, version, status: "accepted", reason: " ", ownerId: null }).error?.issues,
    ).toMatchObject([{ path: ["reason"] }]);
    const said = { status: "accepted", reason: "A migration until December." };
    expect(await say("production_key", said)).toMatchObject({
      ...{ status: "accepted", acceptedAmount: { minor: 4_250 }, reason: "A migration until December." },
    });
    const moreUse = (cost: string) =>
      importFile(ctx, `${cost}.csv`, `${COST}\n${row("2026-10-08", "by hand", cost)}\n`);
    await moreUse("42.49");
    expect(await of("production_key")).toMatchObject({ status: "accepted", amount: { minor: 8_499 } });
    await moreUse("42.50");
    expect(await of("production_key")).toMatchObject({
      ...{ status: "open", amount: { minor: 8_500 }, acceptedAmount: null },
    });
  });

  test("is that it is fixed, until there is evidence of a later day", async () => {
    await say("seat_behind_service", { status: "fixed" });
    expect(await of("seat_behind_service")).toMatchObject({ status: "fixed", fixedOn: "2026-11-25" });
    const tomorrow = { ...ctx, now: new Date("2026-11-26T12:00:00Z") };
    expect(await of("seat_behind_service", tomorrow)).toMatchObject({ status: "open", fixedOn: null });
  });

  test("is nothing once it is gone by itself", async () => {
    const { evidence } = await of("seat_behind_service");
    const [proof] = evidence;
    if (proof?.kind !== "seat") throw new Error("a seat proves it");
    const { id, version } = await readAssignment(ctx, { id: proof.assignmentId });
    await changeAssignment(ctx, { id, version, endsOn: "2026-11-25" });
    expect(await of("seat_behind_service")).toMatchObject({ status: "gone" });
    await expectRefusal(say("seat_behind_service", { status: "fixed" }), "invalid_input");
  });

  test("is who sees to it, and not for everybody to say", async () => {
    const finding = await say("overlapping_seats", { status: "open", ownerId: books.member("Ben") });
    expect(finding).toMatchObject({ owner: { name: "Ben" } });
    await expectRefusal(
      say("overlapping_seats", { status: "open", ownerId: books.member("Runner") }),
      "invalid_input",
    );
    const lead = await anActor(ctx, {
      ...{ roles: ["lead"], ledTeamIds: [books.teams.growth], memberId: books.member("Ada") },
    });
    // They see it, because it is about their own plans, but it is not their team's.
    await expectRefusal(say("overlapping_seats", { status: "open" }, lead), "forbidden");
    const { id, version } = finding;
    const stale = findingChange.parse({ id, version: version - 1, status: "open", ownerId: null });
    await expectRefusal(changeFinding(ctx, stale), "stale_version");
  });
});

describe("the rules", () => {
  test("find from where on the owner says, and leave a trace", async () => {
    const { version, rules } = await readFindingRules(ctx);
    expect(rules.find(({ id }) => id === "production_key")?.thresholds).toMatchObject([
      { id: "amount", value: 5 },
      { id: "days", value: 2 },
    ]);
    const changed = await changeFindingRules(
      ctx,
      ruleChange.parse({
        version,
        rules: [
          { id: "production_key", on: true, thresholds: [{ id: "amount", value: 100 }] },
          { id: "overlapping_seats", on: false, thresholds: [] },
        ],
      }),
    );
    expect(changed.rules.find(({ id }) => id === "overlapping_seats")).toMatchObject({ on: false });
    expect((await open()).length).toBe(0);
    await expectRefusal(changeFindingRules(ctx, { version, rules: [] }), "stale_version");
    const finance = await anActor(ctx, { roles: ["finance"] });
    await expectRefusal(changeFindingRules(finance, { version: changed.version, rules: [] }), "forbidden");
    await changeFindingRules(ctx, { version: changed.version, rules: [] });
    expect(told(await open())).toEqual([
      ["production_key", 8_500],
      ["overlapping_seats", 4_000],
    ]);
    const { rows } = await asSuperuser((client) =>
      client.query(
        "SELECT DISTINCT action, actor_id IS NULL AS by_itself FROM audit_event WHERE organization_id = $1 AND action LIKE 'finding%' ORDER BY 1",
        [ctx.organization.id],
      ),
    );
    expect(rows).toEqual([
      { action: "finding.change", by_itself: false },
      { action: "finding.refresh", by_itself: true },
      { action: "finding_rules.change", by_itself: false },
    ]);
  });

  test.each([
    [
      "a threshold out of bounds",
      { id: "production_key", on: true, thresholds: [{ id: "days", value: 32 }] },
    ],
    [
      "a threshold of another rule",
      { id: "production_key", on: true, thresholds: [{ id: "percent", value: 5 }] },
    ],
  ])("refuse %s", (_name, rule) => {
    expect(ruleChange.safeParse({ version: 1, rules: [rule] }).success).toBe(false);
  });
});
