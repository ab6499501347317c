import { queryOptions } from "@tanstack/react-query";

import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Member, Membership } from "@/lib/members/schema";

export const MEMBERS_PATH = "/api/v1/members";
export const memberPath = (id: string) => `${MEMBERS_PATH}/${id}`;
export const membershipsPath = (id: string) => `${memberPath(id)}/memberships`;
export const personDataPath = (id: string) => `${memberPath(id)}/data`;
export const erasurePath = (id: string) => `${memberPath(id)}/erasure`;
export const mergePath = (id: string) => `${memberPath(id)}/merge`;

/** Every member that the reader may see, archived ones too, in the order of entry. */
export const membersQuery = () =>
  queryOptions({
    queryKey: ["members"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<Member>>(`${MEMBERS_PATH}?${pageParams(page)}`, signal)),
  });

/** The teams that a member was, is and will be in, oldest first. */
export const membershipsQuery = (memberId: string) =>
  queryOptions({
    queryKey: ["members", memberId, "memberships"],
    queryFn: async ({ signal }) => (await getJson<Page<Membership>>(membershipsPath(memberId), signal)).data,
  });
