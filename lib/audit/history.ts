import "server-only";

import { readAccount } from "@/lib/accounts/service";
import { findEvents } from "@/lib/audit/data";
import { findSeenHistory } from "@/lib/audit/history-data";
import type { AuditEvent, HistoryFilter, HistoryRecord } from "@/lib/audit/schema";
import { authorize, type Ctx } from "@/lib/auth/ctx";
import { readCreditGrant } from "@/lib/credit-grants/service";
import { read } from "@/lib/db/client";
import { can } from "@/lib/domain/permission";
import type { Page } from "@/lib/fields/schema";
import { readInvoice } from "@/lib/invoices/service";
import { readMember } from "@/lib/members/service";
import { readSubscription } from "@/lib/subscriptions/service";
import { readWorkload } from "@/lib/workloads/service";

/** Whoever may read the record may know who changed it. */
const READ: Record<HistoryRecord, (ctx: Ctx, record: { id: string }) => Promise<unknown>> = {
  api_account: readAccount,
  credit_grant: readCreditGrant,
  invoice: readInvoice,
  member: readMember,
  subscription: readSubscription,
  workload: readWorkload,
};

/**
 * Who changed a record and what hangs on it, the last change first. Who reads the whole trail finds in it what they find
 * there; a lead the changes of what they see, and of an invoice, which they may see in part, only that it was changed.
 *
 * @throws DomainError `not_found`
 */
export async function listHistory(ctx: Ctx, filter: HistoryFilter): Promise<Page<AuditEvent>> {
  authorize(ctx, "history:read");
  const { targetType, targetId, ...page } = filter;
  await READ[targetType](ctx, { id: targetId });
  return await read(ctx, async (db) => {
    if (can(ctx.actor.roles, "audit:read")) return await findEvents(db, ctx, { targetId, ...page });
    const found = await findSeenHistory(db, ctx, filter);
    return targetType === "invoice" ? { ...found, data: found.data.map(withoutContent) } : found;
  });
}

function withoutContent({ targetId, names: { [targetId]: name }, ...event }: AuditEvent): AuditEvent {
  return {
    ...event,
    targetId,
    before: null,
    after: null,
    names: name === undefined ? {} : { [targetId]: name },
  };
}
