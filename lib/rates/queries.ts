import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson, sendFile } from "@/lib/http/fetch";
import type { EcbInput, EcbResult, MissingRate, Rate } from "@/lib/rates/schema";

export const RATES_PATH = "/api/v1/exchange-rates";
export const ratePath = (id: string) => `${RATES_PATH}/${id}`;

/** The rates, the latest day first, page after page. */
export const ratesQuery = () =>
  infiniteQueryOptions({
    queryKey: ["rates"],
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<Rate>>(
        `${RATES_PATH}?${new URLSearchParams(pageParam ? { cursor: pageParam } : {})}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** The rates without which something cannot be estimated. */
export const missingRatesQuery = () =>
  queryOptions({
    queryKey: ["rates", "missing"],
    queryFn: async ({ signal }) => (await getJson<Page<MissingRate>>(`${RATES_PATH}/missing`, signal)).data,
  });

/** Sends the bank's file in, or asks what it would bring. @throws ApiError */
export const importEcb = (file: File, { mode, currency }: EcbInput): Promise<EcbResult> =>
  sendFile(`${RATES_PATH}/imports?${new URLSearchParams({ mode, ...(currency && { currency }) })}`, file);
