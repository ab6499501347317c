import { z } from "zod";

import { CREDIT_GRANT_KINDS, type CreditGrantKind } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import {
  dateField,
  idField,
  moneyField,
  type Named,
  optionalTextField,
  pageFields,
  textField,
  versionField,
} from "@/lib/fields/schema";

const creditAmount = moneyField.refine(({ minor }) => minor > 0, {
  path: ["minor"],
  message: "Credit is more than nothing.",
});

export const creditGrantInput = z
  .strictObject({
    kind: z.enum(CREDIT_GRANT_KINDS),
    serviceProviderId: idField,
    /** Of an allowance: what each seat includes a calendar month. */
    amount: creditAmount,
    /** The only account, with what is below it, whose use it pays for; null: the provider's whole use. */
    apiAccountId: idField.nullable().default(null),
    /** Of an allowance: the contract whose plan includes it. */
    subscriptionId: idField.nullable().default(null),
    /** Of an allowance: what one seat leaves another may use. */
    pooled: z.boolean().default(false),
    startsOn: dateField,
    /** The first day on which it pays for nothing more; null: never. */
    expiresOn: dateField.nullable().default(null),
    /** Of a purchase: the invoice line that bought it; null while it is not in the books. */
    chargeId: idField.nullable().default(null),
    note: optionalTextField(500).default(""),
  })
  .superRefine((grant, ctx) => {
    const fault = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    const allowance = grant.kind === "allowance";
    if (allowance && grant.subscriptionId === null)
      fault("subscriptionId", "Name the contract that includes it.");
    if (!allowance && grant.subscriptionId !== null) {
      fault("subscriptionId", "Only an allowance is part of a contract.");
    }
    if (allowance && grant.apiAccountId !== null)
      fault("apiAccountId", "An allowance is for the seats of a contract.");
    if (!allowance && grant.pooled) fault("pooled", "Only an allowance is shared by seats.");
    if (grant.kind !== "purchase" && grant.chargeId !== null)
      fault("chargeId", "Only a purchase was invoiced.");
    if (grant.expiresOn !== null && grant.expiresOn <= grant.startsOn) {
      fault("expiresOn", "This is not after the first day.");
    }
  });
export type CreditGrantInput = z.output<typeof creditGrantInput>;

export const creditGrantChange = z.strictObject({
  id: idField,
  version: versionField,
  amount: creditAmount.optional(),
  apiAccountId: idField.nullable().optional(),
  pooled: z.boolean().optional(),
  startsOn: dateField.optional(),
  expiresOn: dateField.nullable().optional(),
  chargeId: idField.nullable().optional(),
  note: optionalTextField(500).optional(),
});
export type CreditGrantChange = z.output<typeof creditGrantChange>;

export const voidGrantInput = z.strictObject({ id: idField, version: versionField, reason: textField(500) });
export type VoidGrantInput = z.output<typeof voidGrantInput>;

export const creditGrantFilter = z.strictObject({
  ...pageFields,
  serviceProviderId: idField.optional(),
  kind: z.enum(CREDIT_GRANT_KINDS).optional(),
});
export type CreditGrantFilter = z.output<typeof creditGrantFilter>;

export const byId = z.strictObject({ id: idField });

export const creditChargeFilter = z.strictObject({ ...pageFields, serviceProviderId: idField });
export type CreditChargeFilter = z.output<typeof creditChargeFilter>;

export const CREDIT_GRANT_STATES = ["upcoming", "open", "used_up", "expired", "void"] as const;
export type CreditGrantState = (typeof CREDIT_GRANT_STATES)[number];

/** The invoice line that bought a credit. */
export type CreditCharge = {
  readonly id: string;
  readonly description: string;
  readonly invoice: { readonly id: string; readonly number: string };
};

/** A line that may have bought credit and is named by none yet. */
export type CreditChargeChoice = CreditCharge & { readonly issueDate: string; readonly billedCost: Money };

export type CreditGrant = {
  readonly id: string;
  readonly kind: CreditGrantKind;
  readonly state: CreditGrantState;
  readonly serviceProvider: Named;
  readonly apiAccount: Named | null;
  readonly subscription: Named | null;
  readonly pooled: boolean;
  readonly amount: Money;
  readonly startsOn: string;
  readonly expiresOn: string | null;
  /** Of a purchase: null while the line that bought it is not in the books; until then what is drawn is estimated. */
  readonly charge: CreditCharge | null;
  readonly note: string;
  /** What it may pay for: the amount; of an allowance, all seats' this month. */
  readonly included: Money;
  /** What it paid for, before credits; of an allowance, this month. */
  readonly drawn: Money;
  /** What is left; nothing once it expired. */
  readonly balance: Money;
  /** What was left when it expired. */
  readonly expired: Money;
  /** Of an allowance: what was used beyond it this month, which the provider charges. */
  readonly over: Money;
  /** What of it counts as cost, at what it is worth: of a purchase what was drawn and what expired, else nothing. */
  readonly cost: Money;
  /** When it is used up if use goes on as lately; null: not before it expires, or nothing is used. */
  readonly burnDownOn: string | null;
  readonly void: { readonly at: string; readonly reason: string } | null;
  readonly version: number;
};
