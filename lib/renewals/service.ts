import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { loadRates } from "@/lib/books/rates-data";
import { read } from "@/lib/db/client";
import { addMonths, utcDateOf } from "@/lib/domain/calendar-date";
import { convert, type ExchangeRate, findRate } from "@/lib/domain/exchange-rate";
import { type Money, money } from "@/lib/domain/money";
import { type Renewal, renewalCost, renewalsOf } from "@/lib/domain/renewals";
import { loadRenewals } from "@/lib/forecast/history-data";
import { findPlanNames, findRenewing, type NamedContract } from "@/lib/renewals/data";
import type { RenewalFilter, RenewalRow, Renewals } from "@/lib/renewals/schema";

/** What renews when, for how much at the prices that will then be in force, and until when it can be called off. */
export async function listRenewals(ctx: Ctx, { months }: RenewalFilter): Promise<Renewals> {
  authorize(ctx, "renewal:read");
  return await read(ctx, async (db) => {
    const today = utcDateOf(ctx.now);
    const until = addMonths(today, months);
    const contracts = await findRenewing(db, ctx);
    const ids = contracts.map(({ id }) => id);
    const { prices } = await loadRenewals(db, ctx, ids);
    const renewals = renewalsOf(contracts, prices, { today, until });
    const planNames = await findPlanNames(db, ctx);
    const currencies = new Set(renewals.flatMap(({ lines }) => lines.map(({ currency }) => currency)));
    const rates = await loadRates(db, ctx, [...currencies]);
    const byId = new Map(contracts.map((contract) => [contract.id, contract]));
    const currency = ctx.organization.baseCurrency;
    return {
      ...{ today, until, currency, nextCursor: null },
      data: renewals.flatMap((renewal) => {
        const contract = byId.get(renewal.subscriptionId);
        return contract ? [rowOf(renewal, contract, { planNames, rates, today, currency })] : [];
      }),
    };
  });
}

type Known = {
  readonly planNames: ReadonlyMap<string, string>;
  readonly rates: readonly ExchangeRate[];
  readonly today: string;
  readonly currency: string;
};

function rowOf(renewal: Renewal, contract: NamedContract, known: Known): RenewalRow {
  const { renewsOn, every, cancelBy, lines, intervals } = renewal;
  const costs = [...renewalCost(renewal)].map(([currency, minor]) => money(minor, currency));
  return {
    ...{ renewsOn, every, cancelBy, intervals, costs },
    subscription: { id: contract.id, name: contract.name },
    serviceProvider: contract.serviceProvider,
    team: contract.team,
    noticeDays: contract.noticeDays,
    passed: cancelBy < known.today,
    seats: lines.map(({ planId, seats, unitPriceMinor, currency, beforeMinor, listedOn }) => ({
      ...{ seats, listedOn },
      plan: { id: planId, name: known.planNames.get(planId) ?? "" },
      unitPrice: money(unitPriceMinor, currency),
      before: beforeMinor === null ? null : money(beforeMinor, currency),
    })),
    billingInterval: contract.billingInterval,
    baseCost: baseCostOf(costs, intervals, known),
  };
}

function baseCostOf(
  costs: readonly Money[],
  intervals: number,
  { rates, today: date, currency: to }: Known,
): Money | null {
  let sum = 0;
  for (const { minor, currency: from } of costs) {
    const whole = money(minor * intervals, from);
    const rate = from === to ? null : findRate(rates, { from, to, date });
    if (from !== to && rate === null) return null;
    sum += rate === null ? whole.minor : convert(whole, rate).minor;
  }
  return money(sum, to);
}
