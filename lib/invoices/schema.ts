import { z } from "zod";

import {
  type BillingModel,
  CHARGE_CATEGORIES,
  type ChargeCategory,
  INVOICE_TYPES,
  type InvoiceType,
  PURPOSES,
  type Purpose,
} from "@/lib/domain/facts";
import type { EntryKind } from "@/lib/domain/ledger-entry";
import type { Money } from "@/lib/domain/money";
import type { Period } from "@/lib/domain/period";
import { TAX_TREATMENTS, type TaxTreatment } from "@/lib/domain/tax";
import {
  basisPointsField,
  dateField,
  idField,
  moneyField,
  monthField,
  type Named,
  optionalTextField,
  pageFields,
  textField,
  versionField,
} from "@/lib/fields/schema";

/** Charges of one invoice. */
export const CHARGES_MAX = 500;

const periodField = z
  .strictObject({ start: dateField, end: dateField })
  .refine(({ start, end }) => start < end, {
    path: ["end"],
    message: "The end is the day after the last, so it is later than the start.",
  });

/** A decimal as printed on the invoice, kept digit by digit; a plain number is taken too. */
const decimalField = (placesMax: number) =>
  z
    .union([z.string(), z.number().transform(String)])
    .refine((text) => new RegExp(`^-?\\d{1,11}(\\.\\d{1,${placesMax}})?$`).test(text), {
      message: `Use a plain number like 12.5, with at most ${placesMax} decimal places.`,
    });

const shareInput = z.strictObject({
  basisPoints: z.int("Use whole basis points.").min(1, "Use at least 1.").max(10_000, "Use at most 10,000."),
  purpose: z.enum(PURPOSES),
  teamId: idField.nullable().default(null),
  productId: idField.nullable().default(null),
  memberId: idField.nullable().default(null),
});

export const chargeInput = z.strictObject({
  chargeCategory: z.enum(CHARGE_CATEGORIES),
  description: textField(300),
  chargePeriod: periodField.nullable().default(null),
  quantity: decimalField(6).nullable().default(null),
  /** In the invoice's currency, as printed. */
  unitPrice: decimalField(9).nullable().default(null),
  billedCost: moneyField,
  subscriptionId: idField.nullable().default(null),
  planId: idField.nullable().default(null),
  apiAccountId: idField.nullable().default(null),
  /** A part of the bill that is not AI. */
  outOfScope: z.boolean().default(false),
  memberId: idField.nullable().default(null),
  shares: z.array(shareInput).max(50, "Use at most 50 shares.").default([]),
  /** Positions in the list of charges, from 0, of the lines that a tax or credit follows; none: all of them. */
  follows: z
    .array(
      z
        .int()
        .min(0)
        .max(CHARGES_MAX - 1),
    )
    .max(CHARGES_MAX)
    .default([]),
  recoverableBasisPoints: basisPointsField.default(0),
  selfAssessed: z.boolean().default(false),
  taxTreatment: z.enum(TAX_TREATMENTS).nullable().default(null),
  /** Of a tax. */
  taxRateBasisPoints: basisPointsField.nullable().default(null),
  taxCode: textField(20).nullable().default(null),
});
export type ChargeInput = z.output<typeof chargeInput>;

const facts = {
  type: z.enum(INVOICE_TYPES).default("invoice"),
  /** The provider's number, not ours. */
  number: textField(100),
  serviceProviderId: idField,
  issueDate: dateField,
  dueDate: dateField.nullable().default(null),
  purchaseOrder: textField(100).nullable().default(null),
  billedCost: moneyField,
  /** Absent when the company paid; what the member got back is the cost, when it differs. */
  paidBy: z
    .strictObject({ memberId: idField, reimbursed: moneyField.nullable().default(null) })
    .nullable()
    .default(null),
  note: optionalTextField(1_000).default(""),
  charges: z
    .array(chargeInput)
    .min(1, "Add at least one line.")
    .max(CHARGES_MAX, `Use at most ${CHARGES_MAX} lines.`),
};

/** What an invoice says, without what it is called in our books. */
export const invoiceFacts = z.strictObject(facts);
export type InvoiceFacts = z.output<typeof invoiceFacts>;

export const invoiceInput = z.strictObject({
  ...facts,
  /** The draft that this finishes; it is gone when the invoice is there. */
  draftId: idField.optional(),
});
export type InvoiceInput = z.output<typeof invoiceInput>;
/** What a program sends: what has a default may be left out. */
export type InvoiceBody = z.input<typeof invoiceInput>;

/** Replaces the header and all charges. */
export const invoiceChange = z.strictObject({ ...facts, id: idField, version: versionField });
export type InvoiceChange = z.output<typeof invoiceChange>;

export const voidInput = z.strictObject({ id: idField, version: versionField, reason: textField(500) });
export type VoidInput = z.output<typeof voidInput>;

export const byId = z.strictObject({ id: idField });

export const INVOICE_STATES = ["posted", "void"] as const;
export type InvoiceState = (typeof INVOICE_STATES)[number];

export const invoiceFilter = z.strictObject({
  ...pageFields,
  /** Issued in the month, or with a line whose charge period begins in it. */
  month: monthField.optional(),
  serviceProviderId: idField.optional(),
  subscriptionId: idField.optional(),
  apiAccountId: idField.optional(),
  /** In the number, the purchase order or the provider's name; any case. */
  text: optionalTextField(100).optional(),
  state: z.enum(INVOICE_STATES).optional(),
});
export type InvoiceFilter = z.output<typeof invoiceFilter>;

/** An invoice in a list. */
export type InvoiceSummary = {
  readonly id: string;
  readonly type: InvoiceType;
  readonly number: string;
  readonly state: InvoiceState;
  readonly serviceProvider: Named;
  readonly issueDate: string;
  readonly dueDate: string | null;
  readonly billedCost: Money;
  /** What its visible lines count as. */
  readonly purposes: readonly Purpose[];
  readonly attachmentCount: number;
  readonly version: number;
};

export type ChargeShare = {
  readonly basisPoints: number;
  readonly purpose: Purpose;
  readonly team: Named | null;
  readonly product: Named | null;
  readonly member: Named | null;
};

/** What a part of a charge counts as, over all its months, in the organization's base currency. */
export type CountsAs = {
  readonly kind: EntryKind;
  readonly purpose: Purpose;
  readonly billingModel: BillingModel;
  readonly team: Named | null;
  readonly product: Named | null;
  readonly baseCost: Money;
};

export type InvoiceCharge = {
  readonly id: string;
  /** Its place on the invoice, from 0. */
  readonly position: number;
  readonly chargeCategory: ChargeCategory;
  readonly description: string;
  readonly chargePeriod: Period | null;
  readonly quantity: string | null;
  readonly unitPrice: string | null;
  readonly billedCost: Money;
  readonly subscription: Named | null;
  readonly plan: Named | null;
  readonly apiAccount: Named | null;
  readonly outOfScope: boolean;
  readonly member: Named | null;
  readonly shares: readonly ChargeShare[];
  readonly follows: readonly number[];
  readonly recoverableBasisPoints: number;
  readonly selfAssessed: boolean;
  readonly taxTreatment: TaxTreatment | null;
  readonly taxRateBasisPoints: number | null;
  readonly taxCode: string | null;
  readonly countsAs: readonly CountsAs[];
};

/** An invoice as far as the reader may see it. */
export type Invoice = Omit<InvoiceSummary, "purposes" | "attachmentCount"> & {
  readonly purchaseOrder: string | null;
  readonly paidBy: { readonly member: Named; readonly reimbursed: Money | null } | null;
  readonly note: string;
  readonly void: { readonly at: string; readonly reason: string } | null;
  readonly createdAt: string;
  readonly charges: readonly InvoiceCharge[];
  /** The lines that the reader may not see, as one sum; null when every line is there. */
  readonly rest: { readonly count: number; readonly billedCost: Money } | null;
};
