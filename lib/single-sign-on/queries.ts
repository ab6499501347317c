import { queryOptions } from "@tanstack/react-query";

import { domainOf } from "@/lib/domain/sign-in-provider";
import type { Page } from "@/lib/fields/schema";
import { getJson, sendJson } from "@/lib/http/fetch";
import type { Connection, Door } from "@/lib/single-sign-on/schema";

export const CONNECTIONS_PATH = "/api/v1/sign-in-connections";
export const connectionPath = (id: string) => `${CONNECTIONS_PATH}/${id}`;

export const connectionsQuery = () =>
  queryOptions({
    queryKey: ["sign-in-connections"],
    queryFn: async ({ signal }) => (await getJson<Page<Connection>>(CONNECTIONS_PATH, signal)).data,
  });

/** How the people of an address's domain sign in; asked once for each domain. */
export const doorQuery = (email: string) =>
  queryOptions({
    queryKey: ["single-sign-on", domainOf(email)],
    queryFn: () => sendJson<Door>("/api/v1/single-sign-on", { method: "POST", body: { email } }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
