import "server-only";

import { openSecret } from "@/lib/secrets/seal";
import type { DeliveryClaim } from "@/lib/webhooks/claim-data";
import { placeOf } from "@/lib/webhooks/place";
import { signedHeaders } from "@/lib/webhooks/signing";

/** The request that brings a delivery to its address, signed for this moment. */
export function signedDelivery(claim: DeliveryClaim, at: Date) {
  const { id, body, organizationId, webhookId, urlSealed, secretSealed } = claim;
  const place = placeOf({ id: organizationId }, webhookId);
  return {
    url: openSecret(place, urlSealed),
    method: "POST" as const,
    headers: {
      "content-type": "application/json",
      ...signedHeaders(openSecret(place, secretSealed), { id, at, body }),
    },
    body,
  };
}
