import { infiniteQueryOptions } from "@tanstack/react-query";

import { getJson } from "@/lib/http/fetch";
import type { IdleSeats } from "@/lib/idle-seats/schema";

export const idleSeatsQuery = (days: number) =>
  infiniteQueryOptions({
    queryKey: ["idle-seats", { days }],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ days: String(days), ...(pageParam && { cursor: pageParam }) });
      return getJson<IdleSeats>(`/api/v1/idle-seats?${query}`, signal);
    },
    initialPageParam: "",
    getNextPageParam: (last: IdleSeats) => last.nextCursor,
  });
