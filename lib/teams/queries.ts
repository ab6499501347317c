import { queryOptions } from "@tanstack/react-query";

import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Team } from "@/lib/teams/schema";

export const TEAMS_PATH = "/api/v1/teams";
export const teamPath = (id: string) => `${TEAMS_PATH}/${id}`;
export const leadsPath = (id: string) => `${teamPath(id)}/leads`;

/** Every team, archived ones too, in the order of entry. */
export const teamsQuery = () =>
  queryOptions({
    queryKey: ["teams"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<Team>>(`${TEAMS_PATH}?${pageParams(page)}`, signal)),
  });
