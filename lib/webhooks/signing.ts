import "server-only";

import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";

/** A new secret of a webhook: 256 random bits, in the form of Standard Webhooks. */
export const newSecret = (): string => PREFIX + randomBytes(32).toString("base64");

type Signed = {
  /** The same with every attempt: what comes twice shows by it. */
  readonly id: string;
  readonly at: Date;
  readonly body: string;
};

/** The headers by which a receiver knows who sent a body and when, as Standard Webhooks describes them. */
export function signedHeaders(secret: string, { id, at, body }: Signed): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
