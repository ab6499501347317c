import { queryOptions } from "@tanstack/react-query";

import { getJson } from "@/lib/http/fetch";
import type { Organization } from "@/lib/organization/schema";

export const ORGANIZATION_PATH = "/api/v1/organization";
export const ORGANIZATION_DATA_PATH = `${ORGANIZATION_PATH}/data`;
export const ORGANIZATION_REMOVAL_PATH = `${ORGANIZATION_PATH}/removal`;

export const organizationQuery = () =>
  queryOptions({
    queryKey: ["organization"],
    queryFn: ({ signal }) => getJson<Organization>(ORGANIZATION_PATH, signal),
  });
