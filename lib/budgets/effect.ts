import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { loadRates } from "@/lib/books/rates-data";
import { findPlanTerms, findTeamsOn } from "@/lib/budgets/effect-data";
import { type ActualSum, findActual, findAmounts, type PlannedAmount } from "@/lib/budgets/grid-data";
import type { SeatEffect, SeatEffectInput } from "@/lib/budgets/schema";
import { findVersionStates } from "@/lib/budgets/versions-data";
import type { Db } from "@/lib/db/client";
import { currentVersion, PLANNED_PURPOSES, type PlannedPurpose, YEAR_MONTHS } from "@/lib/domain/budget-plan";
import { utcDateOf } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import { convert, requireRate } from "@/lib/domain/exchange-rate";
import { type Money, money, sumMinor } from "@/lib/domain/money";
import { firstDayOf, monthOf, shiftMonth } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { restOf, type SeatPrice, seatCostMinor } from "@/lib/domain/seat-effect";
import type { Named } from "@/lib/fields/schema";
import { readLedger } from "@/lib/ledger/read";

/**
 * What giving seats, or buying others, adds until the end of the fiscal year to the lines whose budget is approved and
 * frozen; nothing of lines that are not, or that the actor may not see.
 *
 * @throws DomainError `rate_missing`, when the contract is in another currency without a rate of today
 */
export async function readSeatEffect(ctx: Ctx, input: SeatEffectInput): Promise<SeatEffect> {
  authorize(ctx, "seat:write");
  const month = monthOf(input.startsOn);
  return await readLedger(ctx, async (db) => {
    const { contract, term } = await findPlanTerms(db, ctx, input);
    const teams = await findTeamsOn(db, ctx, input);
    const version = currentVersion(month, await findVersionStates(db, ctx, { from: month, to: month }));
    const until = version ? shiftMonth(version.fiscalYear, YEAR_MONTHS - 1) : month;
    const purpose = PLANNED_PURPOSES.find((one) => one === contract.defaultPurpose);
    if (!version || version.approvedAt === null || !purpose) return { until, lines: [] };

    const year = { start: firstDayOf(version.fiscalYear), end: firstDayOf(shiftMonth(until, 1)) };
    const cost = (seats: number, unitPriceMinor: number) => {
      const price: SeatPrice = { seats, unitPriceMinor, billingInterval: contract.billingInterval };
      return seatCostMinor(price, restOf(input.startsOn, year));
    };
    const before = term ? cost(term.seats, term.unitPriceMinor) : 0;
    const added =
      input.seats === undefined
        ? [...Map.groupBy(teams, ({ id }) => id).values()].map((seats) => ({
            team: seats[0],
            minor: cost(seats.length, term?.unitPriceMinor ?? 0),
          }))
        : [{ team: contract.team, minor: cost(input.seats, input.unitPriceMinor ?? 0) - before }];
    const amounts = await findAmounts(db, ctx, version.id);
    const actual = await findActual(db, ctx, { from: version.fiscalYear, to: until });
    const currency = contract.terms.at(-1)?.unitPrice.currency ?? ctx.organization.baseCurrency;
    const lines: SeatEffect["lines"][number][] = [];
    for (const { team, minor } of added) {
      const line = team && minor > 0 ? lineOf(ctx, { team, purpose, amounts, actual }) : null;
      if (line) lines.push({ ...line, added: await inBase(db, ctx, minor, currency) });
    }
    return { until, lines };
  });
}

type Planned = {
  readonly team: Named;
  readonly purpose: PlannedPurpose;
  readonly amounts: readonly PlannedAmount[];
  readonly actual: readonly ActualSum[];
};

/** The year of a team's line, or of the whole line where the team has no plan of its own; null without any. */
function lineOf(ctx: Ctx, { team, purpose, amounts, actual }: Planned) {
  const ofLine = amounts.filter((one) => one.purpose === purpose);
  const own = ofLine.filter(({ teamId }) => teamId === team.id);
  const ofTeam = own.length > 0;
  if (!ofTeam && (ofLine.length === 0 || !can(ctx.actor.roles, "books:read_all"))) return null;
  const { baseCurrency } = ctx.organization;
  const planned = (ofTeam ? own : ofLine).map(({ amountMinor }) => amountMinor);
  const used = actual
    .filter((one) => one.purpose === purpose && (!ofTeam || one.teamId === team.id))
    .map(({ minor }) => minor);
  return {
    ...{ team: { id: team.id, name: team.name }, purpose, ofTeam },
    budgeted: money(sumMinor(planned), baseCurrency),
    used: money(sumMinor(used), baseCurrency),
  };
}

async function inBase(db: Db, ctx: Ctx, minor: number, currency: Currency): Promise<Money> {
  const to = ctx.organization.baseCurrency;
  if (currency === to) return money(minor, to);
  const rates = await loadRates(db, ctx, [currency]);
  return convert(
    money(minor, currency),
    requireRate(rates, { from: currency, to, date: utcDateOf(ctx.now) }),
  );
}
