import { basisOf, shareByUsage, UNCLASSIFIED } from "./api-sharing";
import type { Books } from "./books";
import { fractionDigits } from "./currency";
import { minorOfNano } from "./decimal";
import { estimatedAmount } from "./estimated-amount";
import type { LedgerEntry } from "./ledger-entry";
import { type MeteredCharge, type MeteredDay, spanOf, uncoveredUsage } from "./metered";
import { monthOf } from "./month";
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
  const counted = usage.filter(({ day }) => day <= books.today && monthOf(day) >= books.booksStart);
  const uncovered = uncoveredUsage(counted, charges, accountsOfProvider(counted, books));
  const groups = Map.groupBy(uncovered, ({ apiAccountId, day, currency }) =>
    [apiAccountId, monthOf(day), currency].join(" "),
  );
  return [...groups.keys()].sort().flatMap((key) => estimate(groups.get(key) ?? [], books));
}

function estimate(usage: readonly MeteredDay[], books: Books): LedgerEntry[] {
  const [first] = usage;
  const chargePeriod = spanOf(usage);
  if (!first || !chargePeriod) return [];
  const { currency, serviceProviderId, apiAccountId } = first;
  const month = monthOf(first.day);
  const costMinor = minorOfNano(
    usage.reduce((sum, { costNano }) => sum + costNano, 0n),
    fractionDigits(currency),
  );
  const converted = estimatedAmount(costMinor, currency, month, books);
  if (converted === null || isNothing(converted.amount)) return [];

  const { rate, amount } = converted;
  const shared = shareByUsage(usage, books.apiAccounts, books.memberships);
  const targets = shared.length > 0 ? shared : [{ target: UNCLASSIFIED, weight: 1n }];
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
        kind: "cost" as const,
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
        chargePeriod,
        seatDays: null,
        selfAssessed: false,
        currency,
        rate: rate?.rate ?? null,
        rateDate: rate?.date ?? null,
      },
    ];
  });
}

/** Only this provider's accounts decide whether it has one root. */
function accountsOfProvider(usage: readonly MeteredDay[], { apiAccounts }: Books) {
  const serviceProviderId = usage[0]?.serviceProviderId;
  return new Map([...apiAccounts].filter(([, account]) => account.serviceProviderId === serviceProviderId));
}
