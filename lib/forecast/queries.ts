import { queryOptions } from "@tanstack/react-query";
import type { Month } from "@/lib/domain/month";
import type { Forecast } from "@/lib/forecast/schema";
import { getJson } from "@/lib/http/fetch";

/** The forecast of some months, by contract. A page fills the same key, so the browser starts warm. */
export const forecastQuery = ({ from, to }: { readonly from: Month; readonly to: Month }) =>
  queryOptions({
    queryKey: ["forecast", { from, to }],
    queryFn: ({ signal }) =>
      getJson<Forecast>(`/api/v1/forecast?${new URLSearchParams({ from, to })}`, signal),
  });
