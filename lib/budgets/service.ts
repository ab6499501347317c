import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { copiedAmounts } from "@/lib/budgets/copying";
import { findAmounts, saveAmounts } from "@/lib/budgets/grid-data";
import type { ApprovalInput, BudgetVersion, VersionChange, VersionInput } from "@/lib/budgets/schema";
import {
  deleteVersion,
  findVersions,
  getVersion,
  insertVersion,
  updateVersion,
} from "@/lib/budgets/versions-data";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { notFound } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import { fiscalYearStartOf } from "@/lib/domain/month";
import type { Page } from "@/lib/fields/schema";
import { readLedger } from "@/lib/ledger/read";
import { raiseAlerts } from "@/lib/thresholds/evaluate";

/** The versions of every year's budget, the newest first. */
export async function listVersions(
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<BudgetVersion>> {
  authorize(ctx, "budget:read");
  return await read(ctx, (db) => findVersions(db, ctx, page));
}

export async function readVersion(ctx: Ctx, { id }: { id: string }): Promise<BudgetVersion> {
  authorize(ctx, "budget:read");
  return await read(ctx, (db) => getVersion(db, ctx, id));
}

/**
 * A new draft of a fiscal year, empty or with what another version plans or the year before cost, so many percent
 * more or less.
 *
 * @throws DomainError `invalid_input`, when no fiscal year begins with that month
 */
export async function createVersion(ctx: Ctx, input: VersionInput): Promise<BudgetVersion> {
  authorize(ctx, "budget:approve");
  if (fiscalYearStartOf(input.fiscalYear, ctx.organization.fiscalYearStart) !== input.fiscalYear) {
    const message = "Your fiscal years do not begin with this month.";
    throw new DomainError("invalid_input", message, { fields: { fiscalYear: message } });
  }
  // What the year before cost has estimates in it, which are brought up to today before they are copied.
  if (input.copy?.source === "actual") await readLedger(ctx, async () => {});
  return await write(ctx, async (db) => {
    const amounts = input.copy === null ? [] : await copiedAmounts(db, ctx, input.fiscalYear, input.copy);
    const id = await insertVersion(db, ctx, input);
    if (amounts.length > 0) await saveAmounts(db, ctx, id, amounts);
    const after = await getVersion(db, ctx, id);
    const whole = { ...after, copy: input.copy, amounts };
    await trace(db, ctx, "budget_version.create", { after: whole });
    return after;
  });
}

export async function renameVersion(ctx: Ctx, change: VersionChange): Promise<BudgetVersion> {
  authorize(ctx, "budget:approve");
  return await write(ctx, async (db) => {
    const before = await getVersion(db, ctx, change.id);
    assertDraft(before);
    await updateVersion(db, ctx, change, { name: change.name });
    const after = await getVersion(db, ctx, change.id);
    await trace(db, ctx, "budget_version.rename", { before, after });
    return after;
  });
}

/** From now on this version is what its year is compared with, and nothing of it changes. */
export async function approveVersion(ctx: Ctx, input: ApprovalInput): Promise<BudgetVersion> {
  authorize(ctx, "budget:approve");
  return await write(ctx, async (db) => {
    const before = await getVersion(db, ctx, input.id);
    assertDraft(before);
    await updateVersion(db, ctx, input, { approved: true });
    const after = await getVersion(db, ctx, input.id);
    await trace(db, ctx, "budget_version.approve", { before, after });
    await raiseAlerts(db, ctx);
    return after;
  });
}

/** Takes the approval back: the version is a draft again. */
export async function withdrawApproval(ctx: Ctx, input: ApprovalInput): Promise<BudgetVersion> {
  authorize(ctx, "budget:approve");
  return await write(ctx, async (db) => {
    const before = await getVersion(db, ctx, input.id);
    if (before.approvedAt === null) throw notFound();
    await updateVersion(db, ctx, input, { approved: false });
    const after = await getVersion(db, ctx, input.id);
    await trace(db, ctx, "budget_version.withdraw", { before, after });
    await raiseAlerts(db, ctx);
    return after;
  });
}

/** Throws a draft away, with all that it plans; what it planned stays in the trail. An approved version stays. */
export async function discardVersion(ctx: Ctx, input: ApprovalInput): Promise<void> {
  authorize(ctx, "budget:approve");
  await write(ctx, async (db) => {
    const before = await getVersion(db, ctx, input.id);
    assertDraft(before);
    const amounts = await findAmounts(db, ctx, input.id);
    await deleteVersion(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "budget_version.discard",
      targetType: "budget_version",
      targetId: input.id,
      before: { ...before, amounts },
    });
    // Another version of the year may count from now on.
    await raiseAlerts(db, ctx);
  });
}

/** @throws DomainError `budget_frozen` */
export function assertDraft({ approvedAt }: BudgetVersion): void {
  if (approvedAt === null) return;
  throw new DomainError(
    "budget_frozen",
    "This budget is approved and frozen. Plan in a new version, or take the approval back first.",
  );
}

function trace(
  db: Db,
  ctx: Ctx,
  action: string,
  change: { before?: BudgetVersion; after: BudgetVersion & object },
): Promise<void> {
  return recordAudit(db, ctx, {
    action,
    targetType: "budget_version",
    targetId: change.after.id,
    ...change,
  });
}
