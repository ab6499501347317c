import { queryOptions } from "@tanstack/react-query";

import type { Month } from "@/lib/domain/month";
import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Alert, Threshold } from "@/lib/thresholds/schema";

export const THRESHOLDS_PATH = "/api/v1/thresholds";
export const thresholdPath = (id: string) => `${THRESHOLDS_PATH}/${id}`;

export const thresholdsQuery = () =>
  queryOptions({
    queryKey: ["thresholds"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<Threshold>>(`${THRESHOLDS_PATH}?${pageParams(page)}`, signal)),
  });

/** What was raised for a month. Its key begins like the budget's, because it may change with it. */
export const alertsQuery = (month: Month) =>
  queryOptions({
    queryKey: ["budget", "alerts", month],
    queryFn: async ({ signal }) =>
      (await getJson<Page<Alert>>(`/api/v1/alerts?${new URLSearchParams({ month, limit: "200" })}`, signal))
        .data,
  });
