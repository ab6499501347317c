import { queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { User } from "@/lib/users/schema";

export const USERS_PATH = "/api/v1/users";

export const usersQuery = () =>
  queryOptions({
    queryKey: ["users"],
    queryFn: async ({ signal }) => (await getJson<Page<User>>(USERS_PATH, signal)).data,
  });
