import { queryOptions } from "@tanstack/react-query";

import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Product } from "@/lib/products/schema";

export const PRODUCTS_PATH = "/api/v1/products";
export const productPath = (id: string) => `${PRODUCTS_PATH}/${id}`;

/** Every product, ended ones too, in the order of entry. */
export const productsQuery = () =>
  queryOptions({
    queryKey: ["products"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<Product>>(`${PRODUCTS_PATH}?${pageParams(page)}`, signal)),
  });
