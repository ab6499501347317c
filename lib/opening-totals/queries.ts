import { queryOptions } from "@tanstack/react-query";

import { getJson } from "@/lib/http/fetch";
import type { OpeningTotals } from "@/lib/opening-totals/schema";

export const OPENING_TOTALS_PATH = "/api/v1/opening-totals";

export const openingTotalsQuery = () =>
  queryOptions({
    queryKey: ["opening-totals"],
    queryFn: ({ signal }) => getJson<OpeningTotals>(OPENING_TOTALS_PATH, signal),
  });
