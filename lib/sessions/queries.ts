import { queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Session } from "@/lib/sessions/schema";

export const SESSIONS_PATH = "/api/v1/sessions";

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ["sessions"],
    queryFn: async ({ signal }) => (await getJson<Page<Session>>(SESSIONS_PATH, signal)).data,
  });
