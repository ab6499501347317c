import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { read } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { dateText } from "@/lib/domain/date-text";
import { forecastReach } from "@/lib/domain/expected-cost";
import { money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import { type PriceProposal, priceProposals } from "@/lib/domain/scenario-proposals";
import { loadRenewals } from "@/lib/forecast/history-data";
import { findPlanNames, findRenewing } from "@/lib/renewals/data";
import type { ScenarioProposal, ScenarioProposals } from "@/lib/scenarios/schema";
import { LOCALE } from "@/lib/scenarios/told";

/** List prices that begin later, with what each does at each contract's renewal, as scenarios that wait to be made. */
export async function listProposals(ctx: Ctx): Promise<ScenarioProposals> {
  authorize(ctx, "scenario:read");
  return await read(ctx, async (db) => {
    const reach = forecastReach(utcDateOf(ctx.now), ctx.organization.fiscalYearStart);
    const contracts = await findRenewing(db, ctx);
    const ids = contracts.map(({ id }) => id);
    const { prices } = await loadRenewals(db, ctx, ids);
    const plans = await findPlanNames(db, ctx);
    const names = new Map(contracts.map(({ id, name }) => [id, name]));
    const proposals = priceProposals(contracts, prices, { today: reach.today, until: reach.end });
    return { data: proposals.map((proposal) => toProposal(proposal, { plans, names })), nextCursor: null };
  });
}

type Names = { readonly plans: ReadonlyMap<string, string>; readonly names: ReadonlyMap<string, string> };

/** The forecast has the new price already: the scenario leaves it out, so that its difference is what it costs. */
function toProposal(
  { planId, listedOn, billingInterval, currency, beforeMinor, afterMinor, contracts }: PriceProposal,
  { plans, names }: Names,
): ScenarioProposal {
  const plan = plans.get(planId) ?? "";
  // A name that is typed has no spaces of its own kind.
  const price = (minor: number) =>
    moneyText(money(minor, currency), LOCALE, { withCurrency: true }).replaceAll("\u00a0", " ");
  const by = afterMinor - beforeMinor;
  return {
    title: `${plan} goes from ${price(beforeMinor)} to ${price(afterMinor)} a ${billingInterval} on ${dateText(listedOn)}`,
    contracts: contracts.map(({ subscriptionId, renewsOn, seats }) => ({
      subscription: { id: subscriptionId, name: names.get(subscriptionId) ?? "" },
      text: `${seats} ${seats === 1 ? "seat" : "seats"} from the renewal on ${dateText(renewsOn)} on, ${price(Math.abs(by) * seats)} ${by > 0 ? "more" : "less"} a ${billingInterval}.`,
    })),
    scenario: {
      name: `${plan.slice(0, 60)} stays at ${price(beforeMinor)}`,
      note: `The list asks ${price(afterMinor)} from ${dateText(listedOn)} on, and the forecast has it from each renewal on. Here it does not come: the difference is what it costs.`,
      changes: contracts.map(({ subscriptionId, renewsOn }) => ({
        ...{ kind: "seat_price" as const, subscriptionId, planId, from: renewsOn },
        unitPrice: money(beforeMinor, currency),
      })),
    },
  };
}
