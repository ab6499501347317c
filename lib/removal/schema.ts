import { z } from "zod";

import { textField } from "@/lib/fields/schema";

/** The organization's name, typed once more. */
export const removalInput = z.strictObject({ name: textField(100) });
export type RemovalInput = z.output<typeof removalInput>;

/** Where whoever removed it is now: in other books of theirs, or nowhere. */
export type Removed = { readonly organization: { readonly id: string; readonly name: string } | null };
