import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadRates } from "@/lib/books/rates-data";
import type { Db } from "@/lib/db/client";
import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { type Currency, fractionDigits } from "@/lib/domain/currency";
import { minorOfNano } from "@/lib/domain/decimal";
import { convert, type ExchangeRate, findRate } from "@/lib/domain/exchange-rate";
import { monthlyOf } from "@/lib/domain/holdable-plans";
import type { ListPrice } from "@/lib/domain/list-price";
import { type Money, money } from "@/lib/domain/money";
import { workloadAdvice, workloadNano } from "@/lib/domain/workload";
import { reasonText } from "@/lib/domain/workload-words";
import { loadPricesOfModels } from "@/lib/model-prices/data";
import { type Described, findAccountsOf, findContractsOf, findPlanPrices } from "@/lib/workloads/data";
import type { Workload } from "@/lib/workloads/schema";

/** The workloads with the advice on each, at the prices and rates of today. */
export async function advise(db: Db, ctx: Ctx, workloads: readonly Described[]): Promise<Workload[]> {
  const today = utcDateOf(ctx.now);
  const ids = (of: (workload: Described) => string | undefined) => [
    ...new Set(workloads.flatMap((workload) => of(workload) ?? [])),
  ];
  const models = [...new Set(workloads.flatMap(({ answers }) => answers.steps.map(({ model }) => model)))];
  const planIds = ids(({ plan }) => plan?.id);
  const book = await loadPricesOfModels(db, ctx, models);
  const planPrices = await findPlanPrices(db, ctx, planIds);
  const contracts = await findContractsOf(db, ctx, planIds, today);
  const accounts = await findAccountsOf(
    db,
    ctx,
    ids(({ product }) => product?.id),
    today,
  );
  const costs = workloads.map(({ answers, plan }) => {
    const tokens = workloadNano(book, answers.steps, today);
    const seat = plan && seatPriceOn(planPrices, plan.id, today);
    return {
      api: tokens && moneyOf(tokens),
      seats: seat && money(seat.minor * answers.people, seat.currency),
    };
  });
  const currencies = costs.flatMap(({ api, seats }) => [api, seats].flatMap((cost) => cost?.currency ?? []));
  const toBase = inBase(ctx, await loadRates(db, ctx, [...new Set(currencies)]), today);
  return workloads.map((workload, index) => {
    const { answers, plan, product } = workload;
    const apiCost = toBase(costs[index]?.api ?? null);
    const seatsCost = toBase(costs[index]?.seats ?? null);
    const minors = { apiMinor: apiCost?.minor ?? null, seatsMinor: seatsCost?.minor ?? null };
    const { reasons, ...advice } = workloadAdvice(answers, minors);
    return {
      ...workload,
      ...advice,
      reasons: reasons.map((reason) => ({ ...reason, text: reasonText(reason, answers) })),
      apiCost,
      seatsCost,
      apiAccounts: product ? (accounts.get(product.id) ?? []) : [],
      subscriptions: plan ? (contracts.get(plan.id) ?? []) : [],
    };
  });
}

const moneyOf = ({ nano, currency }: { nano: bigint; currency: Currency }): Money =>
  money(minorOfNano(nano, fractionDigits(currency)), currency);

/** What a seat costs a month at the list price in force: paid by the month where it is sold so. */
function seatPriceOn(prices: readonly ListPrice[], planId: string, on: CalendarDate): Money | null {
  const inForce = prices.filter((price) => price.planId === planId && price.startsOn <= on);
  const price = inForce.findLast(({ billingInterval }) => billingInterval === "month") ?? inForce.at(-1);
  return price ? money(monthlyOf(price), price.currency) : null;
}

/** Converts at the last rate published by a day; null where there is none. */
const inBase =
  ({ organization }: Ctx, rates: readonly ExchangeRate[], date: CalendarDate) =>
  (amount: Money | null): Money | null => {
    if (amount === null || amount.currency === organization.baseCurrency) return amount;
    const rate = findRate(rates, { from: amount.currency, to: organization.baseCurrency, date });
    return rate ? convert(amount, rate) : null;
  };
