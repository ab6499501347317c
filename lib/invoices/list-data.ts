import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate } from "@/lib/db/dates";
import { isCalendarDate } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { PURPOSES } from "@/lib/domain/facts";
import { money } from "@/lib/domain/money";
import { periodOfMonth } from "@/lib/domain/month";
import type { Page } from "@/lib/fields/schema";
import { NAMED, visibleEntries, visibleInvoices } from "@/lib/invoices/read-data";
import type { InvoiceFilter, InvoiceSummary } from "@/lib/invoices/schema";
import type { Prisma } from "@/prisma/generated/client";

/** Invoices, the last issued first; of one day, the last entered first. */
export async function findInvoices(db: Db, ctx: Ctx, filter: InvoiceFilter): Promise<Page<InvoiceSummary>> {
  const rows = await db.invoice.findMany({
    where: {
      organizationId: ctx.organization.id,
      AND: [visibleInvoices(ctx), ...conditions(filter), after(filter.cursor)],
    },
    orderBy: [{ issueDate: "desc" }, { id: "desc" }],
    take: filter.limit + 1,
    select: {
      id: true,
      type: true,
      number: true,
      serviceProvider: NAMED,
      issueDate: true,
      dueDate: true,
      currency: true,
      billedCostMinor: true,
      voidedAt: true,
      version: true,
      _count: { select: { attachments: { where: visibleAttachments(ctx) } } },
    },
  });
  const page = rows.slice(0, filter.limit);
  const purposes = await findPurposes(
    db,
    ctx,
    page.map(({ id }) => id),
  );
  const data = page.map(({ currency, billedCostMinor, voidedAt, _count, issueDate, dueDate, ...row }) => ({
    ...row,
    state: voidedAt === null ? ("posted" as const) : ("void" as const),
    issueDate: fromDbDate(issueDate),
    dueDate: fromDbDateOrNull(dueDate),
    billedCost: money(Number(billedCostMinor), currency),
    purposes: PURPOSES.filter((purpose) => purposes.get(row.id)?.has(purpose)),
    attachmentCount: _count.attachments,
  }));
  const last = data.at(-1);
  return { data, nextCursor: rows.length > filter.limit && last ? `${last.issueDate}_${last.id}` : null };
}

/** A file shows the whole invoice, so it is for those who may see all of it, and for whoever attached it. */
export const visibleAttachments = (ctx: Ctx): Prisma.AttachmentWhereInput =>
  visibility(ctx).all ? {} : { createdById: ctx.actor.userId };

function conditions(filter: InvoiceFilter): Prisma.InvoiceWhereInput[] {
  const { month, serviceProviderId, subscriptionId, apiAccountId, text, state } = filter;
  return [
    ...(month ? [inMonth(month)] : []),
    ...(serviceProviderId ? [{ serviceProviderId }] : []),
    ...(subscriptionId ? [{ charges: { some: { subscriptionId } } }] : []),
    ...(apiAccountId ? [{ charges: { some: { apiAccountId } } }] : []),
    ...(state ? [{ voidedAt: state === "void" ? { not: null } : null }] : []),
    ...(text ? [named(text)] : []),
  ];
}

function inMonth(month: string): Prisma.InvoiceWhereInput {
  const { start, end } = periodOfMonth(month);
  const days = { gte: toDbDate(start), lt: toDbDate(end) };
  return { OR: [{ issueDate: days }, { charges: { some: { chargePeriodStart: days } } }] };
}

function named(text: string): Prisma.InvoiceWhereInput {
  // The signs that LIKE reads as wildcards are meant as themselves.
  const contains = { contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
  return {
    OR: [{ number: contains }, { purchaseOrder: contains }, { serviceProvider: { name: contains } }],
  };
}

function after(cursor: string | undefined): Prisma.InvoiceWhereInput {
  if (cursor === undefined) return {};
  const [date = "", id = ""] = cursor.split("_");
  if (!isCalendarDate(date) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw new DomainError("invalid_input", "This cursor is not one of ours.", {
      fields: { cursor: "Use the nextCursor of the page before." },
    });
  }
  const issueDate = toDbDate(date);
  return { OR: [{ issueDate: { lt: issueDate } }, { issueDate, id: { lt: id } }] };
}

async function findPurposes(db: Db, ctx: Ctx, invoiceIds: string[]): Promise<Map<string, Set<string>>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await db.ledgerEntry.findMany({
    where: {
      organizationId: ctx.organization.id,
      invoiceId: { in: invoiceIds },
      kind: "cost",
      AND: visibleEntries(ctx),
    },
    distinct: ["invoiceId", "purpose"],
    select: { invoiceId: true, purpose: true },
  });
  const byInvoice = Map.groupBy(rows, ({ invoiceId }) => invoiceId ?? "");
  return new Map([...byInvoice].map(([id, group]) => [id, new Set(group.map(({ purpose }) => purpose))]));
}
