import { z } from "zod";

import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import { canonicalModel, isModelName } from "@/lib/domain/model-name";
import { isPricePerMillion } from "@/lib/domain/model-price";
import { SERVICE_TIERS, type ServiceTier, type TokenType } from "@/lib/domain/usage";
import { currencyField, dateField, idField, type Named, pageFields, textField } from "@/lib/fields/schema";

const perMillionField = z
  .string()
  .refine(isPricePerMillion, "Use what a million tokens cost, like 6.25; at most nine decimals.");

/** Any of the names by which files call a model, as the one by which its price is looked up. */
const modelField = textField(100)
  .transform(canonicalModel)
  .refine(isModelName, "Use the name of a model, like claude-opus-4-5.");

export const modelPriceFilter = z.strictObject({
  ...pageFields,
  serviceProviderId: idField.optional(),
  model: modelField.optional(),
});
export type ModelPriceFilter = z.output<typeof modelPriceFilter>;

export const modelPriceInput = z.strictObject({
  serviceProviderId: idField,
  model: modelField,
  serviceTier: z.enum(SERVICE_TIERS).default("standard"),
  startsOn: dateField,
  currency: currencyField,
  perMillion: z.strictObject({
    uncachedInput: perMillionField,
    cacheRead: perMillionField,
    cacheWrite5m: perMillionField,
    cacheWrite1h: perMillionField,
    output: perMillionField,
  }),
  source: textField(200),
});
export type ModelPriceInput = z.output<typeof modelPriceInput>;

/** A list of prices as a CSV file. */
export const modelPriceFileInput = z.strictObject({
  text: z.string().min(1, "Paste the list.").max(900_000, "Send at most 900,000 characters."),
});

export type ModelPriceRow = {
  readonly id: string;
  readonly serviceProvider: Named;
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly startsOn: CalendarDate;
  readonly currency: Currency;
  /** What a million tokens cost, as plain decimals. */
  readonly perMillion: Readonly<Record<TokenType, string>>;
  readonly source: string;
  /** The day on which the source was read. */
  readonly asOf: CalendarDate;
};

/** What a file of prices changed. */
export type ModelPriceFileResult = {
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
};
