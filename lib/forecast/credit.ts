import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCreditInvoices, findCreditScopes } from "@/lib/books/credits-data";
import { loadBooks } from "@/lib/books/data";
import { loadInvoices } from "@/lib/books/invoices-data";
import { loadMeteredCharges } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import {
  type SharedTarget,
  shareByClassification,
  shareByShares,
  UNCLASSIFIED,
} from "@/lib/domain/api-sharing";
import type { Books } from "@/lib/domain/books";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { type CreditAhead, costOfCredit, creditAhead, type PrepaidAhead } from "@/lib/domain/credit-forecast";
import { drawDown } from "@/lib/domain/credit-grant";
import { expectedAmount } from "@/lib/domain/estimated-amount";
import { type ExpectedCost, expectedOf, type ForecastReach } from "@/lib/domain/expected-cost";
import type { Share } from "@/lib/domain/facts";
import type { Amount } from "@/lib/domain/ledger-entry";
import type { MeteredDay } from "@/lib/domain/metered";
import { drawingUsage, withCredits } from "@/lib/domain/metered-estimates";
import type { HistoryForecast } from "@/lib/domain/metered-forecast";
import { type Month, monthOf, periodOfMonth } from "@/lib/domain/month";
import type { HistoryOf } from "@/lib/forecast/histories";

/** A provider's credit, as far as the forecast draws on it. */
export type CreditOfProvider = {
  readonly books: Books;
  /** What it pays for, up to today. */
  readonly used: readonly MeteredDay[];
  /** Of each grant that an invoice bought: what it cost, in which currency, and who bears it if the line says so. */
  readonly bought: ReadonlyMap<string, Bought>;
};

type Bought = { readonly amount: Amount; readonly currency: string; readonly shares: readonly Share[] };

/** The credit of these providers; one without any is not among them. */
export async function loadCredit(
  db: Db,
  ctx: Ctx,
  serviceProviderIds: readonly string[],
): Promise<Map<string, CreditOfProvider>> {
  const metered = await findCreditScopes(db, ctx, serviceProviderIds);
  if (metered.length === 0) return new Map();
  const invoices = await loadInvoices(db, ctx, await findCreditInvoices(db, ctx, serviceProviderIds));
  const charges = await loadMeteredCharges(db, ctx, serviceProviderIds);
  const books = withCredits(await loadBooks(db, ctx, { invoices, subscriptionIds: [], metered }), charges);
  const bought = books.credits.grants.flatMap((grant): [string, Bought][] => {
    const invoice = invoices.find((one) => one.charges.some(({ id }) => id === grant.chargeId));
    const shares = invoice?.charges.find(({ id }) => id === grant.chargeId)?.shares ?? [];
    if (!invoice) return [];
    return [[grant.id, { amount: costOfCredit(grant, invoice, books), currency: invoice.currency, shares }]];
  });
  return new Map(
    [...books.credits.drawn.keys()].map((id) => [
      id,
      { books, used: drawingUsage(id, charges.get(id) ?? [], books), bought: new Map(bought) },
    ]),
  );
}

export type Foreseen = { readonly history: HistoryOf; readonly forecast: HistoryForecast };

/** What a provider's credit will pay for of what is expected to be used, oldest expiry first. */
export function aheadOf(
  serviceProviderId: string,
  { books, used, bought }: CreditOfProvider,
  {
    foreseen,
    knownUntil,
    reach,
  }: {
    readonly foreseen: readonly Foreseen[];
    /** From this day on, use is expected instead of known. */
    readonly knownUntil: CalendarDate | undefined;
    readonly reach: ForecastReach;
  },
): CreditAhead {
  const { grants, drawn } = books.credits;
  const own = grants.filter((grant) => grant.serviceProviderId === serviceProviderId);
  const expected = foreseen
    .filter(({ history }) => drawsOnCredit(history) && history.serviceProviderId === serviceProviderId)
    .flatMap(({ history: { apiAccountId, currency }, forecast }) =>
      forecast.ahead.map((cost) => ({ ...cost, serviceProviderId, apiAccountId, currency, memberId: null })),
    );
  const known = used.filter(({ day }) => knownUntil === undefined || day < knownUntil);
  const then = drawDown(own, [...known, ...expected], books.apiAccounts);
  const now = drawn.get(serviceProviderId) ?? { draws: [], rest: [] };
  return creditAhead({ now, then }, new Map([...bought].map(([id, { amount }]) => [id, amount])), reach);
}

/** What an invoice charges draws on no credit, so neither does what is expected to be charged like it. */
export const drawsOnCredit = ({ history, subscriptionId }: HistoryOf): boolean =>
  history === "usage" && subscriptionId === null;

/** The cost of bought credit that is expected to be drawn, or left when it expires. */
export function prepaidCosts(
  { prepaid }: CreditAhead,
  { books, bought }: CreditOfProvider,
  drawnBy: (of: Pick<PrepaidAhead, "grant" | "apiAccountId" | "month">) => {
    readonly targets: readonly SharedTarget[];
    readonly marginMinor: number | null;
  },
): ExpectedCost[] {
  return prepaid.flatMap((part) => {
    const { grant, month, apiAccountId, amount, faceMinor } = part;
    const purchase = bought.get(grant.id);
    const { serviceProviderId } = grant;
    const currency = purchase?.currency ?? grant.currency;
    const cost = amount ?? expectedAmount(faceMinor, currency, month, books);
    if (cost === null) return [];
    const shares = purchase?.shares ?? [];
    const own = part.expires
      ? {
          targets: leftTo(apiAccountId, month, books),
          marginMinor: month === monthOf(books.today) ? 0 : null,
        }
      : drawnBy(part);
    const targets =
      shares.length > 0 ? shareByShares(shares, periodOfMonth(month), books.memberships) : own.targets;
    return expectedOf(
      { month, billingModel: "metered", currency, serviceProviderId, subscriptionId: null, apiAccountId },
      { ...cost, belowMinor: own.marginMinor, aboveMinor: own.marginMinor },
      targets,
    );
  });
}

/** What expires counts in the line of its scope, else it is unclassified. */
function leftTo(apiAccountId: string | null, month: Month, { apiAccounts, memberships }: Books) {
  const account = apiAccountId === null ? undefined : apiAccounts.get(apiAccountId);
  const days = periodOfMonth(month);
  return account
    ? shareByClassification(account, apiAccounts, { days, memberships, memberId: null })
    : [{ target: UNCLASSIFIED, weight: 1n }];
}
