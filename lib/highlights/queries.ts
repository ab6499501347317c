import { queryOptions } from "@tanstack/react-query";

import type { Highlights } from "@/lib/highlights/schema";
import { getJson } from "@/lib/http/fetch";

/** The advice worth most money. */
export const highlightsQuery = () =>
  queryOptions({
    queryKey: ["highlights"],
    queryFn: ({ signal }) => getJson<Highlights>("/api/v1/highlights", signal),
  });
