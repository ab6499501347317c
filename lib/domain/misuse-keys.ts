import { addDays } from "./calendar-date";
import { countsOn, isProduction } from "./misuse-account-books";
import { inBase } from "./misuse-accounts";
import type { Misuse, MisuseEvidence, MisuseFacts } from "./misuse-facts";
import { type MisuseSettings, thresholdOf } from "./misuse-rules";
import { isBelow } from "./misuse-seats";
import { divideHalfEven } from "./money";
import { type Month, periodOfMonth } from "./month";

type KeyCost = {
  readonly memberId: string;
  readonly serviceProviderId: string;
  readonly month: Month;
  readonly minor: number;
  readonly evidence: MisuseEvidence;
};

/**
 * A person's own work on keys of a provider at which they hold no seat, where a seat would have cost less: the mean of the
 * last whole months from the first with cost on, beside the dearest plan that costs less than it, which is the one most
 * likely to include as much. Asked for in as many months as the threshold says, so that a burst is left alone. What the
 * books charge to a person counts as the books have it; of other keys, what files tell of a person's use.
 */
export function personalKeys(facts: MisuseFacts, settings: MisuseSettings): Misuse[] {
  const groups = Map.groupBy(
    keyCosts(facts),
    ({ memberId, serviceProviderId }) => `${memberId} ${serviceProviderId}`,
  );
  return [...groups].flatMap(([subject, costs]) => {
    const misuse = personalKey(facts, settings, subject, costs);
    return misuse ? [misuse] : [];
  });
}

function personalKey(
  facts: MisuseFacts,
  settings: MisuseSettings,
  subject: string,
  costs: readonly KeyCost[],
): Misuse | null {
  const [first] = costs;
  const member = first && facts.members.get(first.memberId);
  if (!first || member?.kind !== "person" || holdsSeat(facts, first)) return null;
  const byMonth = new Map<Month, number>();
  for (const { month, minor } of costs) byMonth.set(month, (byMonth.get(month) ?? 0) + minor);
  const known = facts.months.filter((month) => [...byMonth.keys()].some((any) => any <= month));
  const sum = [...byMonth.values()].reduce((all, minor) => all + minor, 0);
  if (known.length === 0 || sum <= 0) return null;
  const meanMinor = divideHalfEven(BigInt(sum), BigInt(known.length));
  const plan = (facts.plans.get(first.serviceProviderId) ?? [])
    .filter(({ monthlyMinor }) => monthlyMinor > 0 && monthlyMinor < meanMinor)
    .reduce<{ planId: string; monthlyMinor: number } | null>(
      (most, each) => (most && most.monthlyMinor >= each.monthlyMinor ? most : each),
      null,
    );
  if (!plan) return null;
  const above = [...byMonth.values()].filter((minor) => minor > plan.monthlyMinor).length;
  const amountMinor = meanMinor - plan.monthlyMinor;
  if (above < thresholdOf(settings, "personal_key", "months")) return null;
  if (isBelow(amountMinor, thresholdOf(settings, "personal_key", "amount"), facts)) return null;
  const last = [...byMonth.keys()].sort().at(-1) ?? facts.today.slice(0, 7);
  return {
    rule: "personal_key",
    subject,
    ...{ apiAccountId: null, memberId: first.memberId, teamId: member.teamId, amountMinor },
    seenOn: addDays(periodOfMonth(last).end, -1),
    evidence: [
      { kind: "plan", planId: plan.planId, minor: plan.monthlyMinor },
      ...costs.toSorted((a, b) => (a.month > b.month ? -1 : 1)).map(({ evidence }) => evidence),
    ],
  };
}

/** Whether a plan there is held already: then the question is which plan, which the break-even answers. */
const holdsSeat = ({ seats }: MisuseFacts, { memberId, serviceProviderId }: KeyCost): boolean =>
  seats.some((seat) => seat.memberId === memberId && seat.serviceProviderId === serviceProviderId);

function keyCosts(facts: MisuseFacts): KeyCost[] {
  const booked = facts.costs.flatMap(({ accountId, memberId, month, purpose, minor }): KeyCost[] => {
    const serviceProviderId = facts.accounts.get(accountId)?.serviceProviderId;
    if (memberId === null || serviceProviderId === undefined || purpose !== "developer_leverage") return [];
    if (!facts.months.includes(month)) return [];
    const evidence = { kind: "cost", accountId, month, purpose, minor } as const;
    return [{ memberId, serviceProviderId, month, minor, evidence }];
  });
  const inBooks = new Set(facts.costs.map(({ accountId, memberId }) => `${accountId} ${memberId}`));
  const told = facts.useMonths.flatMap(
    ({ accountId, memberId, serviceProviderId, month, ...use }): KeyCost[] => {
      const account = accountId === null ? undefined : facts.accounts.get(accountId);
      if (inBooks.has(`${accountId} ${memberId}`) || !facts.months.includes(month)) return [];
      if (account && isProduction(countsOn(facts, account, facts.today))) return [];
      const minor = inBase([use], facts);
      if (minor === null || minor === 0) return [];
      const evidence = { kind: "use", accountId, memberId, month, days: null, minor } as const;
      return [{ memberId, serviceProviderId, month, minor, evidence }];
    },
  );
  return [...booked, ...told];
}
