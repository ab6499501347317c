import { queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Invitation, Session, User } from "@/lib/users/schema";

export const USERS_PATH = "/api/v1/users";
export const INVITATIONS_PATH = "/api/v1/invitations";
export const SESSIONS_PATH = "/api/v1/sessions";

export const usersQuery = () =>
  queryOptions({
    queryKey: ["users"],
    queryFn: async ({ signal }) => (await getJson<Page<User>>(USERS_PATH, signal)).data,
  });

export const invitationsQuery = () =>
  queryOptions({
    queryKey: ["invitations"],
    queryFn: async ({ signal }) => (await getJson<Page<Invitation>>(INVITATIONS_PATH, signal)).data,
  });

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ["sessions"],
    queryFn: async ({ signal }) => (await getJson<Page<Session>>(SESSIONS_PATH, signal)).data,
  });
