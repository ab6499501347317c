import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { findReferenced, type Reference, type Referenced } from "@/lib/invoices/data";
import type { InvoiceFacts } from "@/lib/invoices/schema";

/** An id that an invoice names, and the field in which it stands. */
type Mention = { readonly path: string; readonly kind: Reference; readonly id: string };

/**
 * Everything that an invoice names exists in this organization, and is, where it is somebody's, the invoice's provider's.
 *
 * @throws DomainError `not_found`, `invalid_input`, each naming the fields at fault
 */
export async function assertReferences(db: Db, ctx: Ctx, invoice: InvoiceFacts): Promise<void> {
  const mentions = mentionsOf(invoice);
  const idsOf = (kind: Reference) => [
    ...new Set(mentions.filter((mention) => mention.kind === kind).map(({ id }) => id)),
  ];
  const referenced = await findReferenced(db, ctx, {
    serviceProviderId: idsOf("serviceProviderId"),
    subscriptionId: idsOf("subscriptionId"),
    planId: idsOf("planId"),
    apiAccountId: idsOf("apiAccountId"),
    memberId: idsOf("memberId"),
    teamId: idsOf("teamId"),
    productId: idsOf("productId"),
  });
  const unknown = mentions.filter(({ kind, id }) => !referenced.get(kind)?.has(id));
  if (unknown.length > 0) {
    throw new DomainError("not_found", "Something that this refers to does not exist.", {
      fields: Object.fromEntries(unknown.map(({ path }) => [path, "There is no such thing."])),
    });
  }
  assertProviders(invoice, referenced);
}

function mentionsOf({ serviceProviderId, paidBy, charges }: InvoiceFacts): Mention[] {
  return [
    { path: "serviceProviderId", kind: "serviceProviderId", id: serviceProviderId },
    ...mention("paidBy.memberId", "memberId", paidBy?.memberId ?? null),
    ...charges.flatMap((charge, index) => [
      ...mention(`charges.${index}.subscriptionId`, "subscriptionId", charge.subscriptionId),
      ...mention(`charges.${index}.planId`, "planId", charge.planId),
      ...mention(`charges.${index}.apiAccountId`, "apiAccountId", charge.apiAccountId),
      ...mention(`charges.${index}.memberId`, "memberId", charge.memberId),
      ...charge.shares.flatMap(({ teamId, productId, memberId }, place) => [
        ...mention(`charges.${index}.shares.${place}.teamId`, "teamId", teamId),
        ...mention(`charges.${index}.shares.${place}.productId`, "productId", productId),
        ...mention(`charges.${index}.shares.${place}.memberId`, "memberId", memberId),
      ]),
    ]),
  ];
}

const mention = (path: string, kind: Reference, id: string | null): Mention[] =>
  id === null ? [] : [{ path, kind, id }];

/**
 * That lines are about what the invoice's provider sells: use, coverage and credit are all told provider by provider, and
 * a line elsewhere would be cost beside the estimate that it should take the place of.
 */
function assertProviders({ serviceProviderId, charges }: InvoiceFacts, referenced: Referenced): void {
  const faults: Record<string, string> = {};
  charges.forEach(({ planId, subscriptionId, apiAccountId }, index) => {
    const providerOf = (kind: Reference, id: string | null) =>
      id === null ? serviceProviderId : referenced.get(kind)?.get(id);
    const fault = (field: string, message: string) => {
      faults[`charges.${index}.${field}`] = message;
    };
    const contract = providerOf("subscriptionId", subscriptionId);
    if (contract !== serviceProviderId) fault("subscriptionId", "This subscription is another provider's.");
    else if (providerOf("planId", planId) !== contract) fault("planId", "This plan is another provider's.");
    if (providerOf("apiAccountId", apiAccountId) !== serviceProviderId)
      fault("apiAccountId", "This account is another provider's.");
  });
  if (Object.keys(faults).length === 0) return;
  throw new DomainError("invalid_input", "Some fields are not valid.", { fields: faults });
}
