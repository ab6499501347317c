import { z } from "zod";

import { currencyField, monthField, textField, versionField } from "@/lib/fields/schema";

export const organizationChange = z.strictObject({
  version: versionField,
  name: textField(100).optional(),
  fiscalYearStart: z.int().min(1, "Choose a month.").max(12, "Choose a month.").optional(),
  /** These two only while nothing was entered that they would change. */
  baseCurrency: currencyField.optional(),
  booksStart: monthField.optional(),
});
export type OrganizationChange = z.output<typeof organizationChange>;

export type Organization = {
  readonly id: string;
  readonly name: string;
  readonly baseCurrency: string;
  readonly fiscalYearStart: number;
  readonly booksStart: string;
  readonly demo: boolean;
  /** Whether the currency and the first month stay, because seats or invoices are entered. */
  readonly fixed: boolean;
  /** How many there are, so that screens show columns only where there is something to tell apart. */
  readonly counts: { readonly teams: number; readonly members: number; readonly products: number };
  readonly version: number;
};
