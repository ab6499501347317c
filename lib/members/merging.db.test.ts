import { beforeEach, describe, expect, test } from "vitest";

import { classify } from "@/lib/accounts/service";
import { createAssignment, listAssignments } from "@/lib/assignments/service";
import type { Ctx } from "@/lib/auth/ctx";
import { addOwner } from "@/lib/budgets/owners";
import { read, transact } from "@/lib/db/client";
import { identityFilter } from "@/lib/identities/schema";
import { listIdentities, matchIdentity } from "@/lib/identities/service";
import { invite } from "@/lib/invitations/service";
import { beginDraft } from "@/lib/invoice-drafts/service";
import { postInvoice } from "@/lib/invoices/service";
import { readLedger } from "@/lib/ledger/read";
import { rebuildLedger } from "@/lib/ledger/repost";
import { mergeMembers } from "@/lib/members/merging";
import { memberInput } from "@/lib/members/schema";
import {
  addMembership,
  changeMember,
  createMember,
  listMembers,
  listMemberships,
  readMember,
} from "@/lib/members/service";
import { addLead, createTeam, listTeams } from "@/lib/teams/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { commitFile, importFile, sendFile } from "@/lib/testing/imports";
import { anInvoice, seatCharge, usageCharge } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { getUsage } from "@/lib/usage/service";

const OCTOBER = { from: "2026-10", to: "2026-10" } as const;
const PAGE = { limit: 200 };
const LINE = { purpose: "developer_leverage", teamId: null, productId: null } as const;

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
});

const aMember = async (changes: object = {}, by: Ctx = ctx) =>
  await createMember(
    by,
    memberInput.parse({ name: "Ada L.", teamId: books.teams.platform, startsOn: "2026-01-01", ...changes }),
  );

const merge = async (id: string, intoMemberId: string, by: Ctx = ctx) => {
  const { version } = await readMember(ctx, { id });
  return await mergeMembers(by, { id, version, intoMemberId });
};

const aSeat = (memberId: string, changes: object = {}) =>
  createAssignment(ctx, {
    subscriptionId: books.subscriptions.claudeTeam,
    planId: books.plans.standard,
    memberId,
    startsOn: "2026-10-01",
    endsOn: null,
    purpose: null,
    productId: null,
    ...changes,
  });

type Sum = { key: string; member: string | null; minor: number };

/** What the ledger holds by month, line, state, team, product, provider and invoice, of each member. */
const sums = async () =>
  await readLedger(
    ctx,
    (db) =>
      db.$queryRaw<Sum[]>`
      SELECT concat_ws('|', month, billing_month, kind, purpose, billing_model, state, charge_category, team_id, product_id,
                       service_provider_id, invoice_id, charge_id, currency) AS key,
        member_id::text AS member, sum(base_cost_minor)::int AS minor
      FROM ledger_entry WHERE organization_id = ${ctx.organization.id}::uuid GROUP BY 1, 2 ORDER BY 1, 2`,
  );

const total = (rows: readonly Sum[]) => {
  const byKey = new Map<string, number>();
  for (const { key, minor } of rows) byKey.set(key, (byKey.get(key) ?? 0) + minor);
  return byKey;
};
const of = (rows: readonly Sum[], ...ids: string[]) =>
  total(rows.filter(({ member }) => member !== null && ids.includes(member)));

/** Everything in the database that names the member, as table and column. */
const namedIn = async (id: string) =>
  await read(ctx, async (db) => {
    const columns = await db.$queryRaw<{ table: string; column: string }[]>`
      SELECT table_name AS table, column_name AS column FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name <> 'audit_event'
        AND (column_name LIKE '%member_id' OR table_name IN ('invoice_draft', 'import', 'identity'))`;
    const found: string[] = [];
    for (const { table, column } of columns) {
      const [row] = await db.$queryRawUnsafe<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM "${table}" WHERE strpos("${column}"::text, '${id}') > 0`,
      );
      if (row && row.count > 0) found.push(`${table}.${column}`);
    }
    return found;
  });

describe("merging two members", () => {
  test("moves everything that names the one, and no amount but from the one to the other", async () => {
    const { ada, cem } = books.members;
    const { platform, growth } = books.teams;
    const twin = await aMember({ email: "ada@corp.test", aliases: ["ada-dev"] });
    const id = twin.id;
    await everything(id);
    const before = await sums();
    expect(of(before, id).size).toBeGreaterThan(4);
    const usage = (await getUsage(ctx, { ...OCTOBER, groupBy: "member" })).groups;
    const tables = await namedIn(id);
    expect(tables.sort()).toEqual(
      [
        "assignment.member_id",
        "budget_owner.member_id",
        "charge.member_id",
        "charge_share.member_id",
        "classification_share.member_id",
        "identity.external_id",
        "identity_match.member_id",
        "import.options",
        "invitation.member_id",
        "invoice.paid_by_member_id",
        "invoice_draft.content",
        "ledger_entry.member_id",
        "team_lead.member_id",
        "team_membership.member_id",
        "usage_day.member_id",
        "usage_month.member_id",
      ].sort(),
    );

    const grace = await createMember(ctx, memberInput.parse({ name: "Grace" }));
    const kept = await merge(id, grace.id);
    expect(kept).toMatchObject({
      id: grace.id,
      name: "Grace",
      email: "ada@corp.test",
      aliases: ["Ada L.", "ada-dev"],
      team: { id: platform },
    });
    expect(await namedIn(id)).toEqual([]);

    const after = await sums();
    expect(total(after)).toEqual(total(before));
    expect(of(after, grace.id)).toEqual(of(before, id, grace.id));
    for (const other of [ada, cem]) expect(of(after, other)).toEqual(of(before, other));
    const renamed = JSON.stringify(usage).replaceAll(id, grace.id).replaceAll('"Ada L."', '"Grace"');
    const groups = (await getUsage(ctx, { ...OCTOBER, groupBy: "member" })).groups;
    expect(JSON.stringify(groups)).toBe(renamed);
    const team = (await listTeams(ctx, PAGE)).data.find((one) => one.id === growth);
    expect(team?.leads).toMatchObject([{ member: { id: grace.id } }]);
    await rebuildLedger(ctx);
    expect(await sums()).toEqual(after);
  });

  test("adds up where both have cost: whose it is changes, and nothing else", async () => {
    const { ada } = books.members;
    const twin = await aMember();
    await everything(twin.id, { seat: false });
    await everything(ada, { seat: false, number: "INV-A" });
    const before = await sums();
    expect(of(before, twin.id).size).toBeGreaterThan(0);
    await merge(twin.id, ada);
    const after = await sums();
    expect(total(after)).toEqual(total(before));
    expect(of(after, ada)).toEqual(of(before, ada, twin.id));
    await rebuildLedger(ctx);
    expect(await sums()).toEqual(after);
  });

  /** A seat, invoices, shares, use, a lead, an invitation and unfinished work of somebody. */
  async function everything(memberId: string, { seat = true, number = "INV" } = {}) {
    const { accounts, teams } = books;
    if (seat) await aSeat(memberId);
    const named = { purpose: "developer_leverage" as const, teamId: null, productId: null, memberId };
    const shares = [
      { ...named, basisPoints: 5_000 },
      { ...named, basisPoints: 5_000, teamId: teams.growth, memberId: null },
    ];
    const startsOn = number === "INV" ? "2026-02-01" : "2026-03-01";
    await classify(ctx, { id: accounts.trial, startsOn, shares });
    const charges = [
      seatCharge(books),
      { ...usageCharge(accounts.dev, 1_000), memberId },
      { ...usageCharge(accounts.prod, 2_000), shares },
      usageCharge(accounts.trial, 3_000),
    ];
    const paidBy = { memberId, reimbursed: null };
    await postInvoice(ctx, anInvoice(books, { number, paidBy, charges }));
    await metered(memberId, number);
    const reply = {
      timestamp: "2026-10-03T10:00:00.000Z",
      requestId: number,
      message: {
        id: number,
        model: "claude-opus-4-5-20251101",
        usage: { input_tokens: 9, output_tokens: 70 },
      },
    };
    await commitFile(
      ctx,
      await sendFile(ctx, { fileName: "a.jsonl", memberId }, `${JSON.stringify(reply)}\n`),
    );
    await addLead(ctx, { id: teams.growth, memberId, startsOn: "2026-02-01", endsOn: null });
    await addOwner(ctx, { ...named, teamId: teams.growth, startsOn });
    const content = { number, lines: [{ memberId }] };
    await beginDraft(ctx, { month: "2026-11", subscriptionId: null, apiAccountId: null, content });
    if (seat) {
      const invited = { email: "new@corp.test", name: "New", roles: ["member" as const], teamIds: [] };
      await invite(ctx, { ...invited, roleEndsOn: null, memberId });
    }
  }

  /** A member's own use of an account, on days that no invoice covers. */
  async function metered(memberId: string, key: string) {
    const header =
      "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type";
    const rows = ["2026-09-02", "2026-11-03"].map(
      (day) => `${day},Claude Opus 4.5,${key},,message,≤ 200k,output,12.34,token`,
    );
    await importFile(ctx, `${key}.csv`, [header, ...rows].join("\n"));
    const found = (await listIdentities(ctx, identityFilter.parse({ limit: 200 }))).data;
    const { id } = found.find(({ name }) => name === key)!;
    await matchIdentity(ctx, { id, memberId, apiAccountId: books.accounts.dev, startsOn: null });
  }
});

describe("a merged member", () => {
  test("is in no list, says where it went, and is given nothing more", async () => {
    const { ada, ben } = books.members;
    const { id } = await aMember({ email: "ada@corp.test" });
    await merge(id, ada);
    expect((await listMembers(ctx, PAGE)).data.map(({ name }) => name)).toEqual(["Ada", "Ben", "Cem"]);
    expect(await readMember(ctx, { id })).toMatchObject({
      archived: true,
      email: null,
      team: null,
      mergedInto: { id: ada, name: "Ada" },
    });
    expect(await readMember(ctx, { id: ada })).toMatchObject({ email: "ada@corp.test", aliases: ["Ada L."] });

    const share = {
      basisPoints: 10_000,
      ...LINE,
    };
    const { platform, growth } = books.teams;
    const days = { startsOn: "2026-11-01", endsOn: null };
    const everyWay = [
      () => changeMember(ctx, { id, version: 2, archived: false }),
      () => addMembership(ctx, { id, teamId: platform, ...days }),
      () => aSeat(id),
      () => addLead(ctx, { id: growth, memberId: id, ...days }),
      () => classify(ctx, { id: books.accounts.dev, ...days, shares: [{ ...share, memberId: id }] }),
      () => addOwner(ctx, { ...LINE, memberId: id, startsOn: "2026-11-01" }),
      () => merge(id, ben),
      () => merge(ben, id),
    ];
    for (const way of everyWay) await expectRefusal(way(), "member_merged");
    const paidBy = { memberId: id, reimbursed: null };
    await expectRefusal(postInvoice(ctx, anInvoice(books, { paidBy })), "not_found");

    // Who became somebody goes along when they become somebody else.
    const cara = await aMember({ name: "Cara" });
    const dora = await aMember({ name: "Dora" });
    const eve = await aMember({ name: "Eve" });
    await merge(cara.id, dora.id);
    await merge(dora.id, eve.id);
    expect((await readMember(ctx, { id: cara.id })).mergedInto?.name).toBe("Eve");
    expect((await readMember(ctx, { id: eve.id })).aliases).toEqual(["Dora", "Cara"]);
  });

  test("is changed once per version that was read, and into somebody of the same books", async () => {
    const { id, version } = await aMember();
    const stranger = await aMember({ teamId: null, startsOn: null }, await anOrganization());
    await expectRefusal(mergeMembers(ctx, { id, version, intoMemberId: stranger.id }), "not_found");
    const stale = { id, version: version + 1, intoMemberId: books.members.ada };
    await expectRefusal(mergeMembers(ctx, stale), "stale_version");
    expect(await readMember(ctx, { id })).toMatchObject({ archived: false, mergedInto: null });
  });
});

describe("what cannot be one person", () => {
  test("two seats of one plan on one day", async () => {
    const { id } = await aMember();
    await aSeat(id, { startsOn: "2026-10-20", endsOn: "2026-10-25" });
    await expectRefusal(merge(id, books.members.ada), "assignment_overlap", "intoMemberId");
    expect((await listAssignments(ctx, { ...PAGE, memberId: id })).data).toHaveLength(1);
  });

  test("cost on one day in two teams; without it on one side, the day keeps the other's team", async () => {
    const { ada, cem } = books.members;
    const { platform, growth } = books.teams;
    const inGrowth = await aMember({ teamId: growth, startsOn: "2026-01-01" });
    await aSeat(inGrowth.id);
    const both = await aMember({ name: "Twin of Cem" });
    await postInvoice(
      ctx,
      anInvoice(books, { charges: [{ ...usageCharge(books.accounts.dev, 900), memberId: cem }] }),
    );
    await postInvoice(
      ctx,
      anInvoice(books, {
        number: "INV-2",
        charges: [{ ...usageCharge(books.accounts.dev, 900), memberId: both.id }],
      }),
    );
    await expectRefusal(merge(both.id, cem), "membership_overlap", "intoMemberId");
    await expectRefusal(merge(inGrowth.id, ada), "assignment_overlap");

    const before = await sums();
    const typed = await aMember({ name: "Typed" });
    const kept = await merge(inGrowth.id, typed.id);
    expect((await listMemberships(ctx, kept)).data).toMatchObject([
      { team: { id: platform }, startsOn: "2026-01-01", endsOn: "2026-10-01" },
      { team: { id: growth }, startsOn: "2026-10-01", endsOn: "2026-11-25" },
      { team: { id: platform }, startsOn: "2026-11-25", endsOn: null },
    ]);
    const past = (rows: readonly Sum[]) =>
      [...total(rows)].filter(([key]) => key < "2026-11").sort(([a], [b]) => (a < b ? -1 : 1));
    expect(past(await sums())).toEqual(past(before));
  });

  test("two who sign in, or are invited to", async () => {
    const { ada, ben } = books.members;
    const { id } = await aMember();
    const users = [await anActor(ctx, { roles: ["member"] }), await anActor(ctx, { roles: ["member"] })];
    const signsIn = (memberId: string, { actor: { userId } }: Ctx) =>
      transact({ organizationId: ctx.organization.id }, (db) =>
        db.member.updateMany({ where: { id: memberId }, data: { userId } }),
      );
    await signsIn(id, users[0]!);
    await signsIn(ada, users[1]!);
    await expectRefusal(merge(id, ada), "both_sign_in", "intoMemberId");
    const invited = { email: "b@corp.test", name: "Ben", roles: ["member" as const], teamIds: [] };
    await invite(ctx, { ...invited, roleEndsOn: null, memberId: ben });
    await expectRefusal(merge(ben, ada), "both_sign_in", "intoMemberId");
    expect(await merge(id, (await aMember({ name: "New" })).id)).toMatchObject({ user: true });
  });

  test("more names than a member can have", async () => {
    const aliases = Array.from({ length: 20 }, (_, index) => `alias ${index}`);
    const { id } = await aMember({ name: "Many", aliases });
    await expectRefusal(merge((await aMember()).id, id), "invalid_input", "intoMemberId");
  });
});

test("leads merge people who were only ever in their teams, and give nobody a right by it", async () => {
  const { platform, growth } = books.teams;
  const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [platform] });
  const [one, two] = [await aMember(), await aMember({ name: "Ada Two" })];
  expect(await merge(one.id, two.id, lead)).toMatchObject({ id: two.id });

  const moved = await aMember({ name: "Moved", teamId: growth });
  await addMembership(ctx, { id: moved.id, teamId: platform, startsOn: "2026-06-01", endsOn: null });
  await expectRefusal(merge(moved.id, two.id, lead), "forbidden");
  await expectRefusal(merge(two.id, moved.id, lead), "forbidden");
  await expectRefusal(merge(books.members.cem, two.id, lead), "not_found");
  await expectRefusal(merge(two.id, books.members.cem, lead), "not_found");
  await addLead(ctx, { id: growth, memberId: two.id, startsOn: "2026-11-01", endsOn: null });
  await expectRefusal(merge(two.id, books.members.ada, lead), "forbidden");
  await expectRefusal(
    merge(two.id, books.members.ada, await anActor(ctx, { roles: ["auditor"] })),
    "forbidden",
  );
});

test("teams that both led are led on the days of either", async () => {
  const { growth } = books.teams;
  const [one, two] = [await aMember(), await aMember({ name: "Two" })];
  const { id: other } = await createTeam(ctx, { name: "Other", code: "O" });
  for (const [id, memberId, startsOn, endsOn] of [
    [growth, one.id, "2026-01-01", "2026-04-01"],
    [growth, two.id, "2026-03-01", null],
    [other, one.id, "2026-01-01", null],
  ] as const)
    await addLead(ctx, { id, memberId, startsOn, endsOn });
  await merge(one.id, two.id);
  const leads = (await listTeams(ctx, PAGE)).data.map((team) => team.leads);
  expect(leads).toMatchObject([
    [],
    [{ member: { id: two.id }, startsOn: "2026-01-01", endsOn: null }],
    [{ member: { id: two.id }, startsOn: "2026-01-01", endsOn: null }],
  ]);
});
