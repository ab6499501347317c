import { z } from "zod";

import { BILLING_INTERVALS, type BillingInterval, PURPOSES, type Purpose } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import {
  dateField,
  idField,
  type Named,
  optionalTextField,
  pageFields,
  priceField,
  textField,
  versionField,
} from "@/lib/fields/schema";

const seats = z
  .int("Use a whole number.")
  .min(0, "Seats are not negative.")
  .max(100_000, "Use at most 100,000 seats.");

const term = z.strictObject({ planId: idField, startsOn: dateField, seats, unitPrice: priceField });

const holder = z.strictObject({
  memberId: idField,
  planId: idField,
  startsOn: dateField,
  endsOn: dateField.nullable().default(null),
  purpose: z.enum(PURPOSES).nullable().default(null),
  productId: idField.nullable().default(null),
});

const noticeDays = z.int("Use a whole number of days.").min(0).max(3_650);

/** A contract with what was bought and who holds it, entered at once. */
export const subscriptionInput = z.strictObject({
  name: textField(100),
  serviceProviderId: idField,
  teamId: idField,
  billingInterval: z.enum(BILLING_INTERVALS),
  billingAnchor: dateField,
  renewsOn: dateField.nullable().default(null),
  noticeDays: noticeDays.nullable().default(null),
  defaultPurpose: z.enum(PURPOSES).default("developer_leverage"),
  defaultProductId: idField.nullable().default(null),
  note: optionalTextField(1_000).default(""),
  terms: z.array(term).min(1, "Say how many seats of which plan.").max(50, "Use at most 50 terms."),
  assignments: z.array(holder).max(1_000, "Use at most 1,000 holders.").default([]),
});
export type SubscriptionInput = z.output<typeof subscriptionInput>;

export const subscriptionChange = z.strictObject({
  id: idField,
  version: versionField,
  name: textField(100).optional(),
  teamId: idField.optional(),
  renewsOn: dateField.nullable().optional(),
  noticeDays: noticeDays.nullable().optional(),
  defaultPurpose: z.enum(PURPOSES).optional(),
  defaultProductId: idField.nullable().optional(),
  endsOn: dateField.nullable().optional(),
  note: optionalTextField(1_000).optional(),
});
export type SubscriptionChange = z.output<typeof subscriptionChange>;

export const subscriptionFilter = z.strictObject({
  ...pageFields,
  serviceProviderId: idField.optional(),
  /** The day whose seats and holders are counted; today unless said. */
  on: dateField.optional(),
});
export type SubscriptionFilter = z.output<typeof subscriptionFilter>;

export const byId = z.strictObject({ id: idField });

export const termInput = z.strictObject({ id: idField, ...term.shape });
export type TermInput = z.output<typeof termInput>;

export const termChange = z.strictObject({
  id: idField,
  termId: idField,
  startsOn: dateField.optional(),
  seats: seats.optional(),
  unitPrice: priceField.optional(),
});
export type TermChange = z.output<typeof termChange>;

export const termId = z.strictObject({ id: idField, termId: idField });

export type Term = {
  readonly id: string;
  readonly plan: Named;
  readonly startsOn: string;
  readonly seats: number;
  /** Per seat and billing interval. */
  readonly unitPrice: Money;
};

export type SeatHolding = {
  readonly id: string;
  readonly member: Named;
  readonly plan: Named;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly purpose: Purpose | null;
  readonly product: Named | null;
  readonly version: number;
};

/** A contract as a list shows it. */
export type SubscriptionSummary = {
  readonly id: string;
  readonly name: string;
  readonly serviceProvider: Named;
  readonly team: Named;
  readonly billingInterval: BillingInterval;
  readonly billingAnchor: string;
  readonly renewsOn: string | null;
  readonly noticeDays: number | null;
  readonly endsOn: string | null;
  readonly defaultPurpose: Purpose;
  readonly defaultProduct: Named | null;
  readonly note: string;
  /** What is bought on the day asked for, plan by plan, and how many of the seats are held. */
  readonly plans: readonly {
    readonly plan: Named;
    readonly seats: number;
    readonly held: number;
    readonly unitPrice: Money;
  }[];
  readonly version: number;
};

/** A contract with all its terms and everybody who holds or held a seat that the actor may see. */
export type Subscription = SubscriptionSummary & {
  readonly terms: readonly Term[];
  readonly assignments: readonly SeatHolding[];
  /** Holders today whom the actor may not see. */
  readonly hiddenHolders: number;
};
