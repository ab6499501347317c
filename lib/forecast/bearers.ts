import { shareByClassification, shareByUsage, UNCLASSIFIED } from "@/lib/domain/api-sharing";
import type { Books } from "@/lib/domain/books";
import type { ForecastReach } from "@/lib/domain/expected-cost";
import type { ApiAccount } from "@/lib/domain/facts";
import type { Target } from "@/lib/domain/ledger-entry";
import type { MeteredDay } from "@/lib/domain/metered";
import { type Month, periodOfMonth } from "@/lib/domain/month";
import { changedWeights } from "@/lib/domain/scenario-forecast";
import { shareBySeats } from "@/lib/domain/seat-sharing";
import type { HistoryOf } from "@/lib/forecast/histories";

export type UseOf = Pick<HistoryOf, "serviceProviderId" | "subscriptionId" | "apiAccountId" | "currency">;

/** By what a scenario changes the part of a use that counts for a product in a month, in parts of `ONE`. */
export type FactorOf = (of: UseOf, productId: string | null, month: Month) => bigint;

export type Bearing = {
  readonly users: readonly MeteredDay[];
  readonly books: Books;
  readonly reach: ForecastReach;
  /** Absent: nothing changes. */
  readonly factorOf?: FactorOf;
};

type Bearer = { readonly target: Target; readonly weight: bigint };

/** Who will bear it, in the proportion in which a scenario would have it. */
export function bearers(of: UseOf, month: Month, bearing: Bearing): Bearer[] {
  const { factorOf } = bearing;
  const real = realBearers(of, month, bearing);
  if (!factorOf) return real;
  const weights = changedWeights(
    real.map(({ target, weight }) => ({ weight, factor: factorOf(of, target.productId, month) })),
  );
  return real.map(({ target }, index) => ({ target, weight: weights[index] ?? 0n }));
}

/** Who will bear it: whose use it was lately, in the shares in force then; else the account's or the contract's own. */
export function realBearers(
  { serviceProviderId, subscriptionId, apiAccountId, currency }: UseOf,
  month: Month,
  { users, books, reach }: Bearing,
): Bearer[] {
  const { apiAccounts, memberships, subscriptions } = books;
  const days = periodOfMonth(month);
  const subscription = subscriptionId === null ? undefined : subscriptions.get(subscriptionId);
  if (subscription) {
    return shareBySeats({
      subscription,
      planId: null,
      chargePeriod: days,
      part: days,
      memberships,
      upgrades: [],
    });
  }
  const day = days.start > reach.today ? days.start : reach.today;
  const own = users.filter(
    (used) =>
      used.serviceProviderId === serviceProviderId &&
      used.apiAccountId === apiAccountId &&
      used.currency === currency,
  );
  const byUse = shareByUsage(
    own.map((used) => ({ ...used, day })),
    apiAccounts,
    memberships,
  );
  const account = apiAccountId === null ? undefined : apiAccounts.get(apiAccountId);
  if (byUse.length > 0 || !account) return byUse.length > 0 ? byUse : [{ target: UNCLASSIFIED, weight: 1n }];
  return shareByClassification(account, apiAccounts, { days, memberships, memberId: null });
}

/** Whose team decides about a share too: who used it, or is named in one. */
export function membersOf(
  users: readonly MeteredDay[],
  apiAccounts: ReadonlyMap<string, ApiAccount>,
  { memberships }: Books,
): string[] {
  const named = [...apiAccounts.values()].flatMap(({ classifications }) =>
    classifications.flatMap(({ shares }) => shares.flatMap(({ memberId }) => memberId ?? [])),
  );
  const ids = new Set([...users.flatMap(({ memberId }) => memberId ?? []), ...named]);
  return [...ids].filter((id) => !memberships.has(id));
}
