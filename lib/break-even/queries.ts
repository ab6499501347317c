import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { BreakEvenDetail, BreakEvenOf, BreakEvenReport } from "@/lib/break-even/schema";
import { getJson } from "@/lib/http/fetch";

const PATH = "/api/v1/break-even";

export type ReportAsked = { readonly of: BreakEvenOf; readonly month: string };

/** Everybody's plans, or those of teams or contracts, a page at a time. */
export const breakEvenQuery = ({ of, month }: ReportAsked) =>
  infiniteQueryOptions({
    queryKey: ["break-even", { of, month }],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ of, month, ...(pageParam && { cursor: pageParam }) });
      return getJson<BreakEvenReport>(`${PATH}?${query}`, signal);
    },
    initialPageParam: "",
    getNextPageParam: (last: BreakEvenReport) => last.nextCursor,
  });

export type DetailAsked = ReportAsked & { readonly id: string; readonly serviceProviderId: string };

/** How one figure came to be. */
export const breakEvenDetailQuery = ({ of, id, serviceProviderId, month }: DetailAsked) =>
  queryOptions({
    queryKey: ["break-even", "detail", { of, id, serviceProviderId, month }],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ serviceProviderId, month });
      return getJson<BreakEvenDetail>(`${PATH}/${of}/${id}?${query}`, signal);
    },
  });
