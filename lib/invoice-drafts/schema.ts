import { z } from "zod";

import { isCleanText } from "@/lib/domain/text";
import { idField, monthField, type Named, pageFields, versionField } from "@/lib/fields/schema";

const CONTENT_BYTES_MAX = 200_000;
const CONTENT_DEPTH_MAX = 12;

/** JSON in the state in which it was typed: anything that can be kept, bounded in size and depth. */
export type DraftContent = { readonly [key: string]: unknown };

const contentField = z
  .custom<DraftContent>((value) => typeof value === "object" && value !== null && !Array.isArray(value), {
    error: "Send one JSON object.",
  })
  .refine(isShallow, { error: `Nest at most ${CONTENT_DEPTH_MAX} levels.`, abort: true })
  .refine(isClean, { error: "This has characters that cannot be kept.", abort: true })
  .refine((content) => new TextEncoder().encode(JSON.stringify(content)).length <= CONTENT_BYTES_MAX, {
    error: `A draft holds at most ${CONTENT_BYTES_MAX.toLocaleString("en")} bytes.`,
  });

const fields = {
  month: monthField.nullable().default(null),
  /** The contract that the draft came from. */
  subscriptionId: idField.nullable().default(null),
  apiAccountId: idField.nullable().default(null),
  content: contentField,
};

export const invoiceDraftInput = z.strictObject(fields);
export type InvoiceDraftInput = z.output<typeof invoiceDraftInput>;

export const invoiceDraftChange = z.strictObject({
  id: idField,
  version: versionField,
  content: contentField,
});
export type InvoiceDraftChange = z.output<typeof invoiceDraftChange>;

export const invoiceDraftFilter = z.strictObject({ ...pageFields, month: monthField.optional() });
export type InvoiceDraftFilter = z.output<typeof invoiceDraftFilter>;

export const byId = z.strictObject({ id: idField });
export const removal = z.strictObject({ id: idField, version: versionField });

export type InvoiceDraft = {
  readonly id: string;
  readonly month: string | null;
  readonly subscription: Named | null;
  readonly apiAccount: Named | null;
  readonly content: DraftContent;
  readonly updatedAt: string;
  /** The name of whoever typed last. */
  readonly updatedBy: string;
  readonly version: number;
};

/** Walks without recursion, because what arrives may be nested deeper than a call stack. */
function isShallow(content: DraftContent): boolean {
  let level: unknown[] = [content];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > CONTENT_DEPTH_MAX) return false;
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
  return true;
}

function isClean(value: unknown): boolean {
  if (typeof value === "string") return isCleanText(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isCleanText(key) && isClean(inner));
}
