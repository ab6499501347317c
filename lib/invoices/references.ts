import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { findReferenced, type Reference, type Referenced } from "@/lib/invoices/data";
import type { ChargeInput, InvoiceFacts } from "@/lib/invoices/schema";

/** An id that an invoice names, and the field in which it stands. */
type Mention = { readonly path: string; readonly kind: Reference; readonly id: string };

/**
 * Everything that an invoice names exists in this organization, and a plan is one of the contract's provider.
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
  assertPlans(invoice.charges, referenced);
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

function assertPlans(charges: readonly ChargeInput[], referenced: Referenced): void {
  const faults: Record<string, string> = {};
  charges.forEach(({ planId, subscriptionId }, index) => {
    if (planId === null || subscriptionId === null) return;
    const [plan, contract] = [
      referenced.get("planId")?.get(planId),
      referenced.get("subscriptionId")?.get(subscriptionId),
    ];
    if (plan !== contract) faults[`charges.${index}.planId`] = "This plan is another provider's.";
  });
  if (Object.keys(faults).length === 0) return;
  throw new DomainError("invalid_input", "Some fields are not valid.", { fields: faults });
}
