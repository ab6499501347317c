import { z } from "zod";

import type { IdentityKind } from "@/lib/domain/usage";
import { dateField, idField, type Named, pageFields } from "@/lib/fields/schema";

export const identityFilter = z.strictObject({
  ...pageFields,
  serviceProviderId: idField.optional(),
  /** Only those that nobody was matched to. */
  unmatched: z.enum(["true", "false"]).default("false"),
});
export type IdentityFilter = z.output<typeof identityFilter>;

export const matchInput = z
  .strictObject({
    id: idField,
    memberId: idField.nullable().default(null),
    apiAccountId: idField.nullable().default(null),
    /** From this day; without it, from the first day on. */
    startsOn: dateField.nullable().default(null),
  })
  .refine(({ memberId, apiAccountId }) => memberId !== null || apiAccountId !== null, {
    path: ["memberId"],
    message: "Choose a member or an API account.",
  });
export type MatchInput = z.output<typeof matchInput>;

export type Identity = {
  readonly id: string;
  readonly serviceProvider: Named;
  readonly kind: IdentityKind;
  readonly name: string;
  readonly externalId: string;
  /** The workspace that a key belongs to. */
  readonly parent: string | null;
  /** The newest first. */
  readonly matches: readonly {
    readonly startsOn: string;
    readonly member: Named | null;
    readonly apiAccount: Named | null;
  }[];
  /** Whom it may be, the likeliest first, while nobody was matched to it. */
  readonly suggestions: readonly {
    readonly kind: "member" | "api_account";
    readonly id: string;
    readonly name: string;
  }[];
  /** What its use comes to, as exact decimals; nothing where the organization does not show what this person used. */
  readonly costs: readonly { readonly costKind: string; readonly currency: string; readonly cost: string }[];
};
