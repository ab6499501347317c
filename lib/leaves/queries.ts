import { queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Leave } from "@/lib/leaves/schema";

export const leavesPath = (memberId: string): string => `/api/v1/members/${memberId}/leaves`;

export const leavesQuery = (memberId: string) =>
  queryOptions({
    queryKey: ["leaves", memberId],
    queryFn: ({ signal }) => getJson<Page<Leave>>(leavesPath(memberId), signal),
  });
