import fc from "fast-check";
import { expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { closeMonth, listPeriods, reopenMonth } from "@/lib/closing/service";
import { type BridgeSum, bridge } from "@/lib/domain/bridge";
import { DomainError } from "@/lib/domain/errors";
import { monthsBetween, periodOfMonth } from "@/lib/domain/month";
import { invoiceFilter } from "@/lib/invoices/schema";
import { changeInvoice, listInvoices, postInvoice, voidInvoice } from "@/lib/invoices/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { clearChecklist } from "@/lib/testing/closing";
import { importFile } from "@/lib/testing/imports";
import { anInvoice, invoiceFactsOf, seatCharge, usageCharge } from "@/lib/testing/invoices";
import { at, expectRebuilt } from "@/lib/testing/kept-ledger";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { asSuperuser } from "@/lib/testing/tenant-tables";

// Posting, importing, changing, voiding, closing and reopening by several connections at once (security rows M4, M5):
// two hundred random schedules, one after another on books that go on living, two sets of books side by side.

const BOOKS = 2;
const SCHEDULES_EACH = 100;
const MONTHS = monthsBetween("2026-08", "2026-12");

/** What a loser of a race may be told; anything else is a bug. */
const REFUSALS = [
  "period_closed",
  "period_open",
  "later_period_closed",
  "closing_incomplete",
  "invoice_void",
  "invoice_duplicate",
  "stale_version",
  "not_found",
  "period_not_over",
  "import_state",
];

const step = fc.record({
  what: fc.constantFrom(
    ...(["post", "post", "void", "change", "close", "close", "reopen", "import"] as const),
  ),
  by: fc.nat(10_000),
  correct: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const schedule = fc.array(step, { minLength: 2, maxLength: 4 });

type Run = {
  readonly owner: Ctx;
  readonly finance: Ctx;
  readonly books: SomeBooks;
  /** What was answered as done. */
  readonly done: { posted: string[]; closed: number; reopened: number };
};

async function aRun(): Promise<Run> {
  const owner = at(await anOrganization({ booksStart: "2026-08" }), "2026-12-02");
  const books = await someBooks(owner);
  const finance = await anActor(owner, { roles: ["finance"] });
  return { owner, finance, books, done: { posted: [], closed: 0, reopened: 0 } };
}

const pick = <T>(from: readonly T[], by: number): T => from[by % from.length] as T;

/** Does a step, in the name of one of two people; a refusal has to be one of those that are known. */
async function take({ owner, finance, books, done }: Run, { what, by, correct }: Step): Promise<void> {
  const who: Ctx = { ...(by % 2 ? owner : finance), ...(correct && { closedMonths: "correct" as const }) };
  const month = pick(MONTHS.slice(0, 4), by);
  const days = { chargePeriod: periodOfMonth(month) };
  const { prod, dev, trial } = books.accounts;
  const line = () => ({ ...usageCharge(pick([prod, dev, trial], by), 1_000 + (by % 977)), ...days });
  const charges = by % 3 ? [line()] : [seatCharge(books, days), line()];
  const wanted = { number: `S-${by % 40}`, issueDate: `${month}-28`, charges };
  const posted = async () => {
    const { data } = await listInvoices(who, invoiceFilter.parse({}));
    if (data.length === 0) throw new DomainError("not_found", "Nothing was posted yet.");
    return pick(data, by);
  };
  try {
    if (what === "post") done.posted.push((await postInvoice(who, anInvoice(books, wanted))).id);
    if (what === "void") await voidInvoice(who, { ...(await posted()), reason: "wrong" });
    if (what === "change") {
      const { id, version, number } = await posted();
      await changeInvoice(who, { ...invoiceFactsOf(books, { ...wanted, number }), id, version });
    }
    if (what === "close" && (await closeAnyway(who, by))) done.closed++;
    if (what === "reopen") {
      const { data } = await listPeriods(who);
      const closed = data.find(({ state }) => state === "closed")?.month ?? month;
      await reopenMonth(who, { month: by % 5 ? closed : month, reason: "a schedule" });
      done.reopened++;
    }
    if (what === "import") await importUse(who, month, by);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(REFUSALS).toContain(error.code);
  }
}

/** Closes the next month with everything accepted, or tries one that is not next. */
async function closeAnyway(who: Ctx, by: number): Promise<boolean> {
  const { data } = await listPeriods(who);
  const month = by % 7 ? data.findLast(({ state }) => state === "open")?.month : pick(MONTHS, by);
  if (month === undefined) return false;
  await clearChecklist(who, month);
  await closeMonth(who, { month });
  return true;
}

const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";

/** What closed months stand against goes back to where it came from, and says so. */
async function importUse(who: Ctx, month: string, by: number): Promise<void> {
  const day = `${month}-0${1 + (by % 9)}`;
  const row = `${day},Claude Opus 4.5,${pick(["prod", "dev"], by)},,message,output,${1 + (by % 30)}.00\n`;
  const { state, errors } = await importFile(who, "use.csv", `${HEADER}${row}`);
  if (state === "committed") return;
  const message = expect.stringContaining("closed");
  expect([state, errors]).toEqual(["ready", [expect.objectContaining({ message })]]);
}

/** What must hold after every schedule, looked up as the owner of the database, whom no policy stops. */
async function expectWhole({ owner, done }: Run): Promise<void> {
  const org = owner.organization.id;
  await asSuperuser(async (client) => {
    const rows = async <T>(sql: string, values: readonly unknown[] = [org]) =>
      (await client.query(sql, [...values])).rows as T[];

    // A closed month is what was kept of it, byte for byte: the columns are those that its first line names.
    const closed = await rows<{ month: string; content: Buffer; row_count: number }>(
      `SELECT c.month, c.content, c.row_count FROM closing c
       JOIN closed_period p ON p.organization_id = c.organization_id AND p.closing_id = c.id WHERE c.organization_id = $1`,
    );
    for (const { month, content, row_count } of closed) {
      const [header = "", ...lines] = content.toString().trimEnd().split("\n");
      const cells = header
        .split(",")
        .map((column) => (column === "rate" ? "trim_scale(rate)" : column))
        .map((column) => `coalesce(${column}::text, '')`);
      const now = await rows<{ line: string }>(
        `SELECT concat_ws(',', ${cells.join(", ")}) AS line FROM ledger_entry
         WHERE organization_id = $1 AND month = $2`,
        [org, month],
      );
      expect([month, now.map(({ line }) => line).sort()]).toEqual([month, lines]);
      expect(row_count).toBe(lines.length);
    }

    // Months close one after another; whoever was told that they closed or reopened one did.
    expect(closed.map(({ month }) => month).sort()).toEqual(MONTHS.slice(0, closed.length));
    const [counts] = await rows<{ closings: number; reopenings: number }>(
      `SELECT (SELECT count(*)::int FROM closing WHERE organization_id = $1) AS closings,
              (SELECT count(*)::int FROM reopening WHERE organization_id = $1) AS reopenings`,
    );
    expect(counts).toEqual({ closings: done.closed, reopenings: done.reopened });

    // Nothing is lost and nothing counts twice: an invoice's entries are the invoice, a voided one's are nothing.
    const wrong = await rows(
      `SELECT i.number FROM invoice i
       LEFT JOIN LATERAL (SELECT sum(cost_minor) AS minor FROM ledger_entry e
                          WHERE e.organization_id = i.organization_id AND e.invoice_id = i.id) posted ON true
       WHERE i.organization_id = $1
         AND coalesce(posted.minor, 0) <> CASE WHEN i.voided_at IS NULL THEN i.billed_cost_minor ELSE 0 END`,
    );
    expect(wrong).toEqual([]);
    const [known] = await rows<{ ids: string[] }>(
      "SELECT coalesce(array_agg(id::text), '{}') AS ids FROM invoice WHERE organization_id = $1",
    );
    expect(done.posted.filter((id) => !known?.ids.includes(id))).toEqual([]);

    // Totals are the entries, and the bridge of every month leads to its lines.
    const sums = (table: string) =>
      rows<BridgeSum>(
        `SELECT kind::text, month, billing_month AS "billingMonth", purpose::text, state::text, self_assessed AS "selfAssessed",
                correction_of AS "correctionOf", sum(base_cost_minor)::float8 AS "baseCostMinor"
         FROM ${table} WHERE organization_id = $1 GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7`,
      );
    const totals = await sums("ledger_total");
    expect(totals).toEqual(await sums("ledger_entry"));
    for (const month of new Set(totals.map((sum) => sum.month))) {
      const steps = Object.values(bridge(totals, month)).reduce((a, b) => a + b, 0);
      const lines = totals.filter((sum) => sum.kind === "cost" && sum.month === month);
      expect([month, steps]).toEqual([month, lines.reduce((all, sum) => all + sum.baseCostMinor, 0)]);
    }
  });
}

test("whatever several people do at once, a closed month stays as it was kept, and nothing is lost", async () => {
  const schedules = fc.sample(schedule, { numRuns: BOOKS * SCHEDULES_EACH });
  const live = async (half: number) => {
    const run = await aRun();
    for (let index = 0; index < SCHEDULES_EACH; index++) {
      const steps = schedules[half * SCHEDULES_EACH + index] ?? [];
      const results = await Promise.allSettled(steps.map((one) => take(run, one)));
      const bugs = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      expect(bugs, JSON.stringify(steps)).toEqual([]);
      await expectWhole(run);
      if (index % 25 === 24) await expectRebuilt(run.owner);
    }
    return run.done;
  };
  const lives = await Promise.all(Array.from({ length: BOOKS }, (_, half) => live(half)));
  // The schedules did what they are about.
  for (const done of lives) {
    expect(done.closed).toBeGreaterThan(3);
    expect(done.reopened).toBeGreaterThan(1);
    expect(done.posted.length).toBeGreaterThan(10);
  }
}, 240_000);
