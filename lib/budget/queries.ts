import { queryOptions } from "@tanstack/react-query";

import type { Budget, BudgetGrouping } from "@/lib/budget/schema";
import type { Month } from "@/lib/domain/month";
import { getJson } from "@/lib/http/fetch";
import type { Basis } from "@/lib/ledger/schema";

export type BudgetQuestion = {
  readonly from: Month;
  readonly to: Month;
  readonly basis: Basis;
  readonly groupBy: readonly BudgetGrouping[];
};

/** The lines of some months. A page fills the same key, so the browser starts warm. */
export const budgetQuery = ({ from, to, basis, groupBy }: BudgetQuestion) =>
  queryOptions({
    queryKey: ["budget", { from, to, basis, groupBy }],
    queryFn: ({ signal }) =>
      getJson<Budget>(
        `/api/v1/budget?${new URLSearchParams({ from, to, basis, groupBy: groupBy.join(",") })}`,
        signal,
      ),
  });
