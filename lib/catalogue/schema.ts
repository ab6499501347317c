import { z } from "zod";

import {
  BILLING_INTERVALS,
  type BillingInterval,
  PRORATION_RULES,
  type ProrationRule,
} from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import { TAX_TREATMENTS, type TaxDefaults } from "@/lib/domain/tax";
import { isCleanText } from "@/lib/domain/text";
import {
  basisPointsField,
  dateField,
  idField,
  type Named,
  optionalTextField,
  pageFields,
  priceField,
  textField,
  versionField,
} from "@/lib/fields/schema";

const website = z
  .url({ protocol: /^https$/, error: "Use an address that begins with https://." })
  .max(200, "Use at most 200 characters.")
  .refine(isCleanText, "This has characters that cannot be kept.");

/** How a provider's invoices are usually taxed; an invoice is begun with it. */
const tax = z.strictObject({
  treatment: z.enum(TAX_TREATMENTS),
  rateBasisPoints: basisPointsField.default(0),
  recoverableBasisPoints: basisPointsField.default(0),
  code: textField(20).nullable().default(null),
});

export const serviceProviderInput = z.strictObject({
  name: textField(100),
  website: website.nullable().default(null),
  tax: tax.nullable().optional(),
});
export type ServiceProviderInput = z.output<typeof serviceProviderInput>;

export const serviceProviderChange = z.strictObject({
  id: idField,
  version: versionField,
  name: textField(100).optional(),
  website: website.nullable().optional(),
  tax: tax.nullable().optional(),
  archived: z.boolean().optional(),
});
export type ServiceProviderChange = z.output<typeof serviceProviderChange>;

export const listInput = z.strictObject(pageFields);
export const byId = z.strictObject({ id: idField });

export const planFilter = z.strictObject({ ...pageFields, serviceProviderId: idField.optional() });
export type PlanFilter = z.output<typeof planFilter>;

export const planInput = z.strictObject({
  serviceProviderId: idField,
  name: textField(100),
  prorationRule: z.enum(PRORATION_RULES),
  minimumSeats: z.int().min(1).max(100_000).default(1),
  includedAllowance: optionalTextField(200).nullable().default(null),
});
export type PlanInput = z.output<typeof planInput>;

export const planChange = z.strictObject({
  id: idField,
  version: versionField,
  name: textField(100).optional(),
  minimumSeats: z.int().min(1).max(100_000).optional(),
  includedAllowance: optionalTextField(200).nullable().optional(),
  archived: z.boolean().optional(),
});
export type PlanChange = z.output<typeof planChange>;

export const planPriceInput = z.strictObject({
  id: idField,
  startsOn: dateField,
  billingInterval: z.enum(BILLING_INTERVALS),
  /** Per seat and billing interval. */
  unitPrice: priceField,
  source: textField(300),
});
export type PlanPriceInput = z.output<typeof planPriceInput>;

export type ServiceProvider = {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  /** Null: nobody has said. */
  readonly tax: TaxDefaults | null;
  readonly archived: boolean;
  readonly version: number;
};

export type PlanPrice = {
  readonly id: string;
  readonly startsOn: string;
  readonly billingInterval: BillingInterval;
  readonly unitPrice: Money;
  readonly source: string;
};

export type Plan = {
  readonly id: string;
  readonly name: string;
  readonly serviceProvider: Named;
  readonly prorationRule: ProrationRule;
  readonly minimumSeats: number;
  readonly includedAllowance: string | null;
  readonly archived: boolean;
  /** The list prices in force today, one per billing interval and currency. */
  readonly prices: readonly PlanPrice[];
  readonly version: number;
};

export type Tool = {
  readonly id: string;
  readonly name: string;
  readonly ridesSeat: boolean;
  readonly burnsKey: boolean;
};
