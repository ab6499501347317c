import { z } from "zod";

import type { Money } from "@/lib/domain/money";
import { monthField, type Named } from "@/lib/fields/schema";
import type { DueBy } from "@/lib/invoice-duties/schema";
import type { InvoiceBody } from "@/lib/invoices/schema";

export const expectedInvoiceFilter = z.strictObject({ month: monthField });

/** A line of an expected invoice; the amount is null when only the provider knows it. */
export type ExpectedInvoiceCharge = Omit<InvoiceBody["charges"][number], "billedCost"> & {
  readonly billedCost: Money | null;
};

/** The body of POST /invoices, but for the number and for amounts that nobody can know before. */
export type ExpectedInvoiceBody = Omit<InvoiceBody, "number" | "draftId" | "billedCost" | "charges"> & {
  readonly billedCost: Money | null;
  readonly charges: readonly ExpectedInvoiceCharge[];
};

/** An invoice that a contract should bring in a month and that is not there yet, ready to be entered. */
export type ExpectedInvoice = {
  readonly kind: "subscription" | "api_account";
  readonly contract: Named;
  readonly serviceProvider: Named;
  /** In which amounts are, or will be, typed. */
  readonly currency: string;
  readonly body: ExpectedInvoiceBody;
  /** Who enters it and until when, if anybody in particular. */
  readonly due: DueBy | null;
  /** The draft that somebody began for it. */
  readonly draft: { readonly id: string; readonly updatedAt: string; readonly version: number } | null;
};

export type ExpectedInvoices = { readonly month: string; readonly data: readonly ExpectedInvoice[] };
