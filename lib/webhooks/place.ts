import type { SealPlace } from "@/lib/secrets/seal";

/** The row that a webhook's address and secret are sealed for. */
export const placeOf = (organization: { readonly id: string }, id: string): SealPlace => ({
  organizationId: organization.id,
  table: "webhook",
  id,
});
