import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { Month } from "@/lib/domain/month";
import { getJson } from "@/lib/http/fetch";
import type { Bridge, Coverage, LedgerPage } from "@/lib/ledger/schema";

/** The entries behind a number, by the same filter as its row and column. */
export const ledgerQuery = (filter: Readonly<Record<string, string>>) =>
  infiniteQueryOptions({
    queryKey: ["ledger", filter],
    queryFn: ({ pageParam, signal }) =>
      getJson<LedgerPage>(
        `/api/v1/ledger?${new URLSearchParams({ ...filter, ...(pageParam && { cursor: pageParam }) })}`,
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor,
  });

export const bridgeQuery = (month: Month) =>
  queryOptions({
    queryKey: ["bridge", month],
    queryFn: ({ signal }) => getJson<Bridge>(`/api/v1/bridge?month=${month}`, signal),
  });

export const coverageQuery = ({ from, to }: { from: Month; to: Month }) =>
  queryOptions({
    queryKey: ["coverage", { from, to }],
    queryFn: ({ signal }) => getJson<Coverage>(`/api/v1/coverage?from=${from}&to=${to}`, signal),
  });
