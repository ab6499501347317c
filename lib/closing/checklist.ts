import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadClosedMonths } from "@/lib/books/closed-data";
import { type FoundRow, findUnclassified, sumEstimates } from "@/lib/closing/checklist-data";
import { findAcceptances, findApproval, needsApproval } from "@/lib/closing/data";
import {
  CHECKLIST_KINDS,
  type Checklist,
  type ChecklistItem,
  type ChecklistKind,
} from "@/lib/closing/schema";
import { coverageWithin } from "@/lib/coverage/service";
import type { Db } from "@/lib/db/client";
import type { CoverageState } from "@/lib/domain/coverage";
import { money } from "@/lib/domain/money";
import { type Month, shiftMonth } from "@/lib/domain/month";
import { findDuties } from "@/lib/invoice-duties/data";
import { dueByOf } from "@/lib/invoice-duties/due-by";
import { findUnexplained } from "@/lib/reconciliation/service";

/** What each part of the checklist finds to stand against closing a month. */
const FINDERS: Record<ChecklistKind, (db: Db, ctx: Ctx, month: Month) => Promise<FoundRow[]>> = {
  month_before: findMonthBefore,
  unclassified: findUnclassified,
  expected_invoice: findExpectedInvoices,
  difference: findDifferences,
};

/** The checklist of a month, in a transaction that is under way, with the ledger up to date. */
export async function checklistWithin(db: Db, ctx: Ctx, month: Month): Promise<Checklist> {
  const acceptances = await findAcceptances(db, ctx, month);
  const items: ChecklistItem[] = [];
  for (const kind of CHECKLIST_KINDS) {
    const found = await FINDERS[kind](db, ctx, month);
    const rows = found.map(({ amountMinor, due = null, ...row }) => ({
      ...row,
      due,
      amount: money(amountMinor, ctx.organization.baseCurrency),
      // What was accepted was accepted at its amount.
      acceptance:
        acceptances.find(
          (one) => one.kind === kind && one.subjectId === row.subjectId && one.amount.minor === amountMinor,
        ) ?? null,
    }));
    items.push({ kind, rows, done: rows.every(({ acceptance }) => acceptance !== null) });
  }
  return {
    month,
    items,
    complete: items.every(({ done }) => done),
    needsApproval: await needsApproval(db, ctx),
    approval: await findApproval(db, ctx, month),
  };
}

/** Months close one after another, from the first of the books. */
async function findMonthBefore(db: Db, ctx: Ctx, month: Month): Promise<FoundRow[]> {
  const before = shiftMonth(month, -1);
  const { id, booksStart } = ctx.organization;
  const closed = await loadClosedMonths(db, ctx);
  if (before < booksStart || closed?.months.has(before)) return [];
  const place = { kind: "month" as const, id: before };
  return [{ subjectId: id, name: before, detail: "not closed yet", amountMinor: 0, place }];
}

const WORDS: Partial<Record<CoverageState, string>> = {
  estimated: "no invoice, estimated",
  partly_billed: "partly invoiced, the rest estimated",
  missing: "no invoice and no estimate",
};

/** The contracts whose invoice is not there, or not for all of it. */
async function findExpectedInvoices(db: Db, ctx: Ctx, month: Month): Promise<FoundRow[]> {
  const estimates = await sumEstimates(db, ctx, month);
  const contracts = await coverageWithin(db, ctx, [month]);
  const duties = await findDuties(db, ctx);
  return contracts.flatMap(({ kind, id, name, serviceProvider, months }) => {
    const detail = WORDS[months[0]?.state ?? "not_expected"];
    if (detail === undefined) return [];
    const amountMinor = estimates.get(id) ?? 0;
    const place = { kind, id };
    const due = dueByOf(duties.get(id), month, ctx);
    return [{ subjectId: id, name, detail: `${serviceProvider.name} · ${detail}`, amountMinor, place, due }];
  });
}

/** What differs beyond the tolerance and nobody has explained. */
async function findDifferences(db: Db, ctx: Ctx, month: Month): Promise<FoundRow[]> {
  const contracts = await findUnexplained(db, ctx, month);
  return contracts.map(({ kind, id, name, serviceProvider, unexplained }) => ({
    subjectId: id,
    name,
    detail: `${serviceProvider.name} · not explained`,
    amountMinor: unexplained.minor,
    place: { kind, id },
  }));
}
