import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadBooks, loadSeatFees } from "@/lib/books/data";
import { loadRates } from "@/lib/books/rates-data";
import type { Db } from "@/lib/db/client";
import type { ExpectedCost, ForecastReach } from "@/lib/domain/expected-cost";
import { isOfContract, type PlanChange, type ScenarioChange } from "@/lib/domain/scenario";
import { scenarioSeatEffect } from "@/lib/domain/scenario-effect";
import { loadRenewals } from "@/lib/forecast/history-data";
import { findHolding, findPlanRules } from "@/lib/scenarios/effect-data";
import { findPlanPrices } from "@/lib/workloads/data";

type Effect = { readonly costs: readonly ExpectedCost[]; readonly unpriced: readonly PlanChange[] };

/** What scenarios change in the seats, from facts that are loaded once for all of them. */
export async function effectsOnSeats(
  db: Db,
  ctx: Ctx,
  scenarios: readonly (readonly ScenarioChange[])[],
  reach: ForecastReach,
): Promise<Effect[]> {
  const changes = scenarios.flat();
  const moves = changes.filter((change) => change.kind === "plan");
  const listed = changes.filter((change) => change.kind === "list_price");
  const holding = await findHolding(
    db,
    ctx,
    listed.map(({ planId }) => planId),
  );
  const own = changes.filter(isOfContract).map(({ subscriptionId }) => subscriptionId);
  const ids = [...new Set([...own, ...holding])].sort();
  if (ids.length === 0) return scenarios.map(() => ({ costs: [], unpriced: [] }));

  const fees = await loadSeatFees(db, ctx, ids);
  const renewals = await loadRenewals(db, ctx, ids);
  const toPlans = [...new Set(moves.map(({ toPlanId }) => toPlanId))];
  const prices = [...renewals.prices, ...(await findPlanPrices(db, ctx, toPlans))];
  const posted = await loadBooks(db, ctx, { invoices: [], subscriptionIds: ids });
  const currencies = [
    ...[...posted.subscriptions.values()].flatMap(({ terms }) => terms.map(({ currency }) => currency)),
    ...prices.map(({ currency }) => currency),
    ...changes.flatMap((change) => ("unitPrice" in change ? [change.unitPrice.currency] : [])),
  ];
  const books = {
    ...posted,
    prorationRules: new Map([...posted.prorationRules, ...(await findPlanRules(db, ctx, toPlans))]),
    rates: await loadRates(db, ctx, [...new Set(currencies)]),
  };
  return scenarios.map((scenario) => {
    const effects = ids.flatMap((id) => {
      const subscription = books.subscriptions.get(id);
      if (!subscription) return [];
      const known = { fees: fees.get(id) ?? [], prices, renewsOn: renewals.renewsOn.get(id) ?? null };
      return [scenarioSeatEffect(subscription, known, scenario, { books, reach })];
    });
    return {
      costs: effects.flatMap(({ costs }) => costs),
      unpriced: effects.flatMap(({ unpriced }) => unpriced),
    };
  });
}
