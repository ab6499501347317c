import { queryOptions } from "@tanstack/react-query";

import type { CalendarDate } from "@/lib/domain/calendar-date";
import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Subscription, SubscriptionSummary } from "@/lib/subscriptions/schema";

export const SUBSCRIPTIONS_PATH = "/api/v1/subscriptions";
export const subscriptionPath = (id: string) => `${SUBSCRIPTIONS_PATH}/${id}`;
export const termsPath = (id: string) => `${subscriptionPath(id)}/terms`;
export const ASSIGNMENTS_PATH = "/api/v1/assignments";
export const assignmentPath = (id: string) => `${ASSIGNMENTS_PATH}/${id}`;
export const ASSIGNMENT_BATCHES_PATH = "/api/v1/assignment-batches";

/** Every contract, with what it holds on a day; today unless said. */
export const subscriptionsQuery = (on?: CalendarDate) =>
  queryOptions({
    queryKey: ["subscriptions", "list", on ?? "today"],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        getJson<Page<SubscriptionSummary>>(
          `${SUBSCRIPTIONS_PATH}?${pageParams(page)}${on ? `&on=${on}` : ""}`,
          signal,
        ),
      ),
  });

export const subscriptionQuery = (id: string) =>
  queryOptions({
    queryKey: ["subscriptions", id],
    queryFn: ({ signal }) => getJson<Subscription>(subscriptionPath(id), signal),
  });
