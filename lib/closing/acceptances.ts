import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { checklistWithin } from "@/lib/closing/checklist";
import {
  findAcceptances,
  removeAcceptance,
  removeApproval,
  saveAcceptance,
  saveApproval,
} from "@/lib/closing/data";
import type {
  Acceptance,
  AcceptanceInput,
  AcceptanceRemoval,
  Checklist,
  PeriodInput,
} from "@/lib/closing/schema";
import { assertInBooks, assertOpen, assertOver } from "@/lib/closing/service";
import { recordAudit } from "@/lib/db/audit";
import { type Db, write } from "@/lib/db/client";
import { notFound, required } from "@/lib/db/version";
import { bringUpToDateWithin } from "@/lib/ledger/repost";

/** Takes a point of the checklist as it is, at its amount of now; when that changes, it has to be looked at again. */
export async function accept(ctx: Ctx, input: AcceptanceInput): Promise<Acceptance> {
  authorize(ctx, "closing:write");
  assertInBooks(ctx, input.month);
  return await write(ctx, async (db) => {
    await assertOpen(db, ctx, input.month);
    await bringUpToDateWithin(db, ctx);
    const { items } = await checklistWithin(db, ctx, input.month);
    const row = items
      .find(({ kind }) => kind === input.kind)
      ?.rows.find(({ subjectId }) => subjectId === input.subjectId);
    if (!row) throw notFound();
    const id = await saveAcceptance(db, ctx, { ...input, amountMinor: row.amount.minor });
    const after = await acceptanceWithin(db, ctx, { month: input.month, id });
    const { note: _, acceptedBy: __, ...kept } = after;
    await recordAudit(db, ctx, {
      action: "closing.accept",
      targetType: "closing_acceptance",
      targetId: id,
      after: kept,
    });
    return after;
  });
}

/** The point has to be cleared after all. */
export async function withdrawAcceptance(ctx: Ctx, input: AcceptanceRemoval): Promise<void> {
  authorize(ctx, "closing:write");
  await write(ctx, async (db) => {
    const { kind, subjectId, amount } = await acceptanceWithin(db, ctx, input);
    await assertOpen(db, ctx, input.month);
    await removeAcceptance(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "closing.withdraw",
      targetType: "closing_acceptance",
      targetId: input.id,
      before: { month: input.month, kind, subjectId, amount },
    });
    return null;
  });
}

async function acceptanceWithin(db: Db, ctx: Ctx, { month, id }: AcceptanceRemoval): Promise<Acceptance> {
  return required((await findAcceptances(db, ctx, month)).find((one) => one.id === id) ?? null);
}

/** Says that a month may be closed by somebody else, where the organization asks for two people. */
export async function approveMonth(ctx: Ctx, { month }: PeriodInput): Promise<Checklist> {
  authorize(ctx, "closing:write");
  assertInBooks(ctx, month);
  assertOver(ctx, month);
  return await write(ctx, async (db) => {
    await assertOpen(db, ctx, month);
    await saveApproval(db, ctx, month);
    await traceApproval(db, ctx, "closing.approve", month);
    return await checklistWithin(db, ctx, month);
  });
}

export async function withdrawApproval(ctx: Ctx, { month }: PeriodInput): Promise<Checklist> {
  authorize(ctx, "closing:write");
  assertInBooks(ctx, month);
  return await write(ctx, async (db) => {
    await assertOpen(db, ctx, month);
    await removeApproval(db, ctx, month);
    await traceApproval(db, ctx, "closing.unapprove", month);
    return await checklistWithin(db, ctx, month);
  });
}

const traceApproval = (db: Db, ctx: Ctx, action: string, month: string) =>
  recordAudit(db, ctx, {
    action,
    targetType: "organization",
    targetId: ctx.organization.id,
    after: { month },
  });
