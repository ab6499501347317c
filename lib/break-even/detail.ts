import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findHoldings, type Holding, type SeatsOf, sumSeatCosts } from "@/lib/break-even/books-data";
import { type AdviceBooks, type Case, heldOn, sumToBase } from "@/lib/break-even/cases";
import type { AskedMonths } from "@/lib/break-even/load";
import { findMixedUse } from "@/lib/break-even/mix-data";
import { type Grouped, groupRow, personRow, seatsBought } from "@/lib/break-even/rows";
import type {
  BreakEvenDetail,
  BreakEvenMonth,
  BreakEvenOf,
  ModelMix,
  PlanBeside,
} from "@/lib/break-even/schema";
import { countActiveDays, sumUse } from "@/lib/break-even/use-data";
import type { Db } from "@/lib/db/client";
import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import { nanoText } from "@/lib/domain/decimal";
import { type Money, money } from "@/lib/domain/money";
import { firstDayOf, type Month, monthsBetween, periodOfMonth, shiftMonth } from "@/lib/domain/month";
import { tokenMix } from "@/lib/domain/token-mix";
import { TOKEN_TYPES } from "@/lib/domain/usage";
import { loadPriceBook } from "@/lib/model-prices/data";

/** A picture is of a year. */
const MONTHS = 12;

type Subject = {
  readonly of: BreakEvenOf;
  readonly months: AskedMonths;
  readonly books: AdviceBooks;
  readonly person: Case | null;
  readonly group: Grouped | null;
};

export async function detailOf(db: Db, ctx: Ctx, subject: Subject): Promise<BreakEvenDetail> {
  const { of, months, books, person, group } = subject;
  const currency = ctx.organization.baseCurrency;
  const names = { ...books, currency };
  const cases = person ? [person] : (group?.cases ?? []);
  const serviceProviderId = person?.serviceProviderId ?? group?.serviceProviderId ?? "";
  const named = person?.person ?? group?.group ?? { id: "", name: "" };
  const contract = of === "subscriptions" ? (books.contracts.get(named.id) ?? null) : null;
  const bought = contract ? seatsBought(contract, books.on, books.toBase) : null;
  return {
    of,
    subject: { id: named.id, name: named.name },
    serviceProvider: {
      id: serviceProviderId,
      name: books.catalogue.providers.get(serviceProviderId) ?? "",
    },
    from: months.from,
    to: months.to,
    currency,
    person: person ? personRow(person, names) : null,
    group: group ? groupRow(group, names, bought) : null,
    months: await monthsOf(db, ctx, subject, { cases, serviceProviderId, named }),
    plans: person ? plansBeside(person, names) : [],
    mix: person ? await mixOf(db, ctx, person, months) : [],
  };
}

type Whose = {
  readonly cases: readonly Case[];
  readonly serviceProviderId: string;
  readonly named: { readonly id: string };
};

async function monthsOf(
  db: Db,
  ctx: Ctx,
  { of, months, books }: Subject,
  { cases, serviceProviderId, named }: Whose,
): Promise<BreakEvenMonth[]> {
  const currency = ctx.organization.baseCurrency;
  const { contracts, toBase } = books;
  const memberIds = cases.map(({ person }) => person.id);
  const [from, to] = [shiftMonth(months.to, 1 - MONTHS), months.to];
  const here = <Row extends { readonly serviceProviderId: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.serviceProviderId === serviceProviderId);
  const use = here(await sumUse(db, ctx, { from, to, memberIds }));
  const days = here(await countActiveDays(db, ctx, { from, to, memberIds }));
  const onKeys = cases.every(({ held }) => held.length === 0);
  const holdings = (
    await findHoldings(db, ctx, { from: firstDayOf(from), until: periodOfMonth(to).end, memberIds })
  ).filter(({ subscriptionId }) => contracts.get(subscriptionId)?.serviceProviderId === serviceProviderId);
  const costs = await sumSeatCosts(db, ctx, { from, to, serviceProviderId, of: seatsOf(of, named.id) });
  const contract = of === "subscriptions" ? contracts.get(named.id) : undefined;
  const amount = (minor: number | null): Money | null => (minor === null ? null : money(minor, currency));

  return monthsBetween(from, to).map((month) => {
    const inMonth = use.filter((row) => row.month === month);
    const of = (kind: string) =>
      amount(
        sumToBase(
          inMonth.filter(({ costKind }) => costKind === kind),
          toBase,
        ),
      );
    const last = addDays(periodOfMonth(month).end, -1);
    const price = contract
      ? seatsBought(contract, last, toBase).monthlyMinor
      : pricesOn(books, holdings, last);
    return {
      month,
      activeDays: days
        .filter((row) => row.month === month && row.onKeys === onKeys)
        .reduce((sum, row) => sum + row.days, 0),
      apiEquivalent: of("api_equivalent"),
      onTop: of("on_top"),
      metered: of("metered"),
      unpriced: inMonth.some(({ unpriced }) => unpriced),
      seatPrice: amount(price),
      seatCost: money(costs.find((cost) => cost.month === month)?.baseCostMinor ?? 0, currency),
    };
  });
}

const seatsOf = (of: BreakEvenOf, id: string): SeatsOf => {
  if (of === "members") return { memberId: id };
  return of === "teams" ? { teamId: id } : { subscriptionId: id };
};

function pricesOn(books: AdviceBooks, holdings: readonly Holding[], on: CalendarDate): number | null {
  let sum = 0;
  for (const { monthlyMinor } of heldOn({ ...books, on }, holdings)) {
    if (monthlyMinor === null) return null;
    sum += monthlyMinor;
  }
  return sum;
}

/** Every plan that could be held, and the seats that are, from the cheapest up. */
function plansBeside(
  { held, plans, advice, use }: Case,
  { catalogue, currency }: Pick<AdviceBooks, "catalogue"> & { readonly currency: string },
): PlanBeside[] {
  if (advice.doubt === "rate_missing" || use.months === 0) return [];
  const worth = held.length > 0 ? advice.coveredMinor : advice.meteredMinor;
  const own = held.map(({ planId, monthlyMinor }) => ({
    planId,
    monthlyMinor: monthlyMinor ?? 0,
    held: true,
  }));
  const others = plans
    .filter(({ planId }) => own.every((seat) => seat.planId !== planId))
    .map((plan) => ({ ...plan, held: false }));
  return [...own, ...others]
    .toSorted((a, b) => a.monthlyMinor - b.monthlyMinor)
    .map(({ planId, monthlyMinor, held: isHeld }) => ({
      plan: { id: planId, name: catalogue.planNames.get(planId) ?? "" },
      held: isHeld,
      price: money(monthlyMinor, currency),
      difference: money(worth - monthlyMinor, currency),
    }));
}

async function mixOf(
  db: Db,
  ctx: Ctx,
  { person, serviceProviderId, held }: Case,
  { from, to }: { readonly from: Month; readonly to: Month },
): Promise<ModelMix[]> {
  const costKind = held.length > 0 ? "api_equivalent" : "metered";
  const uses = await findMixedUse(db, ctx, { memberId: person.id, serviceProviderId, costKind, from, to });
  if (uses.length === 0) return [];
  const book = await loadPriceBook(db, ctx, serviceProviderId);
  return tokenMix(book, uses).map(({ model, currency, tokens, nano, batchNano, costNano }) => {
    const priced = nano === null ? null : TOKEN_TYPES.reduce((sum, type) => sum + nano[type], 0n);
    return {
      model,
      currency,
      types: TOKEN_TYPES.filter((type) => tokens[type] > 0).map((type) => ({
        type,
        tokens: tokens[type],
        cost: nano === null ? null : nanoText(nano[type]),
      })),
      batchCost: nanoText(batchNano),
      toldCost: nanoText(costNano - (priced ?? 0n)),
      cost: nanoText(costNano),
    };
  });
}
