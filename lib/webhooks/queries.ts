import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Webhook, WebhookDelivery } from "@/lib/webhooks/schema";

export const WEBHOOKS_PATH = "/api/v1/webhooks";
export const webhookPath = (id: string) => `${WEBHOOKS_PATH}/${id}`;
export const deliveriesPath = (id: string) => `${webhookPath(id)}/deliveries`;

export const webhooksQuery = () =>
  queryOptions({
    queryKey: ["webhooks"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<Webhook>>(`${WEBHOOKS_PATH}?${pageParams(page)}`, signal)),
  });

/** How long to wait before looking again whether what waits has arrived. */
const LOOK_AGAIN_MS = 3_000;

/** What a webhook was sent, the last first, page after page; looked at again while something waits. */
export const deliveriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["webhooks", id, "deliveries"],
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<WebhookDelivery>>(
        `${deliveriesPath(id)}?${new URLSearchParams(pageParam ? { cursor: pageParam } : {})}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some(({ state: of }) => of === "waiting"))
        ? LOOK_AGAIN_MS
        : false,
  });
