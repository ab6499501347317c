import { allocate } from "./allocate";
import {
  type SharedTarget,
  shareByClassification,
  shareByShares,
  shareByUsage,
  UNCLASSIFIED,
} from "./api-sharing";
import type { Books } from "./books";
import { addDays, type CalendarDate } from "./calendar-date";
import { amountNano, type Draw, drawnNano, isExpired } from "./credit-grant";
import type { Share } from "./facts";
import type { Amount } from "./ledger-entry";
import { type MeteredDay, spanOf } from "./metered";
import { type Month, monthOf } from "./month";
import type { Period } from "./period";

/** A part of what bought credit that is cost: drawn by an account in a month, or left when the credit expired. */
export type PrepaidPart = {
  readonly month: Month;
  readonly days: Period;
  readonly apiAccountId: string | null;
  /** The use that drew it; none of what expired. */
  readonly used: readonly MeteredDay[];
  readonly amount: Amount;
};

/**
 * The parts of a prepaid amount that became cost, in time (posting rule 8). Each is what has been drawn up to then, as
 * a share of the credit, less the parts before it: so a later draw never moves an earlier month by a cent, and the
 * parts of a credit that is used up sum to what it cost.
 *
 * @param total what the credit cost, tax on it and credits included, in any currency
 */
export function prepaidParts(draw: Draw, total: Amount, today: CalendarDate): PrepaidPart[] {
  const { grant, used } = draw;
  const whole = amountNano(grant);
  let drawn = 0n;
  let before: Amount = { costMinor: 0, baseCostMinor: 0 };
  const next = (nano: bigint): Amount => {
    drawn += nano;
    const reached = upTo(total, drawn, whole - drawn);
    const amount = less(reached, before);
    before = reached;
    return amount;
  };

  const groups = Map.groupBy(used, ({ day, apiAccountId }) => `${monthOf(day)} ${apiAccountId ?? "~"}`);
  const parts: PrepaidPart[] = [...groups].sort(byKey).flatMap(([, group]) => {
    const [first] = group;
    const days = spanOf(group);
    if (!first || !days) return [];
    const { apiAccountId, day } = first;
    return [
      { month: monthOf(day), days, apiAccountId, used: group, amount: next(drawnNano({ used: group })) },
    ];
  });
  if (grant.expiresOn === null || !isExpired(grant, today) || drawn === whole) return parts;

  const lastDay = addDays(grant.expiresOn, -1);
  const days = { start: lastDay, end: grant.expiresOn };
  const { apiAccountId } = grant;
  return [...parts, { month: monthOf(lastDay), days, apiAccountId, used: [], amount: next(whole - drawn) }];
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function upTo({ costMinor, baseCostMinor }: Amount, drawn: bigint, left: bigint): Amount {
  const [cost = 0] = allocate(costMinor, [drawn, left]);
  const [base = 0] = allocate(baseCostMinor, [drawn, left]);
  return { costMinor: cost, baseCostMinor: base };
}

const less = (a: Amount, b: Amount): Amount => ({
  costMinor: a.costMinor - b.costMinor,
  baseCostMinor: a.baseCostMinor - b.baseCostMinor,
});

/** Who bears what was drawn: the line's own shares, else whose use it was; of what expired, the account's classification. */
export function bearersOf(
  { used, days, apiAccountId }: PrepaidPart,
  shares: readonly Share[],
  { apiAccounts, memberships }: Books,
): readonly SharedTarget[] {
  if (shares.length > 0) return shareByShares(shares, days, memberships);
  const account = apiAccountId === null ? undefined : apiAccounts.get(apiAccountId);
  const bearers =
    used.length > 0
      ? shareByUsage(used, apiAccounts, memberships)
      : account
        ? shareByClassification(account, apiAccounts, { days, memberships, memberId: null })
        : [];
  return bearers.length > 0 ? bearers : [{ target: UNCLASSIFIED, weight: 1n }];
}
