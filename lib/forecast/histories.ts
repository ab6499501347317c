import { lineageOf } from "@/lib/domain/api-sharing";
import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import { fractionDigits } from "@/lib/domain/currency";
import { nanoOfMinor } from "@/lib/domain/decimal";
import type { ApiAccount } from "@/lib/domain/facts";
import { coverageBy, type MeteredCharge } from "@/lib/domain/metered";
import { daysOfCharges, HISTORY_DAYS, type MeteredHistory } from "@/lib/domain/metered-forecast";
import { contains } from "@/lib/domain/period";
import type { ChargedDays, UsedDay, UsedSpan } from "@/lib/forecast/history-data";

/** A history with whose it is: an account's, a contract's, or of what nobody has matched to an account. */
export type HistoryOf = MeteredHistory & {
  readonly serviceProviderId: string;
  readonly subscriptionId: string | null;
  readonly apiAccountId: string | null;
};

type Known = {
  readonly today: CalendarDate;
  /** The day after the last that is forecast. */
  readonly end: CalendarDate;
  readonly apiAccounts: ReadonlyMap<string, ApiAccount>;
  /** Which accounts of the providers were used, also those whose history is not asked for. */
  readonly spans: readonly UsedSpan[];
  /** The days that charges cover, by provider. */
  readonly covering: ReadonlyMap<string, readonly MeteredCharge[]>;
  /** From which day on accounts are closed. */
  readonly ends: ReadonlyMap<string, CalendarDate>;
};

/**
 * Up to which day each provider's use is known: to today, or to where the last report ended. A day after it is not one
 * of no use.
 *
 * @returns the day after, by provider
 */
export function knownUntil(spans: readonly UsedSpan[], today: CalendarDate): Map<string, CalendarDate> {
  const known = new Map<string, CalendarDate>();
  for (const { serviceProviderId, last } of spans) {
    const next = last < today ? addDays(last, 1) : today;
    if (next > (known.get(serviceProviderId) ?? "")) known.set(serviceProviderId, next);
  }
  return known;
}

/** What each account used, in each currency. */
export function usedHistories(used: readonly UsedDay[], known: Known): HistoryOf[] {
  const until = knownUntil(known.spans, known.today);
  const opening = openings(known);
  const series = Map.groupBy(used, (day) =>
    [day.serviceProviderId, day.apiAccountId, day.currency].join(" "),
  );
  return [...series.values()].flatMap((days) => {
    const [first] = days;
    const end = first && until.get(first.serviceProviderId);
    if (!end) return [];
    const { serviceProviderId, apiAccountId, currency } = first;
    const start = historyStart(first.day, end);
    if (start >= end) return [];
    return [
      {
        serviceProviderId,
        subscriptionId: null,
        apiAccountId,
        currency,
        history: "usage" as const,
        known: { start, end },
        days,
        open: opening(first, start),
        endsOn: endOf(apiAccountId, known),
      },
    ];
  });
}

const historyStart = (first: CalendarDate, end: CalendarDate): CalendarDate =>
  laterOf(first, addDays(end, -HISTORY_DAYS));

/**
 * What was charged on accounts whose use nobody reports, and on contracts beyond their seats. What one provider charges
 * for an account of another is no history of the account.
 */
export function chargedHistories(charges: readonly ChargedDays[], known: Known): HistoryOf[] {
  const used = usedAccounts(known);
  const opening = openings(known);
  const series = Map.groupBy(charges, (charge) =>
    [charge.serviceProviderId, charge.subscriptionId, charge.apiAccountId, charge.currency].join(" "),
  );
  return [...series.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { serviceProviderId, subscriptionId, apiAccountId, currency } = first;
    if (apiAccountId !== null) {
      const account = known.apiAccounts.get(apiAccountId);
      if (account?.serviceProviderId !== serviceProviderId || isUsed(apiAccountId, used, known)) return [];
    }
    const end = own.map(({ period }) => period.end).reduce(laterOf);
    const begun = own.map(({ period }) => period.start).reduce((a, b) => (a < b ? a : b));
    const within = { start: laterOf(begun, addDays(end, -HISTORY_DAYS)), end };
    const digits = fractionDigits(currency);
    const parts = own.map(({ period, billedCostMinor }) => ({
      period,
      costNano: nanoOfMinor(billedCostMinor, digits),
    }));
    return [
      {
        serviceProviderId,
        subscriptionId,
        apiAccountId,
        currency,
        history: "charges" as const,
        known: within,
        days: daysOfCharges(parts, within),
        open:
          apiAccountId === null
            ? (day: CalendarDate) => !own.some(({ period }) => contains(period, day))
            : opening(first, within.start),
        endsOn: endOf(apiAccountId, known),
      },
    ];
  });
}

const laterOf = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b);

type OfAccount = Pick<UsedDay, "serviceProviderId" | "apiAccountId">;

/** Tells from a day on which days no charge covers, on the account, an ancestor, or on none where the provider has one tree. */
function openings({ end, apiAccounts, covering }: Known) {
  const accounts = Map.groupBy(apiAccounts.values(), ({ serviceProviderId }) => serviceProviderId);
  const coverages = new Map<string, ReturnType<typeof coverageBy>>();
  const coverageOf = (id: string) => {
    const own = new Map((accounts.get(id) ?? []).map((account) => [account.id, account]));
    const coverage = coverages.get(id) ?? coverageBy(covering.get(id) ?? [], own);
    coverages.set(id, coverage);
    return coverage;
  };
  return ({ serviceProviderId, apiAccountId }: OfAccount, from: CalendarDate) => {
    const covers = coverageOf(serviceProviderId);
    return (day: CalendarDate) => from <= day && day < end && !covers(apiAccountId, day);
  };
}

/** The accounts that have a history of use. */
function usedAccounts({ spans, today }: Known): string[] {
  const until = knownUntil(spans, today);
  const ids = spans.flatMap(({ serviceProviderId, apiAccountId, first }) => {
    const end = until.get(serviceProviderId) ?? first;
    return apiAccountId !== null && historyStart(first, end) < end ? [apiAccountId] : [];
  });
  return [...new Set(ids)];
}

/** Whether the account, one above it or one below it has use that is reported. */
function isUsed(id: string, used: readonly string[], { apiAccounts }: Known): boolean {
  const lineageIds = (accountId: string) => {
    const account = apiAccounts.get(accountId);
    return account ? lineageOf(account, apiAccounts).map((one) => one.id) : [accountId];
  };
  const own = lineageIds(id);
  return used.some((other) => own.includes(other) || lineageIds(other).includes(id));
}

/** The first day on which the account, or one above it, is closed. */
function endOf(id: string | null, { apiAccounts, ends }: Known): CalendarDate | null {
  const account = id === null ? undefined : apiAccounts.get(id);
  if (!account) return null;
  const closed = lineageOf(account, apiAccounts).flatMap((one) => ends.get(one.id) ?? []);
  return closed.length === 0 ? null : closed.reduce((a, b) => (a < b ? a : b));
}
