import { z } from "zod";

import { linkOf, targetOf } from "@/components/invoices/line-target";
import { percentOf, taxOf } from "@/components/invoices/line-tax";
import { type Currency, fractionDigits } from "@/lib/domain/currency";
import { CHARGE_CATEGORIES, INVOICE_TYPES, PURPOSES } from "@/lib/domain/facts";
import { type Money, money, sumMinor } from "@/lib/domain/money";
import { TAX_TREATMENTS } from "@/lib/domain/tax";
import type { ExpectedInvoice } from "@/lib/expected-invoices/schema";
import type { Invoice, InvoiceBody } from "@/lib/invoices/schema";

const text = z.string().catch("");
const id = z.string().nullable().catch(null);
const amount = z.object({ minor: z.int(), currency: z.string() }).nullable().catch(null);

const lineValues = z.object({
  chargeCategory: z.enum(CHARGE_CATEGORIES).catch("purchase"),
  description: text,
  chargePeriod: z.object({ start: z.string(), end: z.string() }).nullable().catch(null),
  quantity: text,
  unitPrice: text,
  billedCost: amount,
  /** What the line is for, as one choice: a contract with its plan, an API account, or not AI at all. */
  target: id,
  memberId: id,
  /** In percent, as typed. */
  recoverable: text,
  selfAssessed: z.boolean().catch(false),
  taxTreatment: z.enum(["", ...TAX_TREATMENTS]).catch(""),
  /** Of a tax, in percent, as typed. */
  taxRate: text,
  taxCode: text,
  follows: z.array(z.int()).catch([]),
  shares: z
    .array(
      z.object({
        basisPoints: z.int(),
        purpose: z.enum(PURPOSES),
        teamId: id,
        productId: id,
        memberId: id,
      }),
    )
    .catch([]),
});
export type LineValues = z.output<typeof lineValues>;

const invoiceValues = z.object({
  type: z.enum(INVOICE_TYPES).catch("invoice"),
  number: text,
  serviceProviderId: id,
  currency: z.string().catch("USD"),
  issueDate: id,
  dueDate: id,
  purchaseOrder: text,
  /** What the invoice says in total; blank: what the lines come to. */
  total: amount,
  paidById: id,
  reimbursed: amount,
  note: text,
  charges: z.array(lineValues).catch([]),
});
/** An invoice as it is being typed. */
export type InvoiceValues = z.output<typeof invoiceValues>;

export const BLANK_LINE: LineValues = lineValues.parse({});

export const blankInvoice = (currency: Currency): InvoiceValues => ({
  ...invoiceValues.parse({ currency }),
  charges: [BLANK_LINE],
});

/** What a draft kept, whoever typed it and however far they came. */
export const fromDraft = (content: object, currency: Currency): InvoiceValues => {
  const values = invoiceValues.parse({ currency, ...content });
  return values.charges.length > 0 ? values : { ...values, charges: [BLANK_LINE] };
};

/** An expected invoice as the form begins with it. */
export function fromExpected({ body, currency }: ExpectedInvoice): InvoiceValues {
  return {
    ...blankInvoice(currency),
    serviceProviderId: body.serviceProviderId,
    issueDate: body.issueDate,
    charges: body.charges.map((charge) => ({
      ...BLANK_LINE,
      chargeCategory: charge.chargeCategory,
      description: charge.description,
      chargePeriod: charge.chargePeriod ?? null,
      quantity: String(charge.quantity ?? ""),
      unitPrice: String(charge.unitPrice ?? ""),
      billedCost: charge.billedCost,
      target: targetOf(charge),
      recoverable: percentOf(charge.recoverableBasisPoints),
      selfAssessed: charge.selfAssessed ?? false,
      taxTreatment: charge.taxTreatment ?? "",
      taxRate: percentOf(charge.taxRateBasisPoints),
      taxCode: charge.taxCode ?? "",
    })),
  };
}

/** An entered invoice, to be changed. */
export function fromInvoice(invoice: Invoice): InvoiceValues {
  const { paidBy, charges, serviceProvider, billedCost } = invoice;
  return {
    type: invoice.type,
    number: invoice.number,
    serviceProviderId: serviceProvider.id,
    currency: billedCost.currency,
    issueDate: invoice.issueDate,
    dueDate: invoice.dueDate,
    purchaseOrder: invoice.purchaseOrder ?? "",
    total: billedCost,
    paidById: paidBy?.member.id ?? null,
    reimbursed: paidBy?.reimbursed ?? null,
    note: invoice.note,
    charges: charges.map((charge) => ({
      chargeCategory: charge.chargeCategory,
      description: charge.description,
      chargePeriod: charge.chargePeriod,
      quantity: charge.quantity ?? "",
      unitPrice: charge.unitPrice ?? "",
      billedCost: charge.billedCost,
      target: targetOf({
        subscriptionId: charge.subscription?.id,
        planId: charge.plan?.id,
        apiAccountId: charge.apiAccount?.id,
        outOfScope: charge.outOfScope,
      }),
      memberId: charge.member?.id ?? null,
      recoverable: percentOf(charge.recoverableBasisPoints),
      selfAssessed: charge.selfAssessed,
      taxTreatment: charge.taxTreatment ?? "",
      taxRate: percentOf(charge.taxRateBasisPoints),
      taxCode: charge.taxCode ?? "",
      follows: [...charge.follows],
      shares: charge.shares.map(({ team, product, member, ...share }) => ({
        ...share,
        teamId: team?.id ?? null,
        productId: product?.id ?? null,
        memberId: member?.id ?? null,
      })),
    })),
  };
}

/** The lines' sum, as far as it is typed, without tax that the buyer assesses itself. */
export function sumOfLines({ charges, currency }: Pick<InvoiceValues, "charges" | "currency">): Money {
  const asked = charges.filter(({ selfAssessed }) => !selfAssessed);
  return money(sumMinor(asked.map(({ billedCost }) => billedCost?.minor ?? 0)), currency);
}

/** Amounts when the currency changes: as typed where both have as many places, else to be typed again. */
export function inCurrency(values: InvoiceValues, currency: Currency): InvoiceValues {
  const kept = (value: Money | null): Money | null =>
    value && fractionDigits(value.currency) === fractionDigits(currency) ? { ...value, currency } : null;
  return {
    ...values,
    currency,
    total: kept(values.total),
    reimbursed: kept(values.reimbursed),
    charges: values.charges.map((line) => ({ ...line, billedCost: kept(line.billedCost) })),
  };
}

/** The request that enters what was typed; what is missing goes as it is, for the server to name. */
export function toBody(values: InvoiceValues): Partial<InvoiceBody> {
  const { charges, total, paidById, reimbursed, currency, serviceProviderId, issueDate } = values;
  return {
    type: values.type,
    number: values.number,
    ...(serviceProviderId !== null && { serviceProviderId }),
    ...(issueDate !== null && { issueDate }),
    dueDate: values.dueDate,
    purchaseOrder: values.purchaseOrder.trim() || null,
    billedCost: total ?? sumOfLines(values),
    paidBy: paidById === null ? null : { memberId: paidById, reimbursed },
    note: values.note,
    charges: charges.map((line) => ({
      chargeCategory: line.chargeCategory,
      description: line.description,
      chargePeriod: line.chargePeriod,
      quantity: line.quantity.trim() || null,
      unitPrice: line.unitPrice.trim() || null,
      billedCost: line.billedCost ?? money(0, currency),
      ...linkOf(line.target),
      memberId: line.memberId,
      shares: line.shares,
      follows: line.follows,
      ...taxOf(line),
    })),
  };
}
