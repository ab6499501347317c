import { z } from "zod";

import { currencyField, emailField, monthField, textField } from "@/lib/fields/schema";

export const setupInput = z.strictObject({
  organization: z.strictObject({
    name: textField(100),
    baseCurrency: currencyField,
    fiscalYearStart: z.int().min(1, "Choose a month.").max(12, "Choose a month."),
    booksStart: monthField,
  }),
  owner: z.strictObject({
    name: textField(100),
    email: emailField,
    password: z.string().min(1, "Choose a password.").max(1_000, "Use at most 128 characters."),
  }),
});
export type SetupInput = z.output<typeof setupInput>;

export type SetUp = {
  readonly id: string;
  readonly organization: { readonly id: string; readonly name: string };
};
