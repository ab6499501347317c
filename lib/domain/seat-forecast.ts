import type { Books } from "./books";
import type { CalendarDate } from "./calendar-date";
import { expectedAmount } from "./estimated-amount";
import { monthlyEstimates } from "./estimates";
import { type ExpectedCharge, expectedCharges } from "./expected-charges";
import {
  byCostObject,
  type ExpectedCost,
  type ExpectedOf,
  expectedOf,
  type ForecastReach,
  sumExact,
} from "./expected-cost";
import type { Subscription } from "./facts";
import { type ListPrice, proposedTerms, withTerms } from "./list-price";
import { firstDayOf, type Month, monthOf, shiftMonth } from "./month";
import { byMonth, type Period } from "./period";
import { coverSeats, type SeatFee } from "./seat-coverage";
import { shareBySeats } from "./seat-sharing";

type Known = {
  readonly fees: readonly SeatFee[];
  readonly prices: readonly ListPrice[];
  readonly renewsOn: CalendarDate | null;
};

/**
 * What the seats of a contract will cost, exactly: the charges that its seat ledger expects, dated changes and proposed
 * list prices among them, less what is invoiced already; shared like any seat fee. The running month is estimated in the
 * ledger, so only what a proposal changes in it is left for here.
 */
export function expectedSeatCost(
  subscription: Subscription,
  { fees, prices, renewsOn }: Known,
  books: Books,
  { today, end }: ForecastReach,
): ExpectedCost[] {
  const proposals = proposedTerms({ ...subscription, renewsOn }, prices, { today, until: end });
  const proposed = withTerms(subscription, proposals);
  const running = monthOf(today);
  const next = shiftMonth(running, 1);
  const dearer = proposals.some(({ startsOn }) => startsOn < firstDayOf(next));
  const costs = costsOf(proposed, { fees, books, from: dearer ? running : next, end });
  const ledger = dearer ? costsOf(subscription, { fees, books, from: running, end: firstDayOf(next) }) : [];
  return sumExact([...costs, ...ledger.map(negated)]);
}

/** What a contract's seats will cost from the running month on, its terms as they stand: nothing is proposed. */
export const seatCostAhead = (
  subscription: Subscription,
  fees: readonly SeatFee[],
  books: Books,
  { today, end }: ForecastReach,
): ExpectedCost[] => sumExact(costsOf(subscription, { fees, books, from: monthOf(today), end }));

type Asked = {
  readonly fees: readonly SeatFee[];
  readonly books: Books;
  readonly from: Month;
  readonly end: CalendarDate;
};

function costsOf(subscription: Subscription, { fees, books, from, end }: Asked): ExpectedCost[] {
  const rows = coverSeats(expectedCharges(subscription, books.prorationRules, end), fees);
  const targetsOf = sharing(
    subscription,
    rows.map(({ expected }) => expected),
    books,
  );
  return rows.flatMap((row) =>
    monthlyEstimates(row)
      .filter(({ month }) => from <= month && month < monthOf(end))
      .flatMap(({ month, costMinor }) => {
        const { currency, period } = row.expected;
        const part = byMonth(period).find((piece) => piece.month === month)?.part;
        const converted = expectedAmount(costMinor, currency, month, books);
        if (!part || !converted || costMinor === 0) return [];
        const of: ExpectedOf = {
          month,
          billingModel: "flat",
          serviceProviderId: subscription.serviceProviderId,
          subscriptionId: subscription.id,
          apiAccountId: null,
          currency,
        };
        const amount = { ...converted, belowMinor: 0, aboveMinor: 0 };
        return expectedOf(of, amount, targetsOf(row.expected, part));
      }),
  );
}

/** Who bears a row's part of a month. From the day on which nothing changes any more, every month is shared alike. */
function sharing(subscription: Subscription, rows: readonly ExpectedCharge[], { memberships }: Books) {
  const upgrades = rows.filter((row) => row.kind === "upgrade");
  const settledOn = lastChange(subscription, upgrades, memberships);
  const settled = new Map<string, ReturnType<typeof byCostObject>>();
  return ({ planId, period: chargePeriod }: ExpectedCharge, part: Period) => {
    const known = part.start >= settledOn ? settled.get(planId) : undefined;
    if (known) return known;
    const shared = shareBySeats({ subscription, planId, chargePeriod, part, memberships, upgrades });
    const targets = byCostObject(shared);
    if (part.start >= settledOn) settled.set(planId, targets);
    return targets;
  };
}

function lastChange(
  { terms, assignments, endsOn }: Subscription,
  upgrades: readonly ExpectedCharge[],
  memberships: Books["memberships"],
): CalendarDate {
  let last = "";
  const see = (day: CalendarDate | null) => {
    if (day !== null && day > last) last = day;
  };
  see(endsOn);
  for (const { startsOn } of terms) see(startsOn);
  for (const { period } of upgrades) see(period.end);
  for (const { memberId, startsOn, endsOn: until } of assignments) {
    see(startsOn);
    see(until);
    for (const membership of memberships.get(memberId) ?? []) {
      see(membership.startsOn);
      see(membership.endsOn);
    }
  }
  return last;
}

const negated = (cost: ExpectedCost): ExpectedCost => ({
  ...cost,
  costMinor: -cost.costMinor,
  baseCostMinor: -cost.baseCostMinor,
});
