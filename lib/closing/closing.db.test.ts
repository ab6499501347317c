import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/auth/ctx";
import { budgetInput } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { changePlan, createPlanPrice } from "@/lib/catalogue/service";
import { accept, approveMonth, withdrawAcceptance } from "@/lib/closing/acceptances";
import { closeMonth, listPeriods, readChecklist, readSnapshot, reopenMonth } from "@/lib/closing/service";
import { transact } from "@/lib/db/client";
import { listLedger } from "@/lib/entries/service";
import { postInvoice, voidInvoice } from "@/lib/invoices/service";
import { ledgerInput } from "@/lib/ledger/schema";
import { changeOrganization, readOrganization } from "@/lib/organization/service";
import { createRate } from "@/lib/rates/service";
import { changeTeam, readTeam } from "@/lib/teams/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { clearChecklist } from "@/lib/testing/closing";
import { anInvoice, seatCharge, usageCharge, usd } from "@/lib/testing/invoices";
import { at, expectRebuilt, keptLedger } from "@/lib/testing/kept-ledger";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// Closing and reopening a month (domain rules, section 5), against PostgreSQL.

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = at(await anOrganization({ booksStart: "2026-10" }), "2026-12-02");
  books = await someBooks(ctx);
});

const OCTOBER = { month: "2026-10" };
const NOVEMBER = { month: "2026-11" };

/** October's seats, 125.00, and use of an account that nobody has classified, 30.00. */
const enterOctober = () =>
  postInvoice(
    ctx,
    anInvoice(books, { charges: [seatCharge(books), usageCharge(books.accounts.trial, 3_000)] }),
  );

const openRows = async (month: string) =>
  (await readChecklist(ctx, { month })).items.flatMap(({ kind, rows }) =>
    rows
      .filter(({ acceptance }) => acceptance === null)
      .map(({ subjectId, name, amount }) => ({ kind, subjectId, name, minor: amount.minor })),
  );

async function closeAnyway(month: string, by: Ctx = ctx) {
  await clearChecklist(by, month);
  return await closeMonth(by, { month });
}

async function text(month: string, closingId?: string): Promise<string> {
  const { rows } = await readSnapshot(ctx, { month, closingId });
  return Buffer.concat(await rows.toArray()).toString();
}

describe("the checklist", () => {
  test("names what is unclassified and which invoice is expected", async () => {
    expect(await openRows("2026-10")).toEqual([
      // Five seats at 25.00, estimated.
      {
        kind: "expected_invoice",
        subjectId: books.subscriptions.claudeTeam,
        name: "Claude Team",
        minor: 12_500,
      },
    ]);
    await enterOctober();
    expect(await openRows("2026-10")).toMatchObject([
      { kind: "unclassified", name: "API usage", minor: 3_000 },
    ]);
    expect(await openRows("2026-11")).toMatchObject([
      { kind: "month_before", name: "2026-10" },
      { kind: "expected_invoice", name: "Claude Team", minor: 12_500 },
      { kind: "expected_invoice", name: "Anthropic organization", minor: 0 },
    ]);
  });

  test("refuses the close until each point is cleared or accepted by name", async () => {
    await enterOctober();
    await expectRefusal(closeMonth(ctx, OCTOBER), "closing_incomplete");
    const [row] = await openRows("2026-10");
    const point = { ...OCTOBER, kind: "unclassified" as const, subjectId: row?.subjectId ?? "" };
    const { id } = await accept(ctx, { ...point, note: "a trial" });
    const { items, complete } = await readChecklist(ctx, OCTOBER);
    expect(complete).toBe(true);
    expect(items.find(({ kind }) => kind === "unclassified")?.rows[0]?.acceptance).toMatchObject({
      note: "a trial",
      amount: { minor: 3_000 },
      acceptedBy: { name: "Test user" },
    });
    await withdrawAcceptance(ctx, { ...OCTOBER, id });
    await expectRefusal(closeMonth(ctx, OCTOBER), "closing_incomplete");
  });

  test("what was accepted is looked at again when its amount changes", async () => {
    const subjectId = books.subscriptions.claudeTeam;
    await accept(ctx, { ...OCTOBER, kind: "expected_invoice", subjectId, note: "small" });
    expect(await openRows("2026-10")).toEqual([]);
    // Three of five seats are invoiced: 50.00 of 125.00 stay estimated.
    const charges = [seatCharge(books, { quantity: "3", billedCost: usd(7_500) })];
    await postInvoice(ctx, anInvoice(books, { charges }));
    expect(await openRows("2026-10")).toMatchObject([{ kind: "expected_invoice", minor: 5_000 }]);
  });
});

describe("closing", () => {
  test("goes month by month, and only when a month is over", async () => {
    await expectRefusal(closeMonth(ctx, { month: "2026-12" }), "period_not_over");
    await expectRefusal(closeMonth(ctx, { month: "2026-09" }), "invalid_input");
    await expectRefusal(closeMonth(ctx, NOVEMBER), "closing_incomplete");
    await enterOctober();
    await closeAnyway("2026-10");
    await closeAnyway("2026-11");
    const { data } = await listPeriods(ctx);
    expect(data.map(({ month, state }) => [month, state])).toEqual([
      ["2026-12", "running"],
      ["2026-11", "closed"],
      ["2026-10", "closed"],
    ]);
  });

  test("keeps the month's entries as bytes with their hash, in ids and whole minor units", async () => {
    await enterOctober();
    const { closing } = await closeAnyway("2026-10");
    const content = await text("2026-10");
    expect(closing).toMatchObject({
      sha256: createHash("sha256").update(content).digest("hex"),
      rowCount: 4,
      closedBy: { id: ctx.actor.userId },
      totals: [
        { purpose: "unclassified", amount: usd(3_000) },
        { purpose: "developer_leverage", amount: usd(12_500) },
      ],
    });
    const [header, ...lines] = content.trimEnd().split("\n");
    expect(header?.split(",").slice(0, 3)).toEqual(["month", "kind", "purpose"]);
    expect(lines).toEqual(lines.toSorted());
    const minor = lines.map((line) => Number(line.split(",")[24]));
    // Ada and Ben 25.00 each, three seats nobody's 75.00, use 30.00.
    expect(minor.sort((a, b) => a - b)).toEqual([2_500, 2_500, 3_000, 7_500]);
    for (const name of ["Ada", "Platform", "Anthropic"]) expect(content).not.toContain(name);
  });

  test("of two people at once one closes, and the other is told", async () => {
    await enterOctober();
    const [row] = await openRows("2026-10");
    await accept(ctx, { ...OCTOBER, kind: "unclassified", subjectId: row?.subjectId ?? "", note: "a trial" });
    const colleague = await anActor(ctx, { roles: ["finance"] });
    const results = await Promise.allSettled(
      [ctx, colleague, ctx, colleague].map((by) => closeMonth(by, OCTOBER)),
    );
    expect(results.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
    ]);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "period_closed" });
    const { data } = await listPeriods(ctx);
    expect(data.at(-1)?.reopened).toEqual([]);
  });

  test("asks a second person where the organization says so", async () => {
    const { version } = await readOrganization(ctx);
    await changeOrganization(ctx, { version, closingNeedsApproval: true });
    const colleague = await anActor(ctx, { roles: ["finance"] });
    await enterOctober();
    await expectRefusal(closeAnyway("2026-10"), "approval_needed");
    await approveMonth(ctx, OCTOBER);
    await expectRefusal(closeMonth(ctx, OCTOBER), "approval_needed");
    const { closing } = await closeMonth(colleague, OCTOBER);
    expect(closing).toMatchObject({
      closedBy: { id: colleague.actor.userId },
      approvedBy: { id: ctx.actor.userId },
    });
  });

  test("is for the owner and finance; the auditor reads it", async () => {
    for (const role of ["lead", "member"] as const) {
      const actor = await anActor(ctx, { roles: [role] });
      await expectRefusal(listPeriods(actor), "forbidden");
      await expectRefusal(closeMonth(actor, OCTOBER), "forbidden");
    }
    const auditor = await anActor(ctx, { roles: ["auditor"] });
    expect((await listPeriods(auditor)).data.length).toBe(3);
    await expectRefusal(closeMonth(auditor, OCTOBER), "forbidden");
    await expectRefusal(reopenMonth(auditor, { ...OCTOBER, reason: "x" }), "forbidden");
  });
});

test("a closed month is the same for ever, whatever is changed afterwards", async () => {
  const { id, version } = await enterOctober();
  await closeAnyway("2026-10");
  const content = await text("2026-10");
  const budget = () => getBudget(ctx, budgetInput.parse({ from: "2026-10", to: "2026-10", groupBy: "" }));
  const entries = async () => (await listLedger(ctx, ledgerInput.parse({ ...OCTOBER, limit: 200 }))).total;
  const [before, total] = [await budget(), await entries()];

  const { platform } = books.teams;
  await changeTeam(ctx, {
    id: platform,
    version: (await readTeam(ctx, { id: platform })).version,
    name: "Core",
  });
  await changePlan(ctx, { id: books.plans.standard, version: 1, name: "Team Basic", minimumSeats: 9 });
  const price = { billingInterval: "month" as const, unitPrice: usd(9_900), source: "a list" };
  await createPlanPrice(ctx, { id: books.plans.standard, startsOn: "2026-10-01", ...price });
  await createRate(ctx, { date: "2026-10-30", from: "EUR", to: "USD", rate: "1.09", source: "a bank" });
  await voidInvoice({ ...ctx, closedMonths: "correct" }, { id, version, reason: "wrong" });
  // A person is erased: the name goes, the id stays.
  const organizationId = ctx.organization.id;
  await transact({ organizationId }, (db) =>
    db.member.update({
      where: { organizationId_id: { organizationId, id: books.members.ada } },
      data: { name: "Erased", email: null, aliases: [] },
    }),
  );

  expect(await text("2026-10")).toBe(content);
  expect(await budget()).toEqual(before);
  expect(await entries()).toEqual(total);
  const { data } = await listPeriods(ctx);
  expect(data.at(-1)?.closing?.sha256).toBe(createHash("sha256").update(content).digest("hex"));
  await expectRebuilt(ctx);
});

describe("reopening", () => {
  beforeEach(async () => {
    await enterOctober();
    await closeAnyway("2026-10");
  });

  test("is of the last closed month, with a reason, and keeps what was closed", async () => {
    await closeAnyway("2026-11");
    await expectRefusal(reopenMonth(ctx, { ...OCTOBER, reason: "late" }), "later_period_closed");
    await reopenMonth(ctx, { ...NOVEMBER, reason: "an invoice was forgotten" });
    await expectRefusal(reopenMonth(ctx, { ...NOVEMBER, reason: "again" }), "period_open");
    await expectRefusal(readSnapshot(ctx, NOVEMBER), "not_found");
    const { data } = await listPeriods(ctx);
    const [old] = data.find(({ month }) => month === "2026-11")?.reopened ?? [];
    expect(old?.reopening).toMatchObject({
      reason: "an invoice was forgotten",
      reopenedBy: { id: ctx.actor.userId },
    });
    expect(
      createHash("sha256")
        .update(await text("2026-11", old?.id))
        .digest("hex"),
    ).toBe(old?.sha256);
  });

  test("of a month in which nothing changed gives the same bytes when it is closed again", async () => {
    const content = await text("2026-10");
    await reopenMonth(ctx, { ...OCTOBER, reason: "to look" });
    await closeMonth(ctx, OCTOBER);
    expect(await text("2026-10")).toBe(content);
  });

  test("takes the corrections back into the month, and the late invoice's month with them", async () => {
    const correcting: Ctx = { ...ctx, closedMonths: "correct" };
    const late = anInvoice(books, { number: "LATE", charges: [usageCharge(books.accounts.dev, 700)] });
    await postInvoice(correcting, late);
    const corrections = async () =>
      (await listLedger(ctx, ledgerInput.parse({ corrections: "only", limit: 200 }))).total.minor;
    expect(await corrections()).toBe(700);
    await reopenMonth(ctx, { ...OCTOBER, reason: "a late invoice" });
    expect(await corrections()).toBe(0);
    const october = await listLedger(ctx, ledgerInput.parse({ ...OCTOBER, limit: 200 }));
    expect(october.total.minor).toBe(12_500 + 3_000 + 700);
    expect(new Set(october.data.map(({ billingMonth }) => billingMonth))).toEqual(new Set(["2026-10"]));
    const kept = await keptLedger(ctx);
    await expectRebuilt(ctx);
    expect(await keptLedger(ctx)).toEqual(kept);
  });
});
