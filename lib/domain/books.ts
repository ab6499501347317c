import type { CalendarDate } from "./calendar-date";
import type { Credits } from "./credit-grant";
import type { Currency } from "./currency";
import type { ExchangeRate } from "./exchange-rate";
import type { ApiAccount, ProrationRule, Subscription, TeamMembership } from "./facts";
import type { MeteredDay } from "./metered";
import type { Month } from "./month";

/** The facts that posting looks things up in, while it goes through invoices and contracts. */
export type Books = {
  readonly baseCurrency: Currency;
  /** No estimate is made for months before it. */
  readonly booksStart: Month;
  /** The day of the request; estimates reach to the end of its month. */
  readonly today: CalendarDate;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly apiAccounts: ReadonlyMap<string, ApiAccount>;
  /** By plan. */
  readonly prorationRules: ReadonlyMap<string, ProrationRule>;
  /** By member. */
  readonly memberships: ReadonlyMap<string, readonly TeamMembership[]>;
  readonly rates: readonly ExchangeRate[];
  /** What API accounts used, by day, for the days that the work at hand needs. */
  readonly usage: readonly MeteredDay[];
  /** What credit at the providers at hand paid for. */
  readonly credits: Credits;
};
