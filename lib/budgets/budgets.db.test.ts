import { beforeEach, describe, expect, test } from "vitest";

import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents } from "@/lib/audit/service";
import type { Ctx } from "@/lib/auth/ctx";
import { readSeatEffect } from "@/lib/budgets/effect";
import { changeGridByFile, exportGrid } from "@/lib/budgets/filing";
import { changeGrid, readGrid } from "@/lib/budgets/grid";
import { addOwner, listOwners, removeOwner } from "@/lib/budgets/owners";
import { type GridChange, seatEffectInput, versionInput } from "@/lib/budgets/schema";
import {
  approveVersion,
  createVersion,
  discardVersion,
  listVersions,
  readVersion,
  renameVersion,
  withdrawApproval,
} from "@/lib/budgets/service";
import { transact } from "@/lib/db/client";
import { divideHalfEven } from "@/lib/domain/money";
import { postInvoice } from "@/lib/invoices/service";
import { createProduct } from "@/lib/products/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, seatCharge } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = await anOrganization();
  books = await someBooks(ctx);
});

const draft = (changes: object = {}) =>
  createVersion(
    ctx,
    versionInput.parse({ name: "Budget", kind: "budget", fiscalYear: "2026-04", ...changes }),
  );

const row = (changes: Partial<GridChange["rows"][number]> = {}): GridChange["rows"][number] => ({
  teamId: books.teams.platform,
  productId: null,
  purpose: "developer_leverage",
  amountsMinor: Array(12).fill(10_000),
  ...changes,
});

const grown = async (versionId: string, version: number, rows: GridChange["rows"], dryRun = false) =>
  await changeGrid(ctx, { versionId, version, rows, dryRun });

const amountsOf = async (versionId: string, teamId: string | null, purpose = "developer_leverage") => {
  const { rows } = await readGrid(ctx, { versionId });
  return rows.find(
    (one) => (one.team?.id ?? null) === teamId && one.product === null && one.purpose === purpose,
  )?.amountsMinor;
};

describe("a year's grid", () => {
  test("has every line of every team and product, planned or not", async () => {
    await createProduct(ctx, { name: "Checkout", endsOn: null });
    await createProduct(ctx, { name: "Sold", endsOn: "2026-03-31" });
    const { id } = await draft();
    const { months, rows, currency } = await readGrid(ctx, { versionId: id });
    expect([months[0], months[11], months.length, currency]).toEqual(["2026-04", "2027-03", 12, "USD"]);
    const names = rows.map(
      ({ purpose, team, product }) => `${purpose} ${team?.name ?? product?.name ?? "-"}`,
    );
    const each = ["-", "Growth", "Platform", "Checkout"];
    expect(names).toEqual([
      ...each.map((name) => `developer_leverage ${name}`),
      ...each.map((name) => `product_running ${name}`),
    ]);
    expect(rows.every(({ amountsMinor }) => amountsMinor.every((minor) => minor === null))).toBe(true);
  });

  test("is planned row by row, and a month that is taken out is not planned", async () => {
    const { id, version } = await draft();
    const first = await grown(id, version, [row()]);
    expect(first).toMatchObject({ version: version + 1, dryRun: false });
    expect(first.changes).toHaveLength(12);
    // 12 x 100.00.
    expect(first.lines[0]).toMatchObject({ before: { minor: 0 }, after: { minor: 120_000 } });

    const changed = row({ amountsMinor: [null, 0, ...Array(10).fill(10_000)] });
    const second = await grown(id, first.version, [changed]);
    expect(
      second.changes.map(({ month, beforeMinor, afterMinor }) => [month, beforeMinor, afterMinor]),
    ).toEqual([
      ["2026-04", 10_000, null],
      ["2026-05", 10_000, 0],
    ]);
    expect(second.lines[0]?.after.minor).toBe(100_000);
    expect(await amountsOf(id, books.teams.platform)).toEqual(changed.amountsMinor);
    expect(await amountsOf(id, books.teams.growth)).toEqual(Array(12).fill(null));
  });

  test("says what a change would do without doing it", async () => {
    const { id, version } = await draft();
    const tried = await grown(id, version, [row()], true);
    expect(tried).toMatchObject({ dryRun: true, version });
    expect(tried.changes).toHaveLength(12);
    expect(await amountsOf(id, books.teams.platform)).toEqual(Array(12).fill(null));
    expect(await grown(id, version, [row()])).toMatchObject({ version: version + 1 });
  });

  test("is not overwritten by who read it before somebody else's change", async () => {
    const { id, version } = await draft();
    await grown(id, version, [row()]);
    await expectRefusal(grown(id, version, [row({ amountsMinor: Array(12).fill(1) })]), "stale_version");
    await expectRefusal(grown(id, version, [row()], true), "stale_version");
    // What is there already changes nothing, and takes no version.
    expect((await grown(id, version + 1, [row()])).version).toBe(version + 1);
  });

  test("saved by two at once is saved by one of them", async () => {
    const { id, version } = await draft();
    const tries = [1, 2, 3, 4].map((minor) =>
      grown(id, version, [row({ amountsMinor: Array(12).fill(minor) })]).then(
        () => minor,
        (error: { code: string }) => error.code,
      ),
    );
    const results = await Promise.all(tries);
    const winners = results.filter((result) => typeof result === "number");
    expect(winners).toHaveLength(1);
    expect(results.filter((result) => result === "stale_version")).toHaveLength(3);
    expect(await amountsOf(id, books.teams.platform)).toEqual(Array(12).fill(winners[0]));
  });

  test("leaves a trace of each change with its amounts", async () => {
    const { id, version } = await draft();
    await grown(id, version, [row({ amountsMinor: [5, ...Array(11).fill(null)] })]);
    const events = await transact({ organizationId: ctx.organization.id }, (db) =>
      db.auditEvent.findMany({ where: { organizationId: ctx.organization.id, targetId: id } }),
    );
    const changed = events.find(({ action }) => action === "budget.change");
    expect(changed).toMatchObject({
      before: { amounts: [{ month: "2026-04", amountMinor: null }] },
      after: { amounts: [{ month: "2026-04", amountMinor: 5, teamId: books.teams.platform }] },
    });
  });

  test("knows no team or product that is not there", async () => {
    const { id, version } = await draft();
    const stranger = await someBooks(await anOrganization());
    await expectRefusal(grown(id, version, [row({ teamId: stranger.teams.platform })]), "not_found");
    await expectRefusal(grown(id, version, [row({ teamId: stranger.teams.platform })], true), "not_found");
  });
});

describe("a version", () => {
  test("begins with a month of the organization's fiscal year", async () => {
    await expectRefusal(draft({ fiscalYear: "2026-01" }), "invalid_input", "fiscalYear");
    await draft();
    await expectRefusal(draft(), "name_taken", "name");
    await draft({ fiscalYear: "2027-04" });
  });

  test("that is approved counts and is frozen, until the approval is taken back", async () => {
    const { id, version } = await draft();
    const newer = await draft({ name: "Newer" });
    const current = async () =>
      (await listVersions(ctx, { limit: 50 })).data.find((one) => one.current)?.name;
    expect(await current()).toBe("Newer");

    const approved = await approveVersion(ctx, { id, version });
    expect(approved).toMatchObject({ approvedBy: { id: ctx.actor.userId }, current: true });
    expect(await current()).toBe("Budget");
    await expectRefusal(grown(id, approved.version, [row()]), "budget_frozen");
    await expectRefusal(grown(id, approved.version, [row()], true), "budget_frozen");
    await expectRefusal(renameVersion(ctx, { id, version: approved.version, name: "X" }), "budget_frozen");
    await expectRefusal(approveVersion(ctx, { id, version: approved.version }), "budget_frozen");
    expect((await readGrid(ctx, { versionId: id })).rows.some(({ mayChange }) => mayChange)).toBe(false);

    await expectRefusal(withdrawApproval(ctx, { id, version }), "stale_version");
    const open = await withdrawApproval(ctx, { id, version: approved.version });
    expect(open).toMatchObject({ approvedAt: null, approvedBy: null, current: false });
    await expectRefusal(withdrawApproval(ctx, { id: newer.id, version: newer.version }), "not_found");
    await grown(id, open.version, [row()]);
  });

  test("is thrown away as a draft, not once it is approved, and the trail keeps what it planned", async () => {
    const { id, version } = await draft();
    await draft({ name: "Other" });
    await grown(id, version, [row()]);
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
    await expectRefusal(discardVersion(lead, { id, version: 2 }), "forbidden");
    await expectRefusal(discardVersion(ctx, { id, version }), "stale_version");
    const approved = await approveVersion(ctx, { id, version: 2 });
    await expectRefusal(discardVersion(ctx, { id, version: approved.version }), "budget_frozen");
    const open = await withdrawApproval(ctx, { id, version: approved.version });

    await discardVersion(ctx, { id, version: open.version });
    await expectRefusal(readVersion(ctx, { id }), "not_found");
    await expectRefusal(discardVersion(ctx, { id, version: open.version }), "not_found");
    expect((await listVersions(ctx, { limit: 50 })).data).toMatchObject([{ name: "Other", current: true }]);
    const { data } = await listAuditEvents(ctx, auditFilter.parse({ targetId: id }));
    expect(data[0]).toMatchObject({ action: "budget_version.discard", after: null });
    expect(data[0]?.before).toMatchObject({
      amounts: Array.from({ length: 12 }, () => ({ teamId: books.teams.platform, amountMinor: 10_000 })),
    });
    await draft();
  });

  test("copies another one, month by month, so many percent more", async () => {
    const { id, version } = await draft();
    await grown(id, version, [row({ amountsMinor: [10, 30, null, 8333, ...Array(8).fill(0)] })]);
    const copy = { source: "version", versionId: id, changeBasisPoints: 500 };
    const next = await draft({ fiscalYear: "2027-04", copy });
    // 0.10 and 0.30 x 1.05 = 0.105 and 0.315, half to even: 0.10 and 0.32; 83.33 x 1.05 = 87.4965.
    expect(await amountsOf(next.id, books.teams.platform)).toEqual([10, 32, null, 8750, ...Array(8).fill(0)]);
  });

  test("copies what the year before cost, leverage by team", async () => {
    await postInvoice(ctx, anInvoice(books, { charges: [seatCharge(books)] }));
    const { rows } = await readGrid(ctx, { versionId: (await draft({ fiscalYear: "2027-04" })).id });
    const copy = { source: "actual", changeBasisPoints: -5000 };
    const { id } = await draft({ fiscalYear: "2027-04", name: "Half", copy });
    const whole = rows.find(({ team }) => team?.id === books.teams.platform)?.lastYearMinor;
    const half = await amountsOf(id, books.teams.platform);
    // October, the seventh month, has the invoice: half of what it cost, half to even.
    expect(whole?.[6]).toBeGreaterThan(0);
    expect(half?.[6]).toBe(divideHalfEven(BigInt(whole?.[6] ?? 0), 2n));
    expect(await amountsOf(id, null)).toEqual(Array(12).fill(null));
  });
});

describe("a lead", () => {
  test("plans drafts of the teams that they lead, and sees no other", async () => {
    const { id, version } = await draft();
    await grown(id, version, [row(), row({ teamId: books.teams.growth }), row({ teamId: null })]);
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
    const { rows } = await readGrid(lead, { versionId: id });
    expect(rows.map(({ team, mayChange }) => [team?.id, mayChange])).toEqual([
      [books.teams.platform, true],
      [books.teams.platform, true],
    ]);
    const change = (changes: object) =>
      changeGrid(lead, { versionId: id, version: version + 1, rows: [row({ ...changes })], dryRun: false });
    await expectRefusal(change({ teamId: books.teams.growth }), "forbidden");
    await expectRefusal(change({ teamId: null }), "forbidden");
    const saved = await change({ amountsMinor: Array(12).fill(1) });
    // Nothing of another team's plan shows in what it comes to.
    expect(saved.lines.map(({ before, after }) => [before.minor, after.minor])).toEqual([
      [120_000, 12],
      [0, 0],
    ]);
    await expectRefusal(approveVersion(lead, { id, version: saved.version }), "forbidden");
  });

  test("is what a member is not: no plan is a member's", async () => {
    const { id } = await draft();
    const member = await anActor(ctx, { roles: ["member"], memberId: books.members.ben });
    await expectRefusal(readGrid(member, { versionId: id }), "forbidden");
    const auditor = await anActor(ctx, { roles: ["auditor"] });
    expect((await readGrid(auditor, { versionId: id })).rows.some(({ mayChange }) => mayChange)).toBe(false);
  });
});

describe("the owner of a line", () => {
  test("is the last one on a day", async () => {
    const { ada, ben } = books.members;
    const { id } = await draft();
    const line = { teamId: books.teams.platform, productId: null, purpose: "developer_leverage" as const };
    await addOwner(ctx, { ...line, memberId: ben, startsOn: "2026-06-01" });
    const wrong = await addOwner(ctx, { ...line, memberId: ada, startsOn: "2026-11-01" });
    await addOwner(ctx, { ...line, memberId: ada, startsOn: "2027-01-01" });
    await expectRefusal(
      addOwner(ctx, { ...line, memberId: ben, startsOn: "2026-11-01" }),
      "name_taken",
      "startsOn",
    );
    const owner = async () =>
      (await readGrid(ctx, { versionId: id })).rows.find(({ team }) => team?.id === books.teams.platform)
        ?.owner?.id;
    expect(await owner()).toBe(ada);
    await removeOwner(ctx, { id: wrong.id });
    expect(await owner()).toBe(ben);
    expect((await listOwners(ctx, { limit: 50 })).data).toHaveLength(2);
  });
});

describe("a grid as CSV", () => {
  const text = async (versionId: string) => {
    const { rows } = await exportGrid(ctx, { versionId });
    return (await rows.toArray()).join("");
  };
  const MONTHS =
    "2026-04,2026-05,2026-06,2026-07,2026-08,2026-09,2026-10,2026-11,2026-12,2027-01,2027-02,2027-03";

  test("comes back in without a change", async () => {
    await createProduct(ctx, { name: '=Odd "name", really', endsOn: null });
    const { id, version } = await draft();
    const { rows } = await readGrid(ctx, { versionId: id });
    const productId = rows.find(({ product }) => product !== null)?.product?.id ?? null;
    const saved = await grown(id, version, [
      row({ amountsMinor: [1, 250, 123_456, null, ...Array(8).fill(0)] }),
      row({ teamId: null, productId, purpose: "product_running" }),
    ]);
    const file = await text(id);
    expect(file).toContain(
      "developer_leverage,Platform,,0.01,2.50,1234.56,,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00\r\n",
    );
    const again = { versionId: id, version: saved.version, text: file, dryRun: false };
    expect((await changeGridByFile(ctx, again)).changes).toEqual([]);
  });

  test("takes amounts as people write them, and names every cell that it cannot take", async () => {
    const { id, version } = await draft();
    const rest = ";".repeat(9);
    const given = { versionId: id, version, dryRun: false };
    const good = `purpose;team;product;${MONTHS.replaceAll(",", ";")}\nDeveloper leverage;platform;;1.240,11;"$25";1 000${rest}\n`;
    await changeGridByFile(ctx, { ...given, text: good });
    expect((await amountsOf(id, books.teams.platform))?.slice(0, 4)).toEqual([124_011, 2500, 100_000, null]);

    const bad = [
      `purpose,team,product,${MONTHS}`,
      `developer_leverage,Platform,,x,1.240${",".repeat(10)}`,
      `rent,Platform,,1${",".repeat(11)}`,
      `product_running,Nobody,,-1${",".repeat(11)}`,
      `product_running,Growth,,-1${",".repeat(11)}`,
      `product_running,,,1${",".repeat(11)}`,
      `product_running,,,1${",".repeat(11)}`,
    ].join("\n");
    const refused = changeGridByFile(ctx, { ...given, version: version + 1, text: bad });
    await expect(refused).rejects.toMatchObject({
      code: "invalid_input",
      details: {
        fields: {
          "text.2.2026-04": "Type an amount, like 1240.11.",
          "text.3.purpose": expect.any(String),
          "text.4.team": expect.any(String),
          "text.5.2026-04": "A budget is not negative.",
          "text.7": "Line 6 plans this already. Leave one of them out.",
        },
      },
    });
    await expectRefusal(
      changeGridByFile(ctx, { ...given, version: version + 1, text: "a,b\n" }),
      "invalid_input",
      "text.1",
    );
  });
});

describe("seats on a frozen line", () => {
  const LINE = { productId: null, purpose: "developer_leverage" } as const;
  const effect = (changes: object) =>
    readSeatEffect(
      ctx,
      seatEffectInput.parse({
        ...{ subscriptionId: books.subscriptions.claudeTeam, planId: books.plans.standard },
        ...{ startsOn: "2027-02-01", ...changes },
      }),
    );

  test("say what they add until the end of the year, once the budget is approved", async () => {
    const { id, version } = await draft();
    const rows = [row({ ...LINE, amountsMinor: Array(12).fill(10_000) })];
    const saved = await grown(id, version, rows);
    expect((await effect({ memberIds: books.members.ben })).lines).toEqual([]);
    await approveVersion(ctx, { id, version: saved.version });

    const { until, lines } = await effect({ memberIds: books.members.ben });
    expect(until).toBe("2027-03");
    // One seat of 25.00 for February and March against 12 x 100.00.
    expect(lines).toMatchObject([
      {
        team: { id: books.teams.platform },
        added: { minor: 5_000 },
        budgeted: { minor: 120_000 },
        ofTeam: true,
      },
    ]);
    expect(lines[0]?.used.minor).toBeGreaterThan(0);
  });

  test("of a team without a plan count against the whole line, and terms by what they change", async () => {
    const { id, version } = await draft();
    const saved = await grown(id, version, [row({ ...LINE, teamId: null })]);
    await approveVersion(ctx, { id, version: saved.version });
    const seatsNow = 5;
    const { lines } = await effect({ seats: seatsNow + 2, unitPriceMinor: 2_500 });
    // Two more seats of 25.00 for two months.
    expect(lines).toMatchObject([{ added: { minor: 10_000 }, budgeted: { minor: 120_000 }, ofTeam: false }]);
    expect((await effect({ seats: seatsNow, unitPriceMinor: 2_500 })).lines).toEqual([]);
  });
});
