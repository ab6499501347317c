import { ACCOUNT, OUT_OF_SCOPE, SUBSCRIPTION } from "@/components/invoices/line-target";
import type { ComboboxOption } from "@/components/ui/combobox-match";
import type { Account } from "@/lib/accounts/schema";
import type { SubscriptionSummary } from "@/lib/subscriptions/schema";

/** Everything that a line of a provider's invoice can be for: its contracts by plan, its API accounts, or nothing. */
export function targetOptions(
  subscriptions: readonly SubscriptionSummary[],
  accounts: readonly Account[],
  serviceProviderId: string | null,
): ComboboxOption[] {
  const ofProvider = (one: { readonly serviceProvider: { readonly id: string } }) =>
    serviceProviderId === null || one.serviceProvider.id === serviceProviderId;
  return [
    ...subscriptions.filter(ofProvider).flatMap(contractOptions),
    ...accounts.filter(ofProvider).map(({ id, name, serviceProvider }) => ({
      value: `${ACCOUNT}:${id}`,
      label: name,
      hint: `${serviceProvider.name} API account`,
    })),
    { value: OUT_OF_SCOPE, label: "Not AI", hint: "counts nowhere" },
  ];
}

function contractOptions({ id, name, plans, serviceProvider }: SubscriptionSummary): ComboboxOption[] {
  const hint = `${serviceProvider.name} contract`;
  const whole = { value: `${SUBSCRIPTION}:${id}`, label: name, hint };
  const [only, ...others] = plans;
  if (!only) return [whole];
  if (others.length === 0) return [{ ...whole, value: `${SUBSCRIPTION}:${id}:${only.plan.id}` }];
  return [
    ...plans.map(({ plan }) => ({
      value: `${SUBSCRIPTION}:${id}:${plan.id}`,
      label: `${name}, ${plan.name}`,
      hint,
    })),
    { ...whole, label: `${name}, all plans` },
  ];
}
