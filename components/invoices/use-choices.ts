"use client";

import { useQuery } from "@tanstack/react-query";

import { accountsQuery } from "@/lib/accounts/queries";
import type { Account } from "@/lib/accounts/schema";
import { serviceProvidersQuery } from "@/lib/catalogue/queries";
import type { ServiceProvider } from "@/lib/catalogue/schema";
import { membersQuery } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";
import { subscriptionsQuery } from "@/lib/subscriptions/queries";
import type { SubscriptionSummary } from "@/lib/subscriptions/schema";

/** What an invoice can name. */
export type InvoiceChoices = {
  readonly providers: readonly ServiceProvider[];
  readonly subscriptions: readonly SubscriptionSummary[];
  readonly accounts: readonly Account[];
  readonly members: readonly Member[];
};

/** Read when an invoice is opened; null until all of it is there. */
export function useChoices(): InvoiceChoices | null {
  const providers = useQuery(serviceProvidersQuery()).data;
  const subscriptions = useQuery(subscriptionsQuery()).data;
  const accounts = useQuery(accountsQuery()).data;
  const members = useQuery(membersQuery()).data;
  if (!providers || !subscriptions || !accounts || !members) return null;
  return {
    providers: providers.filter(({ archived }) => !archived),
    subscriptions,
    accounts,
    members: members.filter(({ archived }) => !archived),
  };
}
