import { queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Subscription, SubscriptionSummary } from "@/lib/subscriptions/schema";

export const subscriptionsQuery = () =>
  queryOptions({
    queryKey: ["subscriptions"],
    queryFn: ({ signal }) => getJson<Page<SubscriptionSummary>>("/api/v1/subscriptions?limit=200", signal),
  });

export const subscriptionQuery = (id: string) =>
  queryOptions({
    queryKey: ["subscriptions", id],
    queryFn: ({ signal }) => getJson<Subscription>(`/api/v1/subscriptions/${id}`, signal),
  });
