import { basisOf, type SharedTarget, shareByClassification, shareByUsage, UNCLASSIFIED } from "./api-sharing";
import type { Books } from "./books";
import { addDays } from "./calendar-date";
import { amountNano, type Draw, type DrawnCredits, drawDown, drawnNano, isExpired } from "./credit-grant";
import { fractionDigits } from "./currency";
import { minorOfNano } from "./decimal";
import { estimatedAmount } from "./estimated-amount";
import type { LedgerEntry } from "./ledger-entry";
import { type MeteredCharge, type MeteredDay, spanOf, uncoveredUsage } from "./metered";
import { monthOf } from "./month";
import type { Period } from "./period";
import { isNothing, split } from "./posting";

/**
 * The estimates of one provider's metered use (posting rule 4): what was used and no charge covers, up to today. The
 * cost of an account and month is summed exactly, rounded half to even once, converted at the rate of the month's last
 * day (today's in a running month), and split by the classification of each day. Without a rate there is no estimate.
 *
 * @param usage the provider's use; that of other providers must not be among it
 * @param charges the provider's usage charges that are not voided
 */
export function postMeteredEstimates(
  usage: readonly MeteredDay[],
  charges: readonly MeteredCharge[],
  books: Books,
): LedgerEntry[] {
  const isCounted = inBooks(books);
  const counted = usage.filter(isCounted);
  const credits = books.credits.drawn.get(counted[0]?.serviceProviderId ?? "");
  if (credits) return postUse(toBePaid(credits).filter(isCounted), "cost", books);
  return postUse(uncoveredUsage(counted, charges, accountsOfProvider(counted, books)), "cost", books);
}

/**
 * What credit leaves beside the estimates: use that given credit covered, which costs nothing, and what expired of
 * credit whose purchase is not in the books (of the others it is posted with their invoice).
 */
export function postCreditEstimates(serviceProviderId: string, books: Books): LedgerEntry[] {
  const draws = books.credits.drawn.get(serviceProviderId)?.draws ?? [];
  const isCounted = inBooks(books);
  return draws.flatMap((draw) => {
    if (draw.grant.kind === "gift") return postUse(draw.used.filter(isCounted), "covered", books);
    return draw.grant.chargeId === null ? postExpired(draw, books) : [];
  });
}

const inBooks =
  ({ today, booksStart }: Books) =>
  ({ day }: MeteredDay): boolean =>
    day <= today && monthOf(day) >= booksStart;

/** What credit did not pay for, or paid for as far as its purchase is not in the books. */
function toBePaid({ draws, rest }: DrawnCredits): MeteredDay[] {
  const unbought = draws.filter(({ grant }) => grant.kind === "purchase" && grant.chargeId === null);
  return [...rest, ...unbought.flatMap(({ used }) => used)];
}

function postExpired(draw: Draw, books: Books): LedgerEntry[] {
  const { grant } = draw;
  const left = amountNano(grant) - drawnNano(draw);
  if (grant.expiresOn === null || !isExpired(grant, books.today) || left === 0n) return [];
  const lastDay = addDays(grant.expiresOn, -1);
  const days = { start: lastDay, end: grant.expiresOn };
  if (monthOf(lastDay) < books.booksStart) return [];
  const { apiAccounts, memberships } = books;
  const account = grant.apiAccountId === null ? undefined : apiAccounts.get(grant.apiAccountId);
  const bearers = account
    ? shareByClassification(account, apiAccounts, { days, memberships, memberId: null })
    : [];
  return entriesOf({ ...grant, costNano: left, period: days, kind: "cost" }, bearers, books);
}

/** Summed exactly and rounded once for each account, month and currency. */
function postUse(usage: readonly MeteredDay[], kind: "cost" | "covered", books: Books): LedgerEntry[] {
  const groups = Map.groupBy(usage, ({ apiAccountId, day, currency }) =>
    [apiAccountId, monthOf(day), currency].join(" "),
  );
  return [...groups.keys()].sort().flatMap((key) => {
    const group = groups.get(key) ?? [];
    const [first] = group;
    const period = spanOf(group);
    if (!first || !period) return [];
    const costNano = group.reduce((sum, used) => sum + used.costNano, 0n);
    const bearers = shareByUsage(group, books.apiAccounts, books.memberships);
    return entriesOf({ ...first, costNano, period, kind }, bearers, books);
  });
}

type Estimate = Pick<MeteredDay, "serviceProviderId" | "apiAccountId" | "currency" | "costNano"> & {
  readonly period: Period;
  readonly kind: "cost" | "covered";
};

function entriesOf(
  { serviceProviderId, apiAccountId, currency, costNano, period, kind }: Estimate,
  bearers: readonly SharedTarget[],
  books: Books,
): LedgerEntry[] {
  const month = monthOf(period.start);
  const costMinor = minorOfNano(costNano, fractionDigits(currency));
  const converted = estimatedAmount(costMinor, currency, month, books);
  if (converted === null || isNothing(converted.amount)) return [];

  const { rate, amount } = converted;
  const targets = bearers.length > 0 ? bearers : [{ target: UNCLASSIFIED, weight: 1n }];
  const amounts = split(
    amount,
    targets.map(({ weight }) => weight),
  );
  return targets.flatMap(({ target }, index) => {
    const share = amounts[index];
    if (share === undefined || isNothing(share)) return [];
    return [
      {
        ...target,
        ...share,
        kind,
        month,
        billingMonth: month,
        billingModel: "metered" as const,
        chargeCategory: "usage" as const,
        state: "estimated" as const,
        basis: basisOf(targets),
        serviceProviderId,
        subscriptionId: null,
        planId: null,
        apiAccountId,
        invoiceId: null,
        chargeId: null,
        chargePeriod: period,
        seatDays: null,
        selfAssessed: false,
        currency,
        rate: rate?.rate ?? null,
        rateDate: rate?.date ?? null,
      },
    ];
  });
}

/**
 * The books with what credit paid for, of each provider that has any: of its use up to today that no charge covers.
 *
 * @param charges by provider; of a provider with credit all of its use and charges must be at hand
 */
export function withCredits(books: Books, charges: ReadonlyMap<string, readonly MeteredCharge[]>): Books {
  const grants = Map.groupBy(books.credits.grants, ({ serviceProviderId }) => serviceProviderId);
  const drawn = [...grants].flatMap(([id, own]): [string, DrawnCredits][] => {
    if (own.every(({ kind }) => kind === "allowance")) return [];
    return [[id, drawDown(own, drawingUsage(id, charges.get(id) ?? [], books), books.apiAccounts)]];
  });
  return { ...books, credits: { ...books.credits, drawn: new Map(drawn) } };
}

/** What of a provider's use its credit pays for: up to today, and not what an invoice charges. */
export function drawingUsage(
  serviceProviderId: string,
  charges: readonly MeteredCharge[],
  books: Books,
): MeteredDay[] {
  const used = books.usage.filter(
    (usage) => usage.serviceProviderId === serviceProviderId && usage.day <= books.today,
  );
  return uncoveredUsage(used, charges, accountsOfProvider(used, books));
}

/** Only this provider's accounts decide whether it has one root. */
function accountsOfProvider(usage: readonly MeteredDay[], { apiAccounts }: Books) {
  const serviceProviderId = usage[0]?.serviceProviderId;
  return new Map([...apiAccounts].filter(([, account]) => account.serviceProviderId === serviceProviderId));
}
