import { z } from "zod";

import { monthsBetween } from "@/lib/domain/month";
import type { PersonAnalysis } from "@/lib/domain/person-analysis";
import type { ServiceTier, TokenCounts, UsageCostKind } from "@/lib/domain/usage";
import {
  dateField,
  idField,
  monthField,
  type Named,
  optionalTextField,
  pageFields,
} from "@/lib/fields/schema";

export const USAGE_GROUPS = ["member", "model", "service_provider", "api_account", "product", "day"] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

/** Three years are enough for a trend. */
const MONTHS_MAX = 36;
/** In place of an id: what has none of the kind. */
export const NONE = "none";

const months = { from: monthField, to: monthField };
const inOrder = {
  path: ["to"],
  message: "The last month is before the first.",
};

export const usageFilter = z
  .strictObject({ ...months, groupBy: z.enum(USAGE_GROUPS).default("model") })
  .refine(({ from, to }) => from <= to, { ...inOrder, abort: true })
  .refine(({ from, to }) => monthsBetween(from, to).length <= MONTHS_MAX, {
    path: ["to"],
    message: `Ask for at most ${MONTHS_MAX} months.`,
  });
export type UsageFilter = z.output<typeof usageFilter>;

const idOrNone = z.union([z.literal(NONE), idField], "This is not an id.");

export const usageRowFilter = z
  .strictObject({
    ...pageFields,
    ...months,
    memberId: idOrNone.optional(),
    apiAccountId: idOrNone.optional(),
    productId: idOrNone.optional(),
    serviceProviderId: idField.optional(),
    model: optionalTextField(100).optional(),
    day: dateField.optional(),
  })
  .refine(({ from, to }) => from <= to, inOrder);
export type UsageRowFilter = z.output<typeof usageRowFilter>;

export type UsageCost = {
  readonly costKind: UsageCostKind;
  readonly currency: string;
  readonly cost: string;
};

export type UsageSums = {
  readonly tokens: TokenCounts;
  readonly requests: number;
  /** Exact decimals, by kind of cost; what a flat plan's use would have cost is never among what is spent. */
  readonly costs: readonly UsageCost[];
  /** Of models that the price book has no price for: their cost is unknown, not 0. */
  readonly unpricedTokens: number;
};

/** One figure for each of the report's periods, in their order. */
export type UsageTrend = {
  readonly tokens: readonly number[];
  readonly costs: readonly (Omit<UsageCost, "cost"> & { readonly costs: readonly string[] })[];
};

export type UsageRowGroup = UsageSums & {
  /**
   * `none`: of nobody, or of nothing that is known. `pseudonym`: a person whom the organization does not name.
   * `people`: other people together, because the organization does not show them apart, or they are too few.
   */
  readonly kind: "named" | "none" | "pseudonym" | "people";
  readonly group: Named | null;
  readonly trend: UsageTrend;
  /** For each period, whether what too few people used of it is in the sum of other people instead. */
  readonly partial: readonly boolean[];
};

export type UsageReport = {
  readonly from: string;
  readonly to: string;
  readonly groupBy: UsageGroup;
  /** Those of the trends: the days asked for, or months: those asked for, and as many before as make a year. */
  readonly periods: readonly string[];
  readonly groups: readonly UsageRowGroup[];
  readonly total: UsageSums & { readonly trend: UsageTrend };
  /** Whether use is shown by person in this organization. */
  readonly personAnalysis: PersonAnalysis;
  /** Unless it is, what fewer people used is shown only in one sum. */
  readonly minimumGroupSize: number;
};

/** One row of usage as a file told it. */
export type UsageRow = {
  readonly day: string;
  readonly serviceProvider: string;
  readonly identity: string;
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly costKind: UsageCostKind;
  readonly tokens: TokenCounts;
  readonly requests: number;
  /** Null: price unknown. */
  readonly cost: string | null;
  readonly currency: string;
  /** Days over which the source gave one sum; more than 1 is a share of it. */
  readonly spreadDays: number;
  readonly importId: string;
};
