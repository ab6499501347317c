import { z } from "zod";

import type { ServiceTier, TokenCounts, UsageCostKind } from "@/lib/domain/usage";
import { idField, monthField, type Named, optionalTextField, pageFields } from "@/lib/fields/schema";

export const USAGE_GROUPS = ["member", "model", "service_provider", "api_account", "day"] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

const months = { from: monthField, to: monthField };
const inOrder = {
  path: ["to"],
  message: "The last month is before the first.",
};

export const usageFilter = z
  .strictObject({ ...months, groupBy: z.enum(USAGE_GROUPS).default("model") })
  .refine(({ from, to }) => from <= to, inOrder);
export type UsageFilter = z.output<typeof usageFilter>;

export const usageRowFilter = z
  .strictObject({
    ...pageFields,
    ...months,
    memberId: idField.optional(),
    apiAccountId: idField.optional(),
    serviceProviderId: idField.optional(),
    model: optionalTextField(100).optional(),
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

export type UsageRowGroup = UsageSums & {
  /** Null: of nobody, or of nothing that is known. */
  readonly group: Named | null;
};

export type UsageReport = {
  readonly from: string;
  readonly to: string;
  readonly groupBy: UsageGroup;
  readonly groups: readonly UsageRowGroup[];
  readonly total: UsageSums;
  /** Whether use is shown by person in this organization. */
  readonly personAnalysis: "off" | "pseudonymous" | "on";
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
