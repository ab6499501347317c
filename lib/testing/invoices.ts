import {
  type InvoiceBody,
  type InvoiceFacts,
  type InvoiceInput,
  invoiceFacts,
  invoiceInput,
} from "@/lib/invoices/schema";
import type { SomeBooks } from "@/lib/testing/books";

const OCTOBER = { start: "2026-10-01", end: "2026-11-01" };

export const usd = (minor: number) => ({ minor, currency: "USD" });

/** Five seats of Claude Team for October; a test changes the one thing it is about. */
export const seatCharge = (books: SomeBooks, changes: Partial<InvoiceBody["charges"][number]> = {}) => ({
  chargeCategory: "purchase" as const,
  description: "Claude Team, 5 seats",
  chargePeriod: OCTOBER,
  quantity: "5",
  unitPrice: "25.00",
  billedCost: usd(12_500),
  subscriptionId: books.subscriptions.claudeTeam,
  planId: books.plans.standard,
  ...changes,
});

/** Metered use of an API account in October. */
export const usageCharge = (apiAccountId: string, minor: number) => ({
  chargeCategory: "usage" as const,
  description: "API usage",
  chargePeriod: OCTOBER,
  billedCost: usd(minor),
  apiAccountId,
});

const body = (books: SomeBooks, changes: Partial<InvoiceBody>): InvoiceBody => {
  const charges = changes.charges ?? [seatCharge(books)];
  const total = charges.reduce((sum, line) => sum + (line.selfAssessed ? 0 : line.billedCost.minor), 0);
  return {
    number: "INV-1",
    serviceProviderId: books.providers.anthropic,
    issueDate: "2026-10-31",
    billedCost: usd(total),
    charges,
    ...changes,
  };
};

/** An invoice of Anthropic of 2026-10-31 as a request brings it, whose total is what its lines ask for. */
export const anInvoice = (books: SomeBooks, changes: Partial<InvoiceBody> = {}): InvoiceInput =>
  invoiceInput.parse(body(books, changes));

/** The same, for replacing one. */
export const invoiceFactsOf = (books: SomeBooks, changes: Partial<InvoiceBody> = {}): InvoiceFacts =>
  invoiceFacts.parse(body(books, changes));
