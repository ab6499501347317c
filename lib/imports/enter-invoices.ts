import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { InvoiceLineFact } from "@/lib/connectors/connector";
import type { Db } from "@/lib/db/client";
import { type Created, type EnteredReport, reportOf } from "@/lib/imports/entered";
import { foreignCurrencies, planInvoices } from "@/lib/imports/invoice-plan";
import { loadInvoiceBooks } from "@/lib/imports/invoices-data";
import { postInvoiceWithin } from "@/lib/invoices/service";
import { repost } from "@/lib/ledger/repost";

/**
 * Enters invoices in a transaction that is under way, for somebody who may enter them. Lines of one provider and
 * number are one invoice; one that the books have already, with the same total and date, is left as it is. Everything
 * is read before anything is written: with errors the books are as they were.
 *
 * @throws DomainError what the books refuse as a whole
 */
export async function enterInvoices(
  db: Db,
  ctx: Ctx,
  facts: readonly InvoiceLineFact[],
): Promise<EnteredReport> {
  const numbers = [...new Set(facts.map(({ number }) => number))];
  const books = await loadInvoiceBooks(db, ctx, { numbers, currencies: foreignCurrencies(ctx, facts) });
  const { invoices, outcomes, errors } = planInvoices(ctx, facts, books);
  const created: Created[] = [];
  if (errors.length === 0 && invoices.length > 0) {
    for (const invoice of invoices) {
      created.push({ kind: "invoice", id: await postInvoiceWithin(db, ctx, invoice) });
    }
    await repost(db, ctx, { invoiceIds: created.map(({ id }) => id) });
  }
  return reportOf(outcomes, { created, errors });
}
