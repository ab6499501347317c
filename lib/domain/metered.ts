import { lineageOf } from "./api-sharing";
import type { Books } from "./books";
import { addDays, type CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { ApiAccount } from "./facts";
import { contains, type Period } from "./period";

/** What an API account, or one member through it, used on a UTC day, at what the provider's figures or the price book say. */
export type MeteredDay = {
  readonly day: CalendarDate;
  readonly serviceProviderId: string;
  /** Null: the provider names something that nobody has matched to an account yet. */
  readonly apiAccountId: string | null;
  readonly memberId: string | null;
  readonly currency: Currency;
  readonly costNano: bigint;
};

/** The days on which a usage charge stands on an account, or on none of a provider's accounts. */
export type MeteredCharge = { readonly apiAccountId: string | null; readonly period: Period };

/**
 * The use that splits a charge on an account (posting rule 6): that of the accounts below it and of members through
 * it, in the charge's currency, else in the only one that there is. What nobody has matched counts below the provider's
 * only root account.
 *
 * @returns nothing when only the account itself was used: then its classification says all there is to say
 */
export function usageBelow(
  account: ApiAccount,
  { days, currency }: { days: Period; currency: Currency },
  { usage, apiAccounts }: Books,
): MeteredDay[] {
  const unmatchedToo = isOnlyRoot(account, apiAccounts);
  const within = new Map<string, boolean>();
  const isWithin = (id: string): boolean => {
    const known = within.get(id);
    if (known !== undefined) return known;
    const below = apiAccounts.get(id);
    const answer = below !== undefined && lineageOf(below, apiAccounts).includes(account);
    within.set(id, answer);
    return answer;
  };
  const found = usage.filter(
    ({ day, serviceProviderId, apiAccountId }) =>
      serviceProviderId === account.serviceProviderId &&
      contains(days, day) &&
      (apiAccountId === null ? unmatchedToo : isWithin(apiAccountId)),
  );
  const alike = inOneCurrency(found, currency);
  const divides = alike.some(
    ({ apiAccountId, memberId }) => apiAccountId !== account.id || memberId !== null,
  );
  return divides ? alike : [];
}

/** The use that no charge on its account, or on an ancestor, covers: what posting rule 4 estimates. */
export function uncoveredUsage(
  usage: readonly MeteredDay[],
  charges: readonly MeteredCharge[],
  apiAccounts: ReadonlyMap<string, ApiAccount>,
): MeteredDay[] {
  const covers = coverageBy(charges, apiAccounts);
  return usage.filter(({ day, apiAccountId }) => !covers(apiAccountId, day));
}

/**
 * Tells which days of an account charges on it or on an ancestor cover. What nobody has matched is covered by a charge on
 * the provider's only root account, or on none of its accounts.
 *
 * @param apiAccounts the accounts of the provider whose charges these are
 */
export function coverageBy(
  charges: readonly MeteredCharge[],
  apiAccounts: ReadonlyMap<string, ApiAccount>,
): (apiAccountId: string | null, day: CalendarDate) => boolean {
  const periods = Map.groupBy(charges, ({ apiAccountId }) => apiAccountId);
  const covering = new Map<string | null, readonly Period[]>();
  const coveringOf = (id: string | null): readonly Period[] => {
    const known = covering.get(id);
    if (known) return known;
    const account = id === null ? undefined : apiAccounts.get(id);
    const over = account
      ? lineageOf(account, apiAccounts).map((each) => each.id)
      : rootsBesideNone(apiAccounts);
    const found = over.flatMap((each) => periods.get(each) ?? []).map(({ period }) => period);
    covering.set(id, found);
    return found;
  };
  return (apiAccountId, day) => coveringOf(apiAccountId).some((period) => contains(period, day));
}

/** The run of days from the first to the last of these. */
export function spanOf(usage: readonly MeteredDay[]): Period | null {
  const [first] = usage;
  if (!first) return null;
  let start = first.day;
  let last = first.day;
  for (const { day } of usage) {
    if (day < start) start = day;
    if (day > last) last = day;
  }
  return { start, end: addDays(last, 1) };
}

/** Costs in several currencies cannot be weighed against each other. */
function inOneCurrency(usage: readonly MeteredDay[], currency: Currency): MeteredDay[] {
  const own = usage.filter((used) => used.currency === currency);
  if (own.length > 0) return own;
  return new Set(usage.map((used) => used.currency)).size === 1 ? [...usage] : [];
}

function isOnlyRoot(account: ApiAccount, accounts: ReadonlyMap<string, ApiAccount>): boolean {
  if (account.parentId !== null) return false;
  return rootsOf(account.serviceProviderId, accounts).length === 1;
}

const rootsOf = (serviceProviderId: string, accounts: ReadonlyMap<string, ApiAccount>): ApiAccount[] =>
  [...accounts.values()].filter(
    (account) => account.parentId === null && account.serviceProviderId === serviceProviderId,
  );

function rootsBesideNone(accounts: ReadonlyMap<string, ApiAccount>): (string | null)[] {
  const roots = [...accounts.values()].filter(({ parentId }) => parentId === null);
  return [null, ...(roots.length === 1 ? roots.map(({ id }) => id) : [])];
}
