import "server-only";

import { authorize, type Ctx, visibility } from "@/lib/auth/ctx";
import type { Budget } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { type Db, read } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { type ExpectedCost, forecastReach, lastForecast } from "@/lib/domain/expected-cost";
import { PURPOSES, type Purpose } from "@/lib/domain/facts";
import { type Money, money, sumMinor } from "@/lib/domain/money";
import { type Month, monthsBetween } from "@/lib/domain/month";
import { settledChanges } from "@/lib/domain/scenario";
import { unpricedPlanText } from "@/lib/domain/scenario-words";
import { type Entered, findReferred, getScenario } from "@/lib/scenarios/data";
import { effectsOnSeats } from "@/lib/scenarios/on-seats";
import { effectsOnUse } from "@/lib/scenarios/on-use";
import type { EffectInput, EffectRow, Effects, ScenarioEffect } from "@/lib/scenarios/schema";

/**
 * What scenarios come to, line by line and month by month, beside the forecast that the budget shows. Nothing of them is
 * kept, and nothing real changes.
 */
export async function getEffects(ctx: Ctx, input: EffectInput): Promise<Effects> {
  authorize(ctx, "scenario:read");
  const { from, to } = input;
  const budget = await getBudget(ctx, { from, to, basis: "effective", groupBy: [] });
  const today = utcDateOf(ctx.now);
  const reach = forecastReach(today, ctx.organization.fiscalYearStart);
  const effects = await read(ctx, async (db) => {
    const scenarios: Entered[] = [];
    for (const id of [input.id, ...input.with]) scenarios.push(await getScenario(db, ctx, id));
    const changes = scenarios.map((scenario) => settledChanges(scenario.changes, today));
    const seats = await effectsOnSeats(db, ctx, changes, reach);
    const use = await effectsOnUse(db, ctx, changes, reach);
    const names = await planNames(db, ctx, scenarios);
    return scenarios.map(({ id, name }, index): ScenarioEffect => {
      const costs = [...(seats[index]?.costs ?? []), ...(use[index]?.costs ?? [])];
      const moves = (seats[index]?.unpriced ?? []).map(({ toPlanId }) =>
        unpricedPlanText(names.get(toPlanId) ?? ""),
      );
      return {
        scenario: { id, name },
        ...effectRows(budget, seenCosts(ctx, costs)),
        untold: [...new Set([...moves, ...(use[index]?.untold ?? [])])],
      };
    });
  });
  return {
    ...{ from, to, today, currency: budget.currency },
    until: lastForecast(reach),
    forecast: budget.lines.map(({ purpose, months, total }) => ({
      purpose,
      months: months.map(({ month, forecast }) => ({ month, forecast })),
      total: total.forecast,
    })),
    effects,
  };
}

const planNames = async (db: Db, ctx: Ctx, scenarios: readonly Entered[]) =>
  (
    await findReferred(
      db,
      ctx,
      scenarios.flatMap(({ changes }) => changes),
    )
  ).names;

/** What is expected is seen by team, as the forecast is. */
function seenCosts(ctx: Ctx, costs: readonly ExpectedCost[]): ExpectedCost[] {
  const seen = visibility(ctx);
  return costs.filter(({ teamId }) => seen.all || (teamId !== null && seen.teamIds.includes(teamId)));
}

function effectRows(budget: Budget, costs: readonly ExpectedCost[]): Pick<ScenarioEffect, "lines" | "total"> {
  const months = monthsBetween(budget.from, budget.to);
  const sums = Map.groupBy(costs, ({ month, purpose }) => `${month} ${purpose}`);
  const changed = (month: Month, purposes: readonly Purpose[]) =>
    sumMinor(
      purposes
        .flatMap((purpose) => sums.get(`${month} ${purpose}`) ?? [])
        .map(({ baseCostMinor }) => baseCostMinor),
    );
  const rowOf = (purposes: readonly Purpose[], real: Budget["total"]): EffectRow => ({
    months: real.months.map(({ month, forecast }) => ({
      month,
      ...figuresOf(forecast, changed(month, purposes)),
    })),
    total: figuresOf(real.total.forecast, sumMinor(months.map((month) => changed(month, purposes)))),
  });
  return {
    lines: budget.lines.map((line) => ({ purpose: line.purpose, ...rowOf([line.purpose], line) })),
    total: rowOf(PURPOSES, budget.total),
  };
}

const figuresOf = (forecast: Money | null, differenceMinor: number) => ({
  scenario: forecast && money(forecast.minor + differenceMinor, forecast.currency),
  difference: forecast && money(differenceMinor, forecast.currency),
});
