import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { ExpectedCharge } from "@/lib/domain/expected-charges";
import { limitText, maximumText } from "@/lib/domain/forecast-words";
import { maximumBill } from "@/lib/domain/maximum-bill";
import { type Money, money, sumMinor } from "@/lib/domain/money";
import { monthOf } from "@/lib/domain/month";
import { againstSpendLimit } from "@/lib/domain/spend-limit";
import type { Named } from "@/lib/fields/schema";
import type { MeteredRow, NamedAccount } from "@/lib/forecast/data";
import type { MaximumBill, SpendLimitForecast } from "@/lib/forecast/schema";

/** The language of texts that the interface answers; a page makes them anew in its reader's. */
export const LOCALE = "en";

type Accounts = { readonly accounts: readonly NamedAccount[]; readonly today: CalendarDate };

const lasts = ({ endsOn }: NamedAccount, today: CalendarDate) => endsOn === null || endsOn > today;

/** Each account that has a limit, with all below it, in the running month. */
export function spendLimits(
  metered: readonly MeteredRow[],
  { accounts, today }: Accounts,
): SpendLimitForecast[] {
  const month = monthOf(today);
  return accounts.flatMap((account) => {
    const limit = account.monthlySpendLimit;
    if (limit === null || !lasts(account, today)) return [];
    const below = idsBelow(account.id, accounts);
    const unmatchedToo = isOnlyRoot(account, accounts);
    const days = metered
      .filter(
        ({ subscriptionId, apiAccountId, serviceProviderId, currency }) =>
          subscriptionId === null &&
          currency === limit.currency &&
          (apiAccountId === null
            ? unmatchedToo && serviceProviderId === account.serviceProvider.id
            : below.has(apiAccountId)),
      )
      .flatMap((row) => row.days);
    const { currency, minor: limitMinor } = limit;
    const { monthMinor, leftMinor, reachedOn } = againstSpendLimit(days, { month, limitMinor, currency });
    const words = {
      month,
      today,
      limit,
      forecast: money(monthMinor, currency),
      left: money(leftMinor, currency),
      reachedOn,
    };
    const { id, name, serviceProvider } = account;
    const text = limitText(words, LOCALE);
    return [{ account: { id, name }, serviceProvider, ...words, text }];
  });
}

type Charged = { readonly serviceProvider: Named; readonly charges: readonly ExpectedCharge[] };

/** What each provider can bill at most for a month, in each currency that it bills in. */
export function maximumBills(
  contracts: readonly (Charged & { readonly beyondSeats: Named | null })[],
  { accounts, today, baseCurrency }: Accounts & { readonly baseCurrency: string },
): MaximumBill[] {
  const month = monthOf(today);
  const open = accounts.filter((account) => lasts(account, today));
  const providers = new Map(
    [...contracts, ...open].map(({ serviceProvider }) => [serviceProvider.id, serviceProvider]),
  );
  return [...providers.values()].sort(byName).flatMap((serviceProvider) => {
    const ofProvider = <T extends { readonly serviceProvider: Named }>(rows: readonly T[]) =>
      rows.filter((row) => row.serviceProvider.id === serviceProvider.id);
    const charges = ofProvider(contracts)
      .flatMap((contract) => contract.charges)
      .filter(({ period }) => monthOf(period.start) === month);
    const tops = topLimits(ofProvider(open));
    const limits = tops.flatMap(({ monthlySpendLimit }) => monthlySpendLimit ?? []);
    const unlimited = [
      ...tops.filter(({ monthlySpendLimit }) => monthlySpendLimit === null),
      // A limit on the whole provider holds for use beyond seats too.
      ...(limits.length > 0 ? [] : ofProvider(contracts).flatMap(({ beyondSeats }) => beyondSeats ?? [])),
    ].map(({ id, name }) => ({ id, name }));
    const currencies = new Set([...charges, ...limits].map(({ currency }) => currency));
    if (currencies.size === 0 && unlimited.length > 0) currencies.add(baseCurrency);
    return [...currencies].sort().map((currency) => {
      const own = charges.filter((charge) => charge.currency === currency);
      const ownLimits: Money[] = limits.filter((limit) => limit.currency === currency);
      const words = {
        committed: money(sumMinor(own.map(({ amountMinor }) => amountMinor)), currency),
        spendLimits: money(sumMinor(ownLimits.map(({ minor }) => minor)), currency),
        maximum: maximumBill(own, {
          spendLimits: [...ownLimits, ...unlimited.map(() => null)],
          currency,
        }),
      };
      const names = unlimited.map(({ name }) => name);
      const text = maximumText({ ...words, unlimited: names }, LOCALE);
      return { serviceProvider, month, currency, ...words, unlimited, text };
    });
  });
}

/** The limits that count: a limit holds for all below it; what has none is as limited as what lies below it. */
function topLimits(accounts: readonly NamedAccount[]): NamedAccount[] {
  const ids = new Set(accounts.map(({ id }) => id));
  const children = Map.groupBy(accounts, ({ parentId }) => parentId);
  const limitsOf = (account: NamedAccount): NamedAccount[] => {
    const below = children.get(account.id) ?? [];
    return account.monthlySpendLimit !== null || below.length === 0 ? [account] : below.flatMap(limitsOf);
  };
  return accounts.filter(({ parentId }) => parentId === null || !ids.has(parentId)).flatMap(limitsOf);
}

function idsBelow(id: string, accounts: readonly NamedAccount[]): ReadonlySet<string> {
  const below = new Set([id]);
  for (let before = 0; before < below.size; ) {
    before = below.size;
    for (const account of accounts)
      if (account.parentId && below.has(account.parentId)) below.add(account.id);
  }
  return below;
}

export function isOnlyRoot(
  { parentId, serviceProvider }: NamedAccount,
  accounts: readonly NamedAccount[],
): boolean {
  if (parentId !== null) return false;
  const roots = accounts.filter(
    (one) => one.parentId === null && one.serviceProvider.id === serviceProvider.id,
  );
  return roots.length === 1;
}

const byName = (a: Named, b: Named): number => a.name.localeCompare(b.name, "en");
