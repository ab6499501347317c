import { z } from "zod";

import { API_ACCOUNT_KINDS, type ApiAccountKind, PURPOSES, type Purpose } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import {
  dateField,
  idField,
  type Named,
  pageFields,
  priceField,
  textField,
  versionField,
} from "@/lib/fields/schema";

/** Shares that sum to the whole, each as far as it is known. */
export const sharesField = z
  .array(
    z.strictObject({
      basisPoints: z
        .int("Use whole basis points.")
        .min(1, "A share is above zero.")
        .max(10_000, "A share is at most all."),
      purpose: z.enum(PURPOSES),
      teamId: idField.nullable().default(null),
      productId: idField.nullable().default(null),
      memberId: idField.nullable().default(null),
    }),
  )
  .min(1, "Say what it counts as.")
  .max(50, "Use at most 50 shares.")
  .refine((shares) => shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0) === 10_000, {
    message: "The shares come to 100 % together.",
  });
export type ShareInput = z.output<typeof sharesField>[number];

const classification = z.strictObject({ startsOn: dateField, shares: sharesField });

const days = { startsOn: dateField.nullable().default(null), endsOn: dateField.nullable().default(null) };

export const accountInput = z
  .strictObject({
    parentId: idField.nullable().default(null),
    serviceProviderId: idField,
    kind: z.enum(API_ACCOUNT_KINDS),
    name: textField(100),
    externalId: textField(200).nullable().default(null),
    toolId: idField.nullable().default(null),
    monthlySpendLimit: priceField.nullable().default(null),
    ...days,
    classification: classification.nullable().default(null),
  })
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || endsOn > startsOn, {
    path: ["endsOn"],
    message: "This is not after the first day.",
  });
export type AccountInput = z.output<typeof accountInput>;

export const accountChange = z.strictObject({
  id: idField,
  version: versionField,
  parentId: idField.nullable().optional(),
  kind: z.enum(API_ACCOUNT_KINDS).optional(),
  name: textField(100).optional(),
  externalId: textField(200).nullable().optional(),
  toolId: idField.nullable().optional(),
  monthlySpendLimit: priceField.nullable().optional(),
  startsOn: dateField.nullable().optional(),
  endsOn: dateField.nullable().optional(),
});
export type AccountChange = z.output<typeof accountChange>;

export const accountFilter = z.strictObject({ ...pageFields, serviceProviderId: idField.optional() });
export type AccountFilter = z.output<typeof accountFilter>;

export const byId = z.strictObject({ id: idField });

export const classificationInput = z.strictObject({ id: idField, ...classification.shape });
export type ClassificationInput = z.output<typeof classificationInput>;

export type Share = {
  readonly basisPoints: number;
  readonly purpose: Purpose;
  readonly team: Named | null;
  readonly product: Named | null;
  readonly member: Named | null;
};

export type Classification = {
  readonly id: string;
  readonly startsOn: string;
  readonly shares: readonly Share[];
};

export type Account = {
  readonly id: string;
  readonly parentId: string | null;
  /** How deep in its tree: 0 for the provider's organization. */
  readonly depth: number;
  readonly serviceProvider: Named;
  readonly kind: ApiAccountKind;
  readonly name: string;
  readonly externalId: string | null;
  readonly tool: Named | null;
  readonly monthlySpendLimit: Money | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  /** What it counts as today; null: nothing yet. */
  readonly classification: Classification | null;
  /** The ancestor that the classification comes from; null when it is its own. */
  readonly inheritedFrom: Named | null;
  readonly version: number;
};
