import { classificationInForce, lineageOf } from "./api-sharing";
import { addDays, type CalendarDate } from "./calendar-date";
import type { Classification, Purpose } from "./facts";
import type { AccountCost, MisuseAccount, MisuseEvidence, MisuseFacts } from "./misuse-facts";
import { type Month, periodOfMonth } from "./month";

/** Cost of one account in one line and month, as evidence of a finding. */
export type CostProof = Extract<MisuseEvidence, { kind: "cost" }>;

/** The tree of the accounts that have not ended, laid out once for all of them. */
export type AccountBooks = {
  readonly open: readonly MisuseAccount[];
  /** What each counts as today. */
  readonly counts: ReadonlyMap<string, Classification | null>;
  /** Each with all under it. */
  readonly inside: ReadonlyMap<string, readonly MisuseAccount[]>;
  readonly costs: ReadonlyMap<string, readonly AccountCost[]>;
};

export function accountBooks(facts: MisuseFacts): AccountBooks {
  const { accounts, today, months } = facts;
  const open = [...accounts.values()].filter(({ endsOn }) => endsOn === null || endsOn > today);
  const inside = new Map<string, MisuseAccount[]>();
  for (const account of open) {
    for (const { id } of lineageOf(account, accounts)) inside.set(id, [...(inside.get(id) ?? []), account]);
  }
  return {
    open,
    inside,
    counts: new Map(open.map((account) => [account.id, countsOn(facts, account, today)])),
    costs: Map.groupBy(
      facts.costs.filter(({ month }) => months.includes(month)),
      ({ accountId }) => accountId,
    ),
  };
}

/** What an account counts as on a day, its own or its nearest ancestor's. */
export const countsOn = (
  { accounts }: Pick<MisuseFacts, "accounts">,
  account: MisuseAccount,
  day: CalendarDate,
): Classification | null => classificationInForce(lineageOf(account, accounts), day);

/** All of it is the running of a product. */
export const isProduction = (classification: Classification | null): boolean =>
  classification?.shares.every(({ purpose }) => purpose === "product_running") ?? false;

/**
 * What an account and all under it cost in one line, in the last whole month in which any of them cost anything; of those
 * that still count in it.
 */
export function lastCosts(
  { inside, costs, counts }: AccountBooks,
  { id }: MisuseAccount,
  purpose: Purpose,
): CostProof[] {
  const all = (inside.get(id) ?? []).map((account) => ({ account, costs: costs.get(account.id) ?? [] }));
  const month = all
    .flatMap((each) => each.costs.map((cost) => cost.month))
    .reduce<Month | null>((last, each) => (last !== null && last > each ? last : each), null);
  if (month === null) return [];
  return all.flatMap((each): CostProof[] => {
    const { id: accountId } = each.account;
    if (!counts.get(accountId)?.shares.some((share) => share.purpose === purpose)) return [];
    const minor = sumOf(each.costs.filter((cost) => cost.month === month && cost.purpose === purpose));
    return minor === 0 ? [] : [{ kind: "cost", accountId, month, purpose, minor }];
  });
}

export const sumOf = (rows: readonly Pick<AccountCost, "minor">[]): number =>
  rows.reduce((sum, { minor }) => sum + minor, 0);

/** The team that an account's cost counts for, the first of several. */
export const teamOf = (counts: Classification | null): string | null =>
  counts?.shares.find(({ teamId }) => teamId !== null)?.teamId ?? null;

export function accountProof({ id, toolId }: MisuseAccount, counts: Classification | null): MisuseEvidence {
  const purposes = new Set(counts?.shares.map(({ purpose }) => purpose));
  const [purpose = null] = purposes;
  return {
    ...{ kind: "account", accountId: id, since: counts?.startsOn ?? null, toolId },
    purpose: purposes.size === 1 ? purpose : null,
  };
}

/** The last day of the last of these months. */
export function lastDayOf(proofs: readonly { readonly month: Month }[], today: CalendarDate): CalendarDate {
  const last = proofs
    .map(({ month }) => month)
    .sort()
    .at(-1);
  return last === undefined ? today : addDays(periodOfMonth(last).end, -1);
}
