import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { FindingStatus } from "@/lib/domain/finding";
import type { FindingRules, Findings } from "@/lib/findings/schema";
import { getJson } from "@/lib/http/fetch";

const FINDINGS_PATH = "/api/v1/findings";
export const findingPath = (id: string) => `${FINDINGS_PATH}/${id}`;
export const FINDING_RULES_PATH = "/api/v1/finding-rules";

export const findingsQuery = (status: FindingStatus) =>
  infiniteQueryOptions({
    queryKey: ["findings", { status }],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ status, ...(pageParam && { cursor: pageParam }) });
      return getJson<Findings>(`${FINDINGS_PATH}?${query}`, signal);
    },
    initialPageParam: "",
    getNextPageParam: (last: Findings) => last.nextCursor,
  });

export const findingRulesQuery = () =>
  queryOptions({
    queryKey: ["finding-rules"],
    queryFn: ({ signal }) => getJson<FindingRules>(FINDING_RULES_PATH, signal),
  });
