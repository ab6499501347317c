import { queryOptions } from "@tanstack/react-query";

import type { Changes } from "@/lib/changes/schema";
import type { Month } from "@/lib/domain/month";
import { getJson } from "@/lib/http/fetch";

/** What changed since the month before. A page fills the same key, so the browser starts warm. */
export const changesQuery = (month: Month) =>
  queryOptions({
    queryKey: ["changes", { month }],
    queryFn: ({ signal }) => getJson<Changes>(`/api/v1/changes?month=${month}`, signal),
  });
