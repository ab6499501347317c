import { amountNano, type Credits, type SeatUse } from "./credit-grant";
import type { CreditGrant, Subscription } from "./facts";
import type { MeteredDay } from "./metered";
import { type Month, monthOf, periodOfMonth } from "./month";

/** What a plan includes in a month beside what was used of it. */
export type PoolMonth = {
  readonly includedNano: bigint;
  readonly usedNano: bigint;
  /** What is used beyond it, which the provider charges. */
  readonly overNano: bigint;
  /** By holder: what each used above the share of one seat; those who stayed within it are not among them. */
  readonly aboveNano: ReadonlyMap<string, bigint>;
};

/**
 * An included allowance in one calendar month (posting rule 8). A pool pays for all seats together, so that what one
 * leaves another may use; without a pool each holder has what one seat includes. Either way what is charged beyond it
 * is split by what each used above the share of a seat.
 *
 * @param seats in force in the month
 * @param used by holder
 */
export function poolMonth(grant: CreditGrant, seats: number, used: ReadonlyMap<string, bigint>): PoolMonth {
  const share = amountNano(grant);
  const above = [...used].flatMap(([holder, nano]): [string, bigint][] =>
    nano > share ? [[holder, nano - share]] : [],
  );
  const includedNano = share * BigInt(seats);
  const usedNano = sum([...used.values()]);
  const beyond = grant.pooled ? usedNano - includedNano : sum(above.map(([, nano]) => nano));
  return { includedNano, usedNano, overNano: beyond > 0n ? beyond : 0n, aboveNano: new Map(above) };
}

/** The allowance of a contract in a month: of several, the one that began last. */
export function allowanceOf(
  subscriptionId: string,
  month: Month,
  grants: readonly CreditGrant[],
): CreditGrant | null {
  const { start, end } = periodOfMonth(month);
  const inForce = grants
    .filter((grant) => grant.kind === "allowance" && grant.subscriptionId === subscriptionId)
    .filter(({ startsOn, expiresOn }) => startsOn < end && (expiresOn === null || expiresOn > start));
  return inForce.reduce<CreditGrant | null>(
    (last, grant) => (last && keyOf(last) > keyOf(grant) ? last : grant),
    null,
  );
}

const keyOf = ({ startsOn, amountMinor, id }: CreditGrant): string =>
  [startsOn, String(amountMinor).padStart(16, "0"), id].join(" ");

/**
 * What each member used above the share of one seat in a month; nothing where no allowance is included. Of a provider
 * that says nothing of what was used within the seats, what each used on top of them.
 */
export function usedAboveShare(
  { id, serviceProviderId }: Pick<Subscription, "id" | "serviceProviderId">,
  month: Month,
  { grants, seatUse }: Credits,
): ReadonlyMap<string, bigint> {
  const grant = allowanceOf(id, month, grants);
  if (grant === null) return new Map();
  const used = seatUse.filter(
    (use) =>
      use.serviceProviderId === serviceProviderId &&
      use.currency === grant.currency &&
      monthOf(use.day) === month &&
      use.memberId !== null,
  );
  if (saysAll(used)) return poolMonth(grant, 0, usedByHolder(used)).aboveNano;
  return new Map([...usedByHolder(used)].filter(([, nano]) => nano > 0n));
}

/** Whether the provider also says what was used within the seats. */
export const saysAll = (used: readonly SeatUse[]): boolean => used.some(({ onTop }) => !onTop);

/** Use summed by member; what nobody has been matched to stands under no name. */
export function usedByHolder(used: readonly MeteredDay[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { memberId, costNano } of used)
    sums.set(memberId ?? "", (sums.get(memberId ?? "") ?? 0n) + costNano);
  return sums;
}

const sum = (parts: readonly bigint[]): bigint => parts.reduce((all, part) => all + part, 0n);
