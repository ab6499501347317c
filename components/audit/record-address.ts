import type { AuditEvent } from "@/lib/audit/schema";
import type { AuditTarget } from "@/lib/domain/audit-target";

const PLACES: Readonly<Partial<Record<AuditTarget, (id: string) => string>>> = {
  budget_owner: () => "/budget/plan",
  budget_version: () => "/budget/plan",
  api_account: (id) => `/api-accounts?account=${id}`,
  alert: () => "/budget",
  credit_grant: (id) => `/credits?credit=${id}`,
  exchange_rate: () => "/settings/exchange-rates",
  import: () => "/usage?import=1",
  invitation: () => "/settings/access",
  invoice: (id) => `/invoices?invoice=${id}`,
  member: (id) => `/people?member=${id}`,
  model_price: () => "/settings/model-prices",
  organization: () => "/settings/organization",
  plan: (id) => `/settings/catalogue?plan=${id}`,
  product: (id) => `/settings/products?product=${id}`,
  service_provider: (id) => `/settings/catalogue?provider=${id}`,
  subscription: (id) => `/seats?subscription=${id}`,
  team: (id) => `/people?team=${id}`,
  threshold: () => "/budget",
  user: (id) => `/settings/access?user=${id}`,
  webhook: (id) => `/settings/webhooks?webhook=${id}`,
};

/** Where the record of an event is shown; null: nowhere by itself. */
export function recordAddress({ targetType, targetId, before, after }: AuditEvent): string | null {
  const said = { ...before, ...after };
  if (targetType === "assignment") {
    const subscription = idIn(before) ?? idIn(after);
    return subscription && `/seats?subscription=${subscription}`;
  }
  if (targetType === "settlement") return `/invoices?invoice=${said.invoiceId}`;
  if (targetType === "closing" || targetType === "closing_acceptance") return `/closing?period=${said.month}`;
  if (targetType === "difference") return `/reconciliation?month=${said.month}&contract=${targetId}`;
  return PLACES[targetType]?.(targetId) ?? null;
}

/** The contract of a seat: named, or by its id. */
function idIn(side: AuditEvent["after"]): string | null {
  const named = side?.subscription as { readonly id?: unknown } | undefined;
  const id = side?.subscriptionId ?? named?.id;
  return typeof id === "string" ? id : null;
}
