import { allowanceOf, poolMonth, saysAll, usedByHolder } from "./allowance-pool";
import type { CalendarDate } from "./calendar-date";
import { amountNano, burnDownDate, type Draw, drawnNano, isExpired, type SeatUse } from "./credit-grant";
import type { CreditGrant, Subscription } from "./facts";
import { firstDayOf, monthOf, shiftMonth } from "./month";
import { plansOf, seatsInForce } from "./seat-ledger";

/** Where a credit stands on a day, in nano-units of its currency. */
export type CreditBalance = {
  readonly includedNano: bigint;
  readonly drawnNano: bigint;
  readonly balanceNano: bigint;
  readonly expiredNano: bigint;
  readonly overNano: bigint;
  readonly burnDownOn: CalendarDate | null;
};

/** Of credit that was bought or given: once it expired, nothing of it is left. */
export function creditBalance(draw: Draw, today: CalendarDate): CreditBalance {
  const { grant, used } = draw;
  const whole = amountNano(grant);
  const left = whole - drawnNano(draw);
  const expired = isExpired(grant, today);
  return {
    includedNano: whole,
    drawnNano: whole - left,
    balanceNano: expired ? 0n : left,
    expiredNano: expired ? left : 0n,
    overNano: 0n,
    burnDownOn: expired ? null : burnDownDate(left, used, grant, today),
  };
}

/**
 * Of an allowance: of the running month, since it comes anew with each.
 *
 * @param seatUse of the contract's provider; that of other months and currencies does not count
 */
export function allowanceBalance(
  grant: CreditGrant,
  subscription: Pick<Subscription, "id" | "terms" | "endsOn">,
  seatUse: readonly SeatUse[],
  today: CalendarDate,
): CreditBalance {
  const month = monthOf(today);
  const inForce = allowanceOf(subscription.id, month, [grant]) !== null;
  const seats = plansOf(subscription).reduce((sum, plan) => sum + seatsInForce(subscription, plan, today), 0);
  const used = seatUse.filter(
    ({ day, currency }) => monthOf(day) === month && day <= today && currency === grant.currency,
  );
  const stated = poolMonth(grant, inForce ? seats : 0, inForce ? usedByHolder(used) : new Map());
  // Who uses on top of a seat used up what it includes, whatever else is known.
  const onTop = inForce && used.length > 0 && !saysAll(used);
  const pool = onTop
    ? { ...stated, usedNano: stated.includedNano + stated.usedNano, overNano: stated.usedNano }
    : stated;
  const drawn = pool.usedNano - pool.overNano;
  const balanceNano = pool.includedNano > drawn ? pool.includedNano - drawn : 0n;
  const days = { startsOn: firstDayOf(month), expiresOn: firstDayOf(shiftMonth(month, 1)) };
  return {
    includedNano: pool.includedNano,
    drawnNano: drawn,
    balanceNano,
    expiredNano: 0n,
    overNano: pool.overNano,
    burnDownOn: burnDownDate(balanceNano, used, days, today),
  };
}
