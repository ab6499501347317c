import { queryOptions } from "@tanstack/react-query";

import type { BudgetGrid, BudgetVersion, SeatEffect } from "@/lib/budgets/schema";
import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";

export const VERSIONS_PATH = "/api/v1/budget-versions";
export const versionPath = (id: string) => `${VERSIONS_PATH}/${id}`;
export const approvalPath = (id: string) => `${VERSIONS_PATH}/${id}/approval`;
export const GRID_PATH = "/api/v1/budgets";
export const GRID_FILE_PATH = "/api/v1/budgets.csv";
export const OWNERS_PATH = "/api/v1/budget-owners";

/** Every version of every year, the newest first. */
export const versionsQuery = () =>
  queryOptions({
    queryKey: ["budget-versions"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<BudgetVersion>>(`${VERSIONS_PATH}?${pageParams(page)}`, signal)),
  });

/** A year's grid. */
export const gridQuery = (versionId: string) =>
  queryOptions({
    queryKey: ["budget-grid", versionId],
    queryFn: ({ signal }) =>
      getJson<BudgetGrid>(`${GRID_PATH}?${new URLSearchParams({ versionId })}`, signal),
  });

export type SeatQuestion = {
  readonly subscriptionId: string;
  readonly planId: string;
  readonly startsOn: string;
} & ({ readonly memberIds: string } | { readonly seats: string; readonly unitPriceMinor: string });

/** What seats would add to frozen lines. */
export const seatEffectQuery = (question: SeatQuestion) =>
  queryOptions({
    queryKey: ["seat-effect", question],
    queryFn: ({ signal }) =>
      getJson<SeatEffect>(`/api/v1/seat-effects?${new URLSearchParams(question)}`, signal),
  });
