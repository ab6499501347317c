import { z } from "zod";

import type { Money } from "@/lib/domain/money";
import {
  dateField,
  idField,
  moneyField,
  type Named,
  optionalTextField,
  pageFields,
  priceField,
  textField,
  versionField,
} from "@/lib/fields/schema";

export const settlementFilter = z.strictObject({ ...pageFields, invoiceId: idField.optional() });
export type SettlementFilter = z.output<typeof settlementFilter>;

export const settlementInput = z.strictObject({
  invoiceId: idField,
  paidOn: dateField,
  /** What left the account, in the currency of the books, the fee included; negative for what came back. */
  amount: moneyField,
  bankFee: priceField.nullable().default(null),
  note: optionalTextField(1_000).default(""),
});
export type SettlementInput = z.output<typeof settlementInput>;

export const settlementVoid = z.strictObject({ id: idField, version: versionField, reason: textField(500) });
export type SettlementVoid = z.output<typeof settlementVoid>;

export type Settlement = {
  readonly id: string;
  readonly invoice: Named;
  readonly paidOn: string;
  readonly amount: Money;
  readonly bankFee: Money;
  readonly note: string;
  readonly void: { readonly at: string; readonly reason: string } | null;
  readonly version: number;
};
