/** What a line is for, as the one choice that its combobox offers. */
export const SUBSCRIPTION = "subscription";
export const ACCOUNT = "account";
export const OUT_OF_SCOPE = "out-of-scope";

type Link = {
  readonly subscriptionId?: string | null | undefined;
  readonly planId?: string | null | undefined;
  readonly apiAccountId?: string | null | undefined;
  readonly outOfScope?: boolean | undefined;
};

export function targetOf({ subscriptionId, planId, apiAccountId, outOfScope }: Link): string | null {
  if (subscriptionId) return [SUBSCRIPTION, subscriptionId, ...(planId ? [planId] : [])].join(":");
  if (apiAccountId) return `${ACCOUNT}:${apiAccountId}`;
  return outOfScope ? OUT_OF_SCOPE : null;
}

export function linkOf(target: string | null) {
  const [kind, first = null, planId = null] = (target ?? "").split(":");
  return {
    subscriptionId: kind === SUBSCRIPTION ? first : null,
    planId: kind === SUBSCRIPTION ? planId : null,
    apiAccountId: kind === ACCOUNT ? first : null,
    outOfScope: kind === OUT_OF_SCOPE,
  };
}
