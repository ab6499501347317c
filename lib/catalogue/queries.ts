import { queryOptions } from "@tanstack/react-query";

import type { Plan, PlanPrice, ServiceProvider, Tool } from "@/lib/catalogue/schema";
import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";

export const SERVICE_PROVIDERS_PATH = "/api/v1/service-providers";
export const serviceProviderPath = (id: string) => `${SERVICE_PROVIDERS_PATH}/${id}`;
export const PLANS_PATH = "/api/v1/plans";
export const planPath = (id: string) => `${PLANS_PATH}/${id}`;
export const planPricesPath = (id: string) => `${planPath(id)}/prices`;
const TOOLS_PATH = "/api/v1/tools";

/** Every provider, archived ones too, in the order of entry. */
export const serviceProvidersQuery = () =>
  queryOptions({
    queryKey: ["catalogue", "service-providers"],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        getJson<Page<ServiceProvider>>(`${SERVICE_PROVIDERS_PATH}?${pageParams(page)}`, signal),
      ),
  });

/** Every plan with its list prices in force today, archived ones too. */
export const plansQuery = () =>
  queryOptions({
    queryKey: ["catalogue", "plans"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<Plan>>(`${PLANS_PATH}?${pageParams(page)}`, signal)),
  });

/** A plan's list prices through time. */
export const planPricesQuery = (planId: string) =>
  queryOptions({
    queryKey: ["catalogue", "plans", planId, "prices"],
    queryFn: async ({ signal }) => (await getJson<Page<PlanPrice>>(planPricesPath(planId), signal)).data,
  });

/** The programs that ride a seat or burn a key. */
export const toolsQuery = () =>
  queryOptions({
    queryKey: ["catalogue", "tools"],
    queryFn: async ({ signal }) => (await getJson<Page<Tool>>(TOOLS_PATH, signal)).data,
  });
