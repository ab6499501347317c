import { z } from "zod";

import { idField, pageFields, textField, versionField } from "@/lib/fields/schema";

const URL_MAX = 2_000;
const nameField = textField(100);
const urlField = textField(URL_MAX);

export const webhookInput = z.strictObject({ name: nameField, url: urlField });
export type WebhookInput = z.output<typeof webhookInput>;

export const webhookChange = z.strictObject({
  id: idField,
  version: versionField,
  name: nameField.optional(),
  url: urlField.optional(),
  /** False switches it off, true on again, also after it was switched off by itself. */
  active: z.boolean("Send true or false.").optional(),
});
export type WebhookChange = z.output<typeof webhookChange>;

export const byId = z.strictObject({ id: idField });
export const listInput = z.strictObject(pageFields);
export const deliveriesInput = z.strictObject({ id: idField, ...pageFields });

/** An address that is told what people are told. */
export type Webhook = {
  readonly id: string;
  readonly name: string;
  /** Of its address, which often is a secret itself and so is never shown again. */
  readonly host: string;
  readonly active: boolean;
  /** Since when it is off. */
  readonly pausedAt: string | null;
  /** Deliveries that were given up since the last one that arrived. */
  readonly failures: number;
  readonly createdAt: string;
  readonly version: number;
};

/** With what its signatures are made by, which is shown once. */
export type NewWebhook = Webhook & { readonly secret: string };

export type WebhookDelivery = {
  readonly id: string;
  readonly kind: "alert" | "reminder" | "test";
  /** What it says to people. */
  readonly text: string;
  readonly state: "waiting" | "sent" | "given_up";
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
};
