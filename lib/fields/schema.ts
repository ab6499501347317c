import { z } from "zod";

import { isCalendarDate } from "@/lib/domain/calendar-date";
import { isCurrency } from "@/lib/domain/currency";
import { INPUT_MINOR_MAX } from "@/lib/domain/money";
import { isMonth } from "@/lib/domain/month";
import { isCleanText } from "@/lib/domain/text";

/** Fields that several features share. Each says in its message what to do. */

export const idField = z.uuid("This is not an id.").transform((id) => id.toLowerCase());

// `abort`: rules over several fields of an object do not look at a month or a day that is none.
export const monthField = z.string().refine(isMonth, { error: "Use a month like 2026-03.", abort: true });

export const dateField = z
  .string()
  .refine(isCalendarDate, { error: "Use a day like 2026-03-15, from 2000 to 2100.", abort: true });

export const currencyField = z.string().refine(isCurrency, "Use a currency code like USD.");

/** Text that a person typed, trimmed; without control characters and broken characters. */
export const textField = (charactersMax: number) =>
  z
    .string()
    .trim()
    .min(1, "Fill this in.")
    .max(charactersMax, `Use at most ${charactersMax} characters.`)
    .refine(isCleanText, "This has characters that cannot be kept.");

/** The same, but may be left empty. */
export const optionalTextField = (charactersMax: number) =>
  z
    .string()
    .trim()
    .max(charactersMax, `Use at most ${charactersMax} characters.`)
    .refine(isCleanText, "This has characters that cannot be kept.");

/** What a file is called: a name on one line, which is never used as a path. */
export const fileNameField = (charactersMax: number) =>
  textField(charactersMax).refine((name) => !/[\t\n\r]/.test(name), "A file name has one line.");

const minorField = z
  .int("Use a whole number of the smallest unit.")
  .min(-INPUT_MINOR_MAX, "This amount is too large.")
  .max(INPUT_MINOR_MAX, "This amount is too large.");

/** Any amount, negative for a credit. */
export const moneyField = z.strictObject({ minor: minorField, currency: currencyField });

/** A price: nothing, or more. */
export const priceField = z.strictObject({
  minor: minorField.min(0, "A price is not negative."),
  currency: currencyField,
});

export const emailField = z
  .string()
  .trim()
  .max(254, "Use at most 254 characters.")
  .transform((email) => email.normalize("NFC").toLowerCase())
  .pipe(z.email("Use an e-mail address."));

/** A part of a whole, from nothing to all of it. */
export const basisPointsField = z
  .int("Use whole basis points.")
  .min(0, "Use 0 or more.")
  .max(10_000, "Use at most 10,000.");

/** The version that was read, from If-Match. */
export const versionField = z
  .int({ error: "Send the version that you read as If-Match." })
  .positive("Send the version that you read as If-Match.");

const LIMIT = "Use a number from 1 to 200.";

export const pageFields = {
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(200, LIMIT).default(50),
  cursor: z.string().max(300, "Use the nextCursor of the page before.").optional(),
};

/** A page of a list. */
export type Page<T> = { readonly data: readonly T[]; readonly nextCursor: string | null };

/** Something named, as other things refer to it. */
export type Named = { readonly id: string; readonly name: string };
