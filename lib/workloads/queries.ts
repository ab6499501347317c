import { queryOptions } from "@tanstack/react-query";

import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Workload } from "@/lib/workloads/schema";

export const WORKLOADS_PATH = "/api/v1/workloads";
export const workloadPath = (id: string) => `${WORKLOADS_PATH}/${id}`;

/** Every workload with the advice on it, in the order of entry. */
export const workloadsQuery = () =>
  queryOptions({
    queryKey: ["workloads"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<Workload>>(`${WORKLOADS_PATH}?${pageParams(page)}`, signal)),
  });
