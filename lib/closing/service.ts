import "server-only";

import { Readable } from "node:stream";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { checklistWithin } from "@/lib/closing/checklist";
import {
  findApproval,
  findClosedMonths,
  findClosings,
  getSnapshot,
  insertClosing,
  needsApproval,
  removeApproval,
  removeClosedPeriod,
} from "@/lib/closing/data";
import type {
  Checklist,
  ClosablePeriod,
  Closing,
  PeriodInput,
  ReopenInput,
  SnapshotInput,
} from "@/lib/closing/schema";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write, writeLong } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { type Month, monthOf, monthsBetween } from "@/lib/domain/month";
import type { Page } from "@/lib/fields/schema";
import { readLedger } from "@/lib/ledger/read";
import { bringUpToDateWithin, repostReopened } from "@/lib/ledger/repost";

/** The months of the books, the running one first. */
export async function listPeriods(ctx: Ctx): Promise<Page<ClosablePeriod>> {
  authorize(ctx, "closing:read");
  const closings = await read(ctx, (db) => findClosings(db, ctx));
  const byMonth = Map.groupBy(closings, ({ month }) => month);
  const running = monthOf(utcDateOf(ctx.now));
  const months = monthsBetween(ctx.organization.booksStart, running).toReversed();
  const data = months.map((month) => periodOf(month, byMonth.get(month) ?? [], running));
  return { data, nextCursor: null };
}

function periodOf(month: Month, closings: readonly Closing[], running: Month): ClosablePeriod {
  const closing = closings.find(({ reopening }) => reopening === null) ?? null;
  const state = closing ? "closed" : month >= running ? "running" : "open";
  return { month, state, closing, reopened: closings.filter(({ reopening }) => reopening !== null) };
}

/** What stands against closing a month. */
export async function readChecklist(ctx: Ctx, { month }: PeriodInput): Promise<Checklist> {
  authorize(ctx, "closing:read");
  assertInBooks(ctx, month);
  return await readLedger(ctx, (db) => checklistWithin(db, ctx, month));
}

/**
 * Closes a month: what it holds is kept for ever, and from now on what is learned of it is a correction in the first
 * open month. Of two people who close it at once, one does.
 *
 * @throws DomainError `period_not_over`, `period_closed`, `closing_incomplete`, `approval_needed`
 */
export async function closeMonth(ctx: Ctx, { month }: PeriodInput): Promise<ClosablePeriod> {
  authorize(ctx, "closing:write");
  authorizeFresh(ctx);
  assertInBooks(ctx, month);
  assertOver(ctx, month);
  return await write(ctx, async (db) => {
    await assertOpen(db, ctx, month);
    await bringUpToDateWithin(db, ctx);
    const { complete, items } = await checklistWithin(db, ctx, month);
    if (!complete) {
      const open = items.flatMap(({ rows }) => rows.filter(({ acceptance }) => acceptance === null)).length;
      throw new DomainError(
        "closing_incomplete",
        `${open === 1 ? "One point" : `${open} points`} of the checklist of ${month} must be cleared or accepted first.`,
      );
    }
    const approvedById = await approverOf(db, ctx, month);
    const id = await insertClosing(db, ctx, { month, approvedById });
    await removeApproval(db, ctx, month);
    const after = await periodWithin(db, ctx, month);
    const { sha256, rowCount, totals } = required(after.closing);
    await recordAudit(db, ctx, {
      action: "closing.close",
      targetType: "closing",
      targetId: id,
      after: { month, sha256, rowCount, totals },
    });
    return after;
  });
}

/**
 * Opens the last closed month again: its entries follow the facts again, and the corrections of it go. What was kept of
 * it stays.
 *
 * @throws DomainError `period_open`, `later_period_closed`
 */
export async function reopenMonth(ctx: Ctx, { month, reason }: ReopenInput): Promise<ClosablePeriod> {
  authorize(ctx, "closing:write");
  authorizeFresh(ctx);
  // What the month holds is made anew, which takes long in large books.
  return await writeLong(ctx, async (db) => {
    const closed = await findClosedMonths(db, ctx);
    const own = closed.find((one) => one.month === month);
    if (!own) throw new DomainError("period_open", `${month} is not closed.`);
    const last = closed.at(-1)?.month ?? month;
    if (last !== month) {
      throw new DomainError("later_period_closed", `Only the last closed month, ${last}, can be reopened.`);
    }
    await bringUpToDateWithin(db, ctx);
    await removeClosedPeriod(db, ctx, { ...own, reason });
    await repostReopened(db, ctx, month);
    await recordAudit(db, ctx, {
      action: "closing.reopen",
      targetType: "closing",
      targetId: own.closingId,
      after: { month },
    });
    return await periodWithin(db, ctx, month);
  });
}

/** The bytes that were kept when the month was closed. */
export async function readSnapshot(
  ctx: Ctx,
  input: SnapshotInput,
): Promise<{ readonly fileName: string; readonly rows: Readable }> {
  authorize(ctx, "closing:read");
  const { content } = await read(ctx, (db) => getSnapshot(db, ctx, input));
  return { fileName: `${input.month}.csv`, rows: Readable.from([content]) };
}

async function periodWithin(db: Db, ctx: Ctx, month: Month): Promise<ClosablePeriod> {
  return periodOf(month, await findClosings(db, ctx, month), monthOf(utcDateOf(ctx.now)));
}

/** Whoever approved, if somebody has to: another person than the one who closes. */
async function approverOf(db: Db, ctx: Ctx, month: Month): Promise<string | null> {
  if (!(await needsApproval(db, ctx))) return null;
  const approval = await findApproval(db, ctx, month);
  if (approval && approval.approvedBy.id !== ctx.actor.userId) return approval.approvedBy.id;
  throw new DomainError("approval_needed", `Somebody else has to approve ${month} before you close it.`);
}

/** @throws DomainError `period_closed` */
export async function assertOpen(db: Db, ctx: Ctx, month: Month): Promise<void> {
  const closed = await findClosedMonths(db, ctx);
  if (closed.some((one) => one.month === month)) {
    throw new DomainError("period_closed", `${month} is closed already.`);
  }
}

export function assertInBooks({ organization: { booksStart } }: Ctx, month: Month): void {
  if (month >= booksStart) return;
  const message = `The books begin with ${booksStart}.`;
  throw new DomainError("invalid_input", message, { fields: { month: message } });
}

export function assertOver(ctx: Ctx, month: Month): void {
  if (month < monthOf(utcDateOf(ctx.now))) return;
  throw new DomainError("period_not_over", `${month} is not over yet.`);
}
