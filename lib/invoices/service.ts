import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { loadClosedMonths } from "@/lib/books/closed-data";
import { followLines } from "@/lib/credit-grants/lines-data";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import { assertInvoice } from "@/lib/domain/invoice";
import type { Page } from "@/lib/fields/schema";
import { findChargedAccounts } from "@/lib/forecast/touched-data";
import { removeDraftOf } from "@/lib/invoice-drafts/data";
import { replaceCharges } from "@/lib/invoices/charges-data";
import { findByNumber, findState, insertInvoice, updateInvoice, voidInvoiceRow } from "@/lib/invoices/data";
import { findInvoices } from "@/lib/invoices/list-data";
import { getInvoice } from "@/lib/invoices/read-data";
import { assertReferences } from "@/lib/invoices/references";
import type {
  Invoice,
  InvoiceChange,
  InvoiceFacts,
  InvoiceFilter,
  InvoiceInput,
  InvoiceSummary,
  VoidInput,
} from "@/lib/invoices/schema";
import { removeEntries } from "@/lib/ledger/entry-data";
import { readLedger } from "@/lib/ledger/read";
import { repost } from "@/lib/ledger/repost";
import { findChargedScopes } from "@/lib/ledger/usage-data";

/** The invoices whose header the actor may see, the last issued first. */
export async function listInvoices(ctx: Ctx, filter: InvoiceFilter): Promise<Page<InvoiceSummary>> {
  authorize(ctx, "invoice:read");
  return await read(ctx, (db) => findInvoices(db, ctx, filter));
}

/** An invoice as far as the actor may see it, voided or not. */
export async function readInvoice(ctx: Ctx, { id }: { id: string }): Promise<Invoice> {
  authorize(ctx, "invoice:read");
  return await readLedger(ctx, (db) => getInvoice(db, ctx, id));
}

/** Enters a provider's invoice; from then on its charges count, and the estimates for what they cover go. */
export async function postInvoice(ctx: Ctx, { draftId, ...invoice }: InvoiceInput): Promise<Invoice> {
  authorize(ctx, "invoice:enter");
  assertInvoice(invoice);
  return await write(ctx, async (db) => {
    const id = await postInvoiceWithin(db, ctx, invoice);
    if (draftId !== undefined) await removeDraftOf(db, ctx, draftId);
    await repost(db, ctx, { invoiceIds: [id] });
    return await getInvoice(db, ctx, id);
  });
}

/** The same in a transaction that is under way; the caller posts what it touches. */
export async function postInvoiceWithin(db: Db, ctx: Ctx, invoice: InvoiceFacts): Promise<string> {
  assertInvoice(invoice);
  await assertReferences(db, ctx, invoice);
  await assertNumberFree(db, ctx, invoice);
  const id = await insertInvoice(db, ctx, invoice);
  await recordAudit(db, ctx, {
    action: "invoice.post",
    targetType: "invoice",
    targetId: id,
    after: traceOf(invoice),
  });
  return id;
}

/** Replaces the header and the lines of an invoice that was entered wrongly. */
export async function changeInvoice(ctx: Ctx, { id, version, ...invoice }: InvoiceChange): Promise<Invoice> {
  authorize(ctx, "invoice:change");
  assertInvoice(invoice);
  return await write(ctx, async (db) => {
    await assertNotVoided(db, ctx, id);
    const before = await getInvoice(db, ctx, id);
    const charged = await findChargedAccounts(db, ctx, [id]);
    await assertReferences(db, ctx, invoice);
    await assertNumberFree(db, ctx, invoice, id);
    await updateInvoice(db, ctx, { id, version }, invoice);
    // The entries hold on to the lines, so they go first; their months are summed anew even if nothing comes back.
    const coveredDays = await findChargedScopes(db, ctx, [id]);
    const own = { invoiceIds: [id], subscriptionIds: [], metered: [] };
    const removed = await removeEntries(db, ctx, own, await loadClosedMonths(db, ctx));
    await replaceCharges(db, ctx, { invoiceId: id, charges: invoice.charges });
    await followLines(db, ctx, id, { before: before.charges, after: invoice.charges });
    const subscriptionIds = contractsOf(before);
    await repost(db, ctx, { invoiceIds: [id], subscriptionIds, charged, coveredDays, removed });
    await recordAudit(db, ctx, {
      action: "invoice.change",
      targetType: "invoice",
      targetId: id,
      before: traceOf(before),
      after: traceOf(invoice),
    });
    return await getInvoice(db, ctx, id);
  });
}

/** Takes an invoice out of the books without losing it; its number may be entered again. */
export async function voidInvoice(ctx: Ctx, input: VoidInput): Promise<Invoice> {
  authorize(ctx, "invoice:change");
  return await write(ctx, async (db) => {
    await voidInvoiceWithin(db, ctx, input);
    await repost(db, ctx, { invoiceIds: [input.id] });
    return await getInvoice(db, ctx, input.id);
  });
}

/** The same in a transaction that is under way; the caller posts what it touches. */
export async function voidInvoiceWithin(db: Db, ctx: Ctx, input: VoidInput): Promise<void> {
  await assertNotVoided(db, ctx, input.id);
  await voidInvoiceRow(db, ctx, input);
  await recordAudit(db, ctx, {
    action: "invoice.void",
    targetType: "invoice",
    targetId: input.id,
    before: { state: "posted" },
    after: { state: "void" },
  });
}

async function assertNotVoided(db: Db, ctx: Ctx, id: string): Promise<void> {
  if (!required(await findState(db, ctx, id)).voided) return;
  throw new DomainError("invoice_void", "This invoice was voided. Enter it again instead.");
}

async function assertNumberFree(db: Db, ctx: Ctx, invoice: InvoiceFacts, ownId?: string): Promise<void> {
  const conflictingId = await findByNumber(db, ctx, invoice);
  if (conflictingId === null || conflictingId === ownId) return;
  const message = "This invoice number is already entered for this provider.";
  throw new DomainError("invoice_duplicate", message, { fields: { number: message }, conflictingId });
}

const contractsOf = ({ charges }: Invoice): string[] => [
  ...new Set(charges.flatMap(({ subscription }) => subscription?.id ?? [])),
];

/** What the trail keeps: ids, days and amounts, without free text, which may name a person. */
function traceOf({ note: _, charges, ...header }: InvoiceFacts | Invoice): object {
  return { ...header, charges: charges.map(({ description: _text, ...charge }) => charge) };
}
