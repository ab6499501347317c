import { queryOptions } from "@tanstack/react-query";

import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson, sendJson } from "@/lib/http/fetch";
import type { Identity } from "@/lib/identities/schema";

export const IDENTITIES_PATH = "/api/v1/identities";

/** The names of files that nobody was matched to, with what they cost. */
export const unmatchedQuery = () =>
  queryOptions({
    queryKey: ["identities", "unmatched"],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        getJson<Page<Identity>>(`${IDENTITIES_PATH}?unmatched=true&${pageParams(page)}`, signal),
      ),
  });

export const matchIdentity = (
  id: string,
  match: { readonly memberId?: string; readonly apiAccountId?: string },
): Promise<Identity> => sendJson(`${IDENTITIES_PATH}/${id}/match`, { method: "PUT", body: match });
