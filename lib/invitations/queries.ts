import { queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Invitation } from "@/lib/invitations/schema";

export const INVITATIONS_PATH = "/api/v1/invitations";

export const invitationsQuery = () =>
  queryOptions({
    queryKey: ["invitations"],
    queryFn: async ({ signal }) => (await getJson<Page<Invitation>>(INVITATIONS_PATH, signal)).data,
  });
