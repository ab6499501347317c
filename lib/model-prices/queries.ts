import { queryOptions } from "@tanstack/react-query";

import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { ModelPriceRow } from "@/lib/model-prices/schema";

export const MODEL_PRICES_PATH = "/api/v1/model-prices";
export const MODEL_PRICE_FILE_PATH = `${MODEL_PRICES_PATH}/file`;

/** Every price, past and coming ones too, in the order of entry. */
export const modelPricesQuery = () =>
  queryOptions({
    queryKey: ["model-prices"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<ModelPriceRow>>(`${MODEL_PRICES_PATH}?${pageParams(page)}`, signal)),
  });
