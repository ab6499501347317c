import { addDays, type CalendarDate } from "./calendar-date";
import { invariant } from "./errors";
import type { ApiAccount, Classification, Share, TeamMembership } from "./facts";
import type { EntryBasis, Target } from "./ledger-entry";
import type { MeteredDay } from "./metered";
import { daysIn, type Period } from "./period";

/** A target with its weight, in the order in which odd cents are given out. */
export type SharedTarget = { readonly target: Target; readonly weight: bigint };

type Memberships = ReadonlyMap<string, readonly TeamMembership[]>;

/** Whole shares, as a classification or a charge states them. */
export const BASIS_POINTS = 10_000;

export const UNCLASSIFIED: Target = {
  purpose: "unclassified",
  teamId: null,
  memberId: null,
  productId: null,
  unassigned: false,
};

/**
 * Who bears a cost that carries its own shares: weights are days times basis points, in the order entered. A share
 * that names a member but no team counts for the member's team of each day.
 */
export function shareByShares(
  shares: readonly Share[],
  days: Period,
  memberships: Memberships,
): SharedTarget[] {
  const sum = new TargetSum();
  for (const share of shares) addShare(sum, share, days, memberships);
  return sum.targets();
}

/**
 * Who bears an API account's cost: the classification in force on each day, its own or its nearest ancestor's, with
 * weights of days times basis points and shares in the order entered; days without one are unclassified.
 *
 * @param memberId the member that the charge names: bears every share, in its purpose and product
 */
export function shareByClassification(
  account: ApiAccount,
  accounts: ReadonlyMap<string, ApiAccount>,
  { days, memberships, memberId }: { days: Period; memberships: Memberships; memberId: string | null },
): SharedTarget[] {
  const sum = new TargetSum();
  for (const { run, shares } of classificationRuns(account, accounts, days)) {
    for (const share of shares) {
      const named = memberId === null ? share : { ...share, memberId, teamId: null };
      addShare(sum, named, run, memberships);
    }
  }
  return sum.targets();
}

/**
 * Who bears metered cost, by whose use it was: each day's cost of each account in the shares that the account has that
 * day; a member's use of an account is that member's, in the account's purpose and product; use of what nobody has
 * matched to an account is unclassified.
 *
 * @returns no target when the use comes to nothing
 */
export function shareByUsage(
  usage: readonly MeteredDay[],
  accounts: ReadonlyMap<string, ApiAccount>,
  memberships: Memberships,
): SharedTarget[] {
  const sum = new TargetSum();
  const lineages = new Map<string, readonly ApiAccount[]>();
  for (const { day, apiAccountId, memberId, costNano } of usage) {
    const account = apiAccountId === null ? undefined : accounts.get(apiAccountId);
    const lineage = account && (lineages.get(account.id) ?? lineageOf(account, accounts));
    if (account && lineage) lineages.set(account.id, lineage);
    const shares = lineage ? sharesInForce(lineage, day) : [UNCLASSIFIED_SHARE];
    for (const share of shares) {
      const bearer = memberId ?? share.memberId;
      const teamId =
        bearer === null || (memberId === null && share.teamId !== null)
          ? share.teamId
          : teamOn(memberships.get(bearer), day);
      const { basisPoints, purpose, productId } = share;
      const target = { purpose, productId, memberId: bearer, teamId, unassigned: false };
      sum.add(target, costNano * BigInt(basisPoints));
    }
  }
  return sum.targets();
}

/** How a split among targets is labelled: a cost with one target went there whole. */
export function basisOf(targets: readonly unknown[]): EntryBasis {
  return targets.length > 1 ? "shares" : "direct";
}

const UNCLASSIFIED_SHARE: Share = { ...UNCLASSIFIED, basisPoints: BASIS_POINTS };

/** The runs of days with one classification each, in time order. */
export function classificationRuns(
  account: ApiAccount,
  accounts: ReadonlyMap<string, ApiAccount>,
  days: Period,
): { readonly run: Period; readonly shares: readonly Share[] }[] {
  const lineage = lineageOf(account, accounts);
  const starts = new Set<CalendarDate>([days.start, days.end]);
  for (const { classifications } of lineage) {
    for (const { startsOn } of classifications)
      if (days.start < startsOn && startsOn < days.end) starts.add(startsOn);
  }
  const inTime = [...starts].sort();
  return inTime.slice(1).map((end, index) => {
    const start = inTime[index] ?? end;
    return { run: { start, end }, shares: sharesInForce(lineage, start) };
  });
}

/** The account and its ancestors, the nearest first. */
export function lineageOf(account: ApiAccount, accounts: ReadonlyMap<string, ApiAccount>): ApiAccount[] {
  const lineage: ApiAccount[] = [];
  for (
    let next: ApiAccount | undefined = account;
    next;
    next = next.parentId ? accounts.get(next.parentId) : undefined
  ) {
    invariant(!lineage.includes(next), "the account tree has no circle");
    lineage.push(next);
  }
  return lineage;
}

/** The shares that count on a day; what has none is unclassified. */
const sharesInForce = (lineage: readonly ApiAccount[], day: CalendarDate): readonly Share[] =>
  classificationInForce(lineage, day)?.shares ?? [UNCLASSIFIED_SHARE];

/** What counts on a day, from the nearest account of the lineage that has any by then. */
export function classificationInForce(
  lineage: readonly ApiAccount[],
  day: CalendarDate,
): Classification | null {
  for (const { classifications } of lineage) {
    const latest = classifications
      .filter(({ startsOn }) => startsOn <= day)
      .reduce<Classification | null>(
        (last, next) => (last === null || next.startsOn > last.startsOn ? next : last),
        null,
      );
    if (latest) return latest;
  }
  return null;
}

function addShare(sum: TargetSum, share: Share, days: Period, memberships: Memberships): void {
  const { basisPoints, purpose, teamId, productId, memberId } = share;
  const target = { purpose, productId, memberId, unassigned: false };
  if (memberId === null || teamId !== null) {
    sum.add({ ...target, teamId }, BigInt(daysIn(days) * basisPoints));
    return;
  }
  for (let day = days.start; day < days.end; day = addDays(day, 1)) {
    sum.add({ ...target, teamId: teamOn(memberships.get(memberId), day) }, BigInt(basisPoints));
  }
}

function teamOn(memberships: readonly TeamMembership[] | undefined, day: CalendarDate): string | null {
  const membership = memberships?.find(
    ({ startsOn, endsOn }) => startsOn <= day && (endsOn === null || day < endsOn),
  );
  return membership?.teamId ?? null;
}

/** Adds up the weights of equal targets, keeping the order of their first appearance. */
class TargetSum {
  readonly #sums = new Map<string, { target: Target; weight: bigint }>();

  add(target: Target, weight: bigint): void {
    const key = [target.purpose, target.teamId, target.productId, target.memberId].join(" ");
    const sum = this.#sums.get(key);
    if (sum) sum.weight += weight;
    else this.#sums.set(key, { target, weight });
  }

  /** Without those that credits brought to nothing or below: nobody bears a negative part of a cost. */
  targets(): SharedTarget[] {
    return [...this.#sums.values()].filter(({ weight }) => weight > 0n);
  }
}
