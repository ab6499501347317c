import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadRates } from "@/lib/books/rates-data";
import {
  type Catalogue,
  findCatalogue,
  findContracts,
  type NamedContract,
} from "@/lib/break-even/books-data";
import { ladderOf, seatPrice, type ToBase } from "@/lib/break-even/cases";
import { inBase } from "@/lib/break-even/load";
import type { Db } from "@/lib/db/client";
import type { PricedPlan } from "@/lib/domain/break-even";
import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { fractionDigits } from "@/lib/domain/currency";
import { minorOfNano } from "@/lib/domain/decimal";
import { countsOn, isProduction } from "@/lib/domain/misuse-account-books";
import type { MisuseFacts, MisuseSeat } from "@/lib/domain/misuse-facts";
import { monthOf, monthsBetween, shiftMonth } from "@/lib/domain/month";
import { seatKinds } from "@/lib/domain/seat-kind";
import { seatsInForce } from "@/lib/domain/seat-ledger";
import {
  findAccountFacts,
  findHeldSeats,
  findLastUsed,
  findMemberFacts,
  findUseDays,
  type HeldSeat,
  sumAccountCosts,
  sumUseMonths,
} from "@/lib/findings/facts-data";
import { findPersonAnalysis } from "@/lib/usage/data";

/** Findings are of so many whole months, like the verdicts on plans. */
const MONTHS = 3;

/**
 * What the rules look at, all of the organization's. What one person used is left out unless the organization looks at
 * that; whose key or seat something is, the books say in any case.
 */
export async function loadMisuseFacts(db: Db, ctx: Ctx): Promise<MisuseFacts> {
  const today = utcDateOf(ctx.now);
  const running = monthOf(today);
  const asked = { from: shiftMonth(running, -MONTHS), to: shiftMonth(running, -1) };
  const { personAnalysis } = await findPersonAnalysis(db, ctx);
  const accounts = await findAccountFacts(db, ctx);
  const production = [...accounts.values()]
    .filter((account) => isProduction(countsOn({ accounts }, account, today)))
    .map(({ id }) => id);
  const people = personAnalysis === "on";
  const useDays = people ? await findUseDays(db, ctx, production, asked) : [];
  const useMonths = people ? await sumUseMonths(db, ctx, asked) : [];
  const contracts = await findContracts(db, ctx);
  const catalogue = await findCatalogue(db, ctx);
  const currencies = new Set([...useDays, ...useMonths, ...catalogue.prices].map(({ currency }) => currency));
  for (const { terms } of contracts.values()) for (const { currency } of terms) currencies.add(currency);
  const base = ctx.organization.baseCurrency;
  const toBase = inBase(await loadRates(db, ctx, [...currencies]), base, today);
  const books = { contracts, catalogue, on: today, toBase };
  return {
    today,
    minorPerUnit: 10 ** fractionDigits(base),
    months: monthsBetween(asked.from, asked.to),
    accounts,
    costs: await sumAccountCosts(db, ctx, asked),
    useDays,
    lastUsed: await findLastUsed(db, ctx, production, asked),
    useMonths,
    members: await findMemberFacts(db, ctx, today),
    seats: seatsOf(await findHeldSeats(db, ctx, today), books),
    plans: new Map([...catalogue.providers.keys()].map((id) => [id, laddersOf(books, id)] as const)),
    toBase: (nano, currency) => toBase(minorOfNano(nano, fractionDigits(currency)), currency),
  };
}

type Books = {
  readonly contracts: ReadonlyMap<string, NamedContract>;
  readonly catalogue: Catalogue;
  readonly on: CalendarDate;
  readonly toBase: ToBase;
};

/** Of somebody without a seat: what is sold by the month. */
const laddersOf = (books: Books, serviceProviderId: string): PricedPlan[] =>
  ladderOf(books, serviceProviderId, "month") ?? [];

function seatsOf(held: readonly HeldSeat[], { contracts, catalogue, on, toBase }: Books): MisuseSeat[] {
  return held.flatMap(({ id: assignmentId, purpose, ...seat }): MisuseSeat[] => {
    const contract = contracts.get(seat.subscriptionId);
    if (!contract || seatsInForce(contract, seat.planId, on) === 0) return [];
    const { serviceProviderId, defaultPurpose } = contract;
    const name = catalogue.providers.get(serviceProviderId) ?? "";
    return [
      {
        ...seat,
        ...{ assignmentId, serviceProviderId, purpose: purpose ?? defaultPurpose },
        monthlyMinor: seatPrice(contract, seat.planId, on, toBase),
        kinds: seatKinds({ id: serviceProviderId, name }),
      },
    ];
  });
}
