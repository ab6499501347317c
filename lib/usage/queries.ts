import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { UsageFilter, UsageReport, UsageRow } from "@/lib/usage/schema";

const USAGE_PATH = "/api/v1/usage";

export const usageQuery = ({ from, to, groupBy }: UsageFilter) =>
  queryOptions({
    queryKey: ["usage", { from, to, groupBy }],
    queryFn: ({ signal }) =>
      getJson<UsageReport>(`${USAGE_PATH}?${new URLSearchParams({ from, to, groupBy })}`, signal),
  });

export type UsageRowsAsked = {
  readonly from: string;
  readonly to: string;
  readonly memberId?: string;
  readonly apiAccountId?: string;
  readonly productId?: string;
  readonly serviceProviderId?: string;
  readonly model?: string;
  readonly day?: string;
};

/** The rows behind a figure, a page at a time. */
export const usageRowsQuery = (asked: UsageRowsAsked) =>
  infiniteQueryOptions({
    queryKey: ["usage", "rows", asked],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ ...asked, ...(pageParam && { cursor: pageParam }) });
      return getJson<Page<UsageRow>>(`${USAGE_PATH}/rows?${query}`, signal);
    },
    initialPageParam: "",
    getNextPageParam: (last: Page<UsageRow>) => last.nextCursor,
  });
