import { z } from "zod";

import { isRateText } from "@/lib/domain/exchange-rate";
import {
  currencyField,
  dateField,
  idField,
  type Named,
  pageFields,
  textField,
  versionField,
} from "@/lib/fields/schema";

const rateField = z.string().refine(isRateText, "Use a decimal above zero, like 1.0842.");

export const rateInput = z
  .strictObject({
    date: dateField,
    from: currencyField,
    to: currencyField,
    /** One unit of `from` buys so many of `to`. */
    rate: rateField,
    source: textField(200).default("entered by hand"),
  })
  .refine(({ from, to }) => from !== to, { path: ["to"], message: "Use two different currencies." });
export type RateInput = z.output<typeof rateInput>;

export const rateChange = z.strictObject({
  id: idField,
  version: versionField,
  rate: rateField.optional(),
  source: textField(200).optional(),
});
export type RateChange = z.output<typeof rateChange>;

export const rateFilter = z.strictObject({
  ...pageFields,
  from: currencyField.optional(),
  to: currencyField.optional(),
});
export type RateFilter = z.output<typeof rateFilter>;

export const byId = z.strictObject({ id: idField });

export type Rate = {
  readonly id: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** Decimal text. */
  readonly rate: string;
  readonly source: string;
  readonly version: number;
};

/** A rate that would let an estimate be made, which until then is missing from its month. */
export type MissingRate = {
  /** The day it is wanted for; one of the seven days before does as well. */
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** The contracts that wait for it. */
  readonly subscriptions: readonly Named[];
};

/** Largest file of the bank: since 1999 it has grown to less than two million bytes. */
export const ECB_BYTES_MAX = 8_000_000;

export const ecbInput = z.strictObject({
  /** Whether it is taken, or only said what would be. */
  mode: z.enum(["preview", "commit"]),
  /** A currency that nothing in the books is in yet. */
  currency: currencyField.optional(),
  /** What a rate would change in closed months counts in the first open one. */
  closedMonths: z.literal("correct").optional(),
});
export type EcbInput = z.output<typeof ecbInput>;

/** What a file of the European Central Bank brings to one pair. */
export type EcbPair = {
  readonly from: string;
  readonly to: string;
  readonly added: number;
  /** Days that have a rate already, whoever entered it; they stay. */
  readonly kept: number;
  /** Of what is added. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
};

export type EcbResult = {
  readonly committed: boolean;
  readonly pairs: readonly EcbPair[];
  /** Currencies of the books that the bank publishes no rate of. */
  readonly unpublished: readonly string[];
};
