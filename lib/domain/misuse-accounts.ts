import { lineageOf } from "./api-sharing";
import {
  type AccountBooks,
  accountBooks,
  accountProof,
  countsOn,
  isProduction,
  lastCosts,
  lastDayOf,
  sumOf,
  teamOf,
} from "./misuse-account-books";
import type { Misuse, MisuseAccount, MisuseEvidence, MisuseFacts, UseDay } from "./misuse-facts";
import { type MisuseSettings, thresholdOf } from "./misuse-rules";
import { isBelow } from "./misuse-seats";
import { monthOf } from "./month";

type UseProof = Extract<MisuseEvidence, { kind: "use" }>;

/**
 * An account that is all production and that is set up for a tool that people work in, or of which a file tells that
 * people used it, in the last whole month in which it was used. Use from before it became production is left alone: a key
 * may move from development to production.
 */
export function productionKeys(facts: MisuseFacts, settings: MisuseSettings): Misuse[] {
  const least = thresholdOf(settings, "production_key", "amount");
  const books = accountBooks(facts);
  const uses = Map.groupBy(facts.useDays, ({ accountId }) => accountId);
  return books.open.flatMap((account): Misuse[] => {
    const counts = books.counts.get(account.id) ?? null;
    if (!isProduction(counts)) return [];
    const used = usedByPeople(facts, settings, account, uses.get(account.id) ?? []);
    const costs = account.toolId === null ? [] : lastCosts(books, account, "product_running");
    const amountMinor = Math.max(sumOf(costs), sumOf(used));
    if ((account.toolId === null && used.length === 0) || isBelow(amountMinor, least, facts)) return [];
    return [
      {
        rule: "production_key",
        subject: account.id,
        ...{ apiAccountId: account.id, memberId: null, teamId: teamOf(counts), amountMinor },
        seenOn: lastDayOf([...costs, ...used], facts.today),
        evidence: [accountProof(account, counts), ...costs, ...used],
      },
    ];
  });
}

function usedByPeople(
  facts: MisuseFacts,
  settings: MisuseSettings,
  account: MisuseAccount,
  days: readonly UseDay[],
): UseProof[] {
  const least = thresholdOf(settings, "production_key", "days");
  const month = facts.lastUsed.get(account.id);
  const here = days.filter(
    ({ day, memberId }) =>
      monthOf(day) === month &&
      facts.members.get(memberId)?.kind === "person" &&
      isProduction(countsOn(facts, account, day)),
  );
  return [...Map.groupBy(here, ({ memberId }) => memberId)].flatMap(([memberId, of]): UseProof[] => {
    const count = new Set(of.map(({ day }) => day)).size;
    const minor = inBase(of, facts);
    if (month === undefined || minor === null || count < least) return [];
    return [{ kind: "use", accountId: account.id, memberId, month, days: count, minor }];
  });
}

/** Sums of use in the base currency, each currency rounded once; null: no exchange rate. */
export function inBase(
  rows: readonly Pick<UseDay, "costNano" | "currency">[],
  { toBase }: Pick<MisuseFacts, "toBase">,
): number | null {
  let sum = 0;
  for (const [currency, of] of Map.groupBy(rows, (row) => row.currency)) {
    const nano = of.reduce((all, { costNano }) => all + costNano, 0n);
    const minor = toBase(nano, currency);
    if (minor === null) return null;
    sum += minor;
  }
  return sum;
}

/**
 * A workspace, project or key whose cost counts in both lines, each with at least the threshold's part of it, in the last
 * whole month of its costs: neither line's budget nor a spend limit can be set for it. What an account no longer counts as
 * is left alone, and so are organizations, below which everything meets. The amount is that of the smaller line. Found
 * once, at the highest account.
 */
export function mixedWorkspaces(facts: MisuseFacts, settings: MisuseSettings): Misuse[] {
  const books = accountBooks(facts);
  const found = new Map<string, Misuse>();
  for (const account of books.open) {
    const misuse = account.kind === "organization" ? null : mixedIn(facts, settings, books, account);
    if (misuse) found.set(account.id, misuse);
  }
  return books.open.flatMap((account) => {
    const misuse = found.get(account.id);
    const above = lineageOf(account, facts.accounts).slice(1);
    return !misuse || above.some(({ id }) => found.has(id)) ? [] : [misuse];
  });
}

function mixedIn(
  facts: MisuseFacts,
  settings: MisuseSettings,
  books: AccountBooks,
  account: MisuseAccount,
): Misuse | null {
  const percent = thresholdOf(settings, "mixed_workspace", "percent");
  const least = thresholdOf(settings, "mixed_workspace", "amount");
  const people = lastCosts(books, account, "developer_leverage");
  const product = lastCosts(books, account, "product_running");
  const amountMinor = Math.min(sumOf(people), sumOf(product));
  if (amountMinor * 100 < percent * (sumOf(people) + sumOf(product))) return null;
  if (isBelow(amountMinor, least, facts)) return null;
  const counts = books.counts.get(account.id) ?? null;
  return {
    rule: "mixed_workspace",
    subject: account.id,
    ...{ apiAccountId: account.id, memberId: null, teamId: teamOf(counts), amountMinor },
    seenOn: lastDayOf([...people, ...product], facts.today),
    evidence: [accountProof(account, counts), ...product, ...people],
  };
}
