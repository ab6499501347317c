import { allocate } from "./allocate";
import type { Books } from "./books";
import { estimatedAmount } from "./estimated-amount";
import { type ExpectedCharge, expectedCharges } from "./expected-charges";
import type { Subscription } from "./facts";
import type { LedgerEntry } from "./ledger-entry";
import { type Month, monthOf, periodOfMonth } from "./month";
import { byMonth } from "./period";
import { isNothing, split } from "./posting";
import { coverSeats, type SeatFee, type Uncovered } from "./seat-coverage";
import { shareBySeats } from "./seat-sharing";

/**
 * The estimates of a contract: what its seat ledger expected and no invoice covers, for whole months up to the running
 * one. An estimate is never added on top of an invoice: the part that a charge covers is gone.
 *
 * A row's uncovered part is found by seat-days, spread over its months by uncovered seat-days, and over the seats like
 * an invoice's charge. A month whose rate is missing has no estimate; coverage shows it as missing.
 *
 * @param fees the purchases invoiced on the contract
 */
export function postEstimates(
  subscription: Subscription,
  fees: readonly SeatFee[],
  books: Books,
): LedgerEntry[] {
  const rows = uncoveredCharges(subscription, fees, books);
  const upgrades = rows.map((row) => row.expected).filter((row) => row.kind === "upgrade");
  return rows.flatMap((row) =>
    monthlyEstimates(row)
      .filter(({ month }) => books.booksStart <= month && month <= monthOf(books.today))
      .flatMap((estimate) => entriesOf({ subscription, upgrades }, row.expected, estimate, books)),
  );
}

/** Every expected charge up to the running month, with what of it is invoiced. */
export function uncoveredCharges(
  subscription: Subscription,
  fees: readonly SeatFee[],
  { prorationRules, today }: Pick<Books, "prorationRules" | "today">,
): Uncovered[] {
  const until = periodOfMonth(monthOf(today)).end;
  return coverSeats(expectedCharges(subscription, prorationRules, until), fees);
}

/** What remains of an expected row in a month, in its own currency. */
export type Estimate = { readonly month: Month; readonly costMinor: number };

/** An expected row's uncovered part, found by seat-days and spread over its months by them. */
export function monthlyEstimates({ expected, uncoveredSeatDays, coveredSeatDays }: Uncovered): Estimate[] {
  const uncovered = total(uncoveredSeatDays);
  if (uncovered === 0) return [];
  const [costMinor = 0] = allocate(expected.amountMinor, [uncovered, total(coveredSeatDays)]);
  const months = [...uncoveredSeatDays].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = allocate(
    costMinor,
    months.map(([, seatDays]) => seatDays),
  );
  return months.map(([month], index) => ({ month, costMinor: parts[index] ?? 0 }));
}

const total = (days: ReadonlyMap<Month, number>): number =>
  [...days.values()].reduce((sum, count) => sum + count, 0);

type Contract = { readonly subscription: Subscription; readonly upgrades: readonly ExpectedCharge[] };

function entriesOf(
  { subscription, upgrades }: Contract,
  expected: ExpectedCharge,
  { month, costMinor }: Estimate,
  books: Books,
): LedgerEntry[] {
  const part = byMonth(expected.period).find((piece) => piece.month === month)?.part;
  const converted = estimatedAmount(costMinor, expected.currency, month, books);
  if (part === undefined || converted === null) return [];

  const { rate, amount } = converted;
  const { memberships } = books;
  const targets = shareBySeats({
    subscription,
    planId: expected.planId,
    chargePeriod: expected.period,
    part,
    memberships,
    upgrades,
  });
  const amounts = split(
    amount,
    targets.map(({ weight }) => weight),
  );
  return targets.flatMap(({ target, seatDays }, index) => {
    const share = amounts[index];
    if (share === undefined || (isNothing(share) && seatDays === 0)) return [];
    return [
      {
        ...target,
        ...share,
        kind: "cost" as const,
        month,
        billingMonth: month,
        billingModel: "flat" as const,
        chargeCategory: "purchase" as const,
        state: "estimated" as const,
        basis: "seat_days" as const,
        serviceProviderId: subscription.serviceProviderId,
        subscriptionId: subscription.id,
        planId: expected.planId,
        apiAccountId: null,
        invoiceId: null,
        chargeId: null,
        chargePeriod: expected.period,
        seatDays,
        selfAssessed: false,
        currency: expected.currency,
        rate: rate?.rate ?? null,
        rateDate: rate?.date ?? null,
      },
    ];
  });
}
