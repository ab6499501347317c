import { queryOptions } from "@tanstack/react-query";

import { getJson } from "@/lib/http/fetch";
import type { CalendarFeed, Renewals } from "@/lib/renewals/schema";

export const renewalsQuery = () =>
  queryOptions({
    queryKey: ["renewals"],
    queryFn: ({ signal }) => getJson<Renewals>("/api/v1/renewals", signal),
  });

export const calendarFeedQuery = () =>
  queryOptions({
    queryKey: ["renewals", "feed"],
    queryFn: ({ signal }) => getJson<CalendarFeed>("/api/v1/renewals/feed", signal),
  });
