import type { CreditGrant, CreditGrantState } from "@/lib/credit-grants/schema";
import type { CreditGrantKind } from "@/lib/domain/facts";

export const CREDIT_KIND_NAMES: Readonly<Record<CreditGrantKind, string>> = {
  purchase: "Bought",
  gift: "Given",
  allowance: "Included in a plan",
};

export const CREDIT_STATE_NAMES: Readonly<Record<CreditGrantState, string>> = {
  upcoming: "not yet begun",
  open: "open",
  used_up: "used up",
  expired: "expired",
  void: "void",
};

/** Whose use it pays for: "Anthropic · prod". */
export function scopeText({ serviceProvider, apiAccount, subscription }: CreditGrant): string {
  const within = apiAccount ?? subscription;
  return within ? `${serviceProvider.name} · ${within.name}` : serviceProvider.name;
}
