import type { Books } from "./books";
import { addDays, type CalendarDate } from "./calendar-date";
import { amountNano, type Draw, type DrawnCredits, drawnNano, isExpired } from "./credit-grant";
import { type Currency, fractionDigits } from "./currency";
import { minorOfNano } from "./decimal";
import type { CreditGrant, Invoice } from "./facts";
import type { Amount } from "./ledger-entry";
import type { MeteredDay } from "./metered";
import { sumMinor } from "./money";
import { type Month, monthOf } from "./month";
import { postInvoice } from "./posting";
import { prepaidParts } from "./prepaid";

/** What an account's expected use of a month comes to beside its credit, in minor units of its currency. */
export type CreditedUse = {
  /** Of what the provider will charge, and of bought credit whose purchase is not in the books. */
  readonly costMinor: number;
  /** Of what given credit will cover: no cost, but part of "before credits". */
  readonly coveredMinor: number;
  /** How much of the use is cost at all, bought credit included: 0 when given credit covers it whole. */
  readonly costShare: number;
};

/** What of bought credit is expected to become cost: drawn by an account in a month, or left when it expires. */
export type PrepaidAhead = {
  readonly grant: CreditGrant;
  readonly month: Month;
  readonly apiAccountId: string | null;
  readonly expires: boolean;
  /** What the purchase cost, as the ledger will post it; null: it is not in the books, so `faceMinor` stands for it. */
  readonly amount: Amount | null;
  readonly faceMinor: number;
};

export type CreditAhead = {
  readonly ofUse: (apiAccountId: string | null, currency: Currency, month: Month) => CreditedUse;
  readonly prepaid: readonly PrepaidAhead[];
};

type Span = {
  readonly today: CalendarDate;
  /** The day after the last that is forecast. */
  readonly end: CalendarDate;
};

/**
 * What credit leads to expect beyond the ledger (posting rule 8, carried forward): the same draws over what is expected
 * to be used, less those that the ledger has already.
 *
 * @param now what the provider's credit paid for up to today, as the ledger has it
 * @param then what it will have paid for when everything that is expected was used
 * @param costs what each bought credit cost, by grant; one without is not in the books
 */
export function creditAhead(
  { now, then }: { now: DrawnCredits; then: DrawnCredits },
  costs: ReadonlyMap<string, Amount>,
  { today, end }: Span,
): CreditAhead {
  const before = sumsOf(now);
  const after = sumsOf(then);
  const running = monthOf(today);
  return {
    ofUse: (apiAccountId, currency, month) => {
      const key = keyOf(apiAccountId, currency, month);
      const [old, all] = [before.get(key) ?? NOTHING, after.get(key) ?? NOTHING];
      const minor = (nano: bigint) => minorOfNano(nano, fractionDigits(currency));
      const cost = all.paid + all.bought - old.paid - old.bought;
      const covered = all.covered - old.covered;
      const whole = cost + covered;
      return {
        costMinor: minor(all.paid) - minor(old.paid),
        coveredMinor: minor(all.covered) - minor(old.covered),
        costShare: whole === 0n ? 1 : Math.min(1, Math.max(0, Number(cost) / Number(whole))),
      };
    },
    prepaid: then.draws
      .filter(({ grant }) => grant.kind === "purchase")
      .flatMap((draw) => {
        const old = now.draws.find(({ grant }) => grant.id === draw.grant.id);
        const cost = costs.get(draw.grant.id);
        return cost ? drawnAhead(draw, old, cost, { today, end }) : expiredAhead(draw, { today, end });
      })
      .filter(({ month }) => month >= running),
  };
}

/** What a purchase cost, with tax and credits on it, as the ledger would post it if it were used up. */
export function costOfCredit(grant: CreditGrant, invoice: Invoice, books: Books): Amount {
  const { serviceProviderId, currency, startsOn } = grant;
  const used = [
    {
      day: startsOn,
      serviceProviderId,
      apiAccountId: null,
      memberId: null,
      currency,
      costNano: amountNano(grant),
    },
  ];
  const drawn = new Map([[serviceProviderId, { draws: [{ grant, used }], rest: [] }]]);
  const usedUp = { ...books, credits: { ...books.credits, grants: [grant], drawn } };
  const counterparts = postInvoice(invoice, usedUp).filter(({ kind }) => kind === "prepaid_drawn");
  return {
    costMinor: 0 - sumMinor(counterparts.map(({ costMinor }) => costMinor)),
    baseCostMinor: 0 - sumMinor(counterparts.map(({ baseCostMinor }) => baseCostMinor)),
  };
}

function drawnAhead(draw: Draw, old: Draw | undefined, cost: Amount, { today, end }: Span): PrepaidAhead[] {
  const { grant } = draw;
  const placeOf = (month: Month, apiAccountId: string | null, expires: boolean) =>
    [month, apiAccountId, expires].join(" ");
  const known = new Map(
    (old ? prepaidParts(old, cost, today) : []).map(({ month, apiAccountId, used, amount }) => [
      placeOf(month, apiAccountId, used.length === 0),
      amount,
    ]),
  );
  return prepaidParts(draw, cost, end).flatMap(({ month, apiAccountId, used, amount }) => {
    const expires = used.length === 0;
    const posted = known.get(placeOf(month, apiAccountId, expires));
    const ahead = {
      costMinor: amount.costMinor - (posted?.costMinor ?? 0),
      baseCostMinor: amount.baseCostMinor - (posted?.baseCostMinor ?? 0),
    };
    if (ahead.costMinor === 0 && ahead.baseCostMinor === 0) return [];
    return [{ grant, month, apiAccountId, expires, amount: ahead, faceMinor: ahead.costMinor }];
  });
}

function expiredAhead(draw: Draw, { today, end }: Span): PrepaidAhead[] {
  const { grant } = draw;
  if (grant.expiresOn === null || isExpired(grant, today) || !isExpired(grant, end)) return [];
  const faceMinor = minorOfNano(amountNano(grant) - drawnNano(draw), fractionDigits(grant.currency));
  if (faceMinor === 0) return [];
  const month = monthOf(addDays(grant.expiresOn, -1));
  return [{ grant, month, apiAccountId: grant.apiAccountId, expires: true, amount: null, faceMinor }];
}

type Sums = { readonly paid: bigint; readonly covered: bigint; readonly bought: bigint };

const NOTHING: Sums = { paid: 0n, covered: 0n, bought: 0n };

const keyOf = (apiAccountId: string | null, currency: Currency, month: Month): string =>
  [apiAccountId, currency, month].join(" ");

/** What was used of each account, currency and month, by who pays for it. */
function sumsOf({ draws, rest }: DrawnCredits): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  const add = (usage: readonly MeteredDay[], as: keyof Sums) => {
    for (const { apiAccountId, currency, day, costNano } of usage) {
      const key = keyOf(apiAccountId, currency, monthOf(day));
      const sum = sums.get(key) ?? NOTHING;
      sums.set(key, { ...sum, [as]: sum[as] + costNano });
    }
  };
  add(rest, "paid");
  for (const { grant, used } of draws) {
    add(used, grant.kind === "gift" ? "covered" : grant.chargeId === null ? "paid" : "bought");
  }
  return sums;
}
