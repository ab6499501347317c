import "server-only";

import { authorize, type Ctx, visibility } from "@/lib/auth/ctx";
import { type AdviceBooks, type Case, casesOf } from "@/lib/break-even/cases";
import { detailOf } from "@/lib/break-even/detail";
import { askedMonths, loadAdviceBooks } from "@/lib/break-even/load";
import {
  bySubscription,
  byTeam,
  byWorth,
  type Grouped,
  groupRow,
  personRow,
  seatsBought,
  totalOf,
} from "@/lib/break-even/rows";
import type {
  BreakEvenAsked,
  BreakEvenDetail,
  BreakEvenFilter,
  BreakEvenOf,
  BreakEvenReport,
} from "@/lib/break-even/schema";
import { shownCases, shownGroups } from "@/lib/break-even/shown";
import { read } from "@/lib/db/client";
import { nextOffset, offsetOf } from "@/lib/db/page";
import { DomainError } from "@/lib/domain/errors";
import { findPersonAnalysis } from "@/lib/usage/data";
import type { Choice } from "@/lib/usage/people";

/**
 * Which flat plans pay off: each person's use at API list prices beside what their seats cost, over three whole months.
 * Other people are shown as the organization chose; everybody may see themselves.
 */
export async function listBreakEven(ctx: Ctx, filter: BreakEvenFilter): Promise<BreakEvenReport> {
  authorize(ctx, "advice:read");
  return await read(ctx, async (db) => {
    const { of, limit, cursor } = filter;
    const asked = askedMonths(ctx, filter.month);
    const choice = await findPersonAnalysis(db, ctx);
    const books = await loadAdviceBooks(db, ctx, asked);
    const names = { ...books, currency: ctx.organization.baseCurrency };
    const cases = casesOf(books).sort(byWorth);
    const shown = shownCases(cases, ctx, choice);
    const start = offsetOf(cursor);
    const people = of === "members" ? shown.slice(start, start + limit) : [];
    const groups = of === "members" ? [] : groupsOf(of, cases, books, ctx, choice);
    const length = of === "members" ? shown.length : groups.length;
    return {
      ...asked,
      of,
      currency: ctx.organization.baseCurrency,
      personAnalysis: choice.personAnalysis,
      minimumGroupSize: choice.minimumGroupSize,
      hiddenPeople: new Set(cases.map(({ person }) => person.id)).size - peopleIn(shown),
      total: totalOf(cases, ctx.organization.baseCurrency),
      data: people.map((each) => personRow(each.of, names, each.shownAs)),
      groups: groups
        .slice(start, start + limit)
        .map((group) => groupRow(group, names, boughtBy(of, group, books))),
      nextCursor: nextOffset({ start, limit, length }),
    };
  });
}

const peopleIn = (shown: readonly { readonly of: Case }[]): number =>
  new Set(shown.map(({ of }) => of.person.id)).size;

/** The teams or contracts of which the actor sees everybody. */
function groupsOf(
  of: BreakEvenOf,
  cases: readonly Case[],
  books: AdviceBooks,
  ctx: Ctx,
  choice: Choice,
): Grouped[] {
  const seen = visibility(ctx);
  const mine = (teamId: string) => seen.all || seen.teamIds.includes(teamId);
  const all =
    of === "teams"
      ? byTeam(cases).filter(({ group }) => mine(group.id))
      : bySubscription(cases, books.contracts).filter(({ group }) => {
          const contract = books.contracts.get(group.id);
          return contract !== undefined && mine(contract.teamId);
        });
  return shownGroups(all, ctx, choice).sort((a, b) => (a.group.name < b.group.name ? -1 : 1));
}

const boughtBy = (of: BreakEvenOf, { group }: Grouped, { contracts, on, toBase }: AdviceBooks) => {
  const contract = of === "subscriptions" ? contracts.get(group.id) : undefined;
  return contract ? seatsBought(contract, on, toBase) : null;
};

/** How the figures of one person, team or contract at a provider came to be. */
export async function readBreakEven(ctx: Ctx, asked: BreakEvenAsked): Promise<BreakEvenDetail> {
  authorize(ctx, "advice:read");
  return await read(ctx, async (db) => {
    const { of, id, serviceProviderId } = asked;
    const months = askedMonths(ctx, asked.month);
    const choice = await findPersonAnalysis(db, ctx);
    const books = await loadAdviceBooks(db, ctx, months);
    const cases = casesOf(books).filter((each) => each.serviceProviderId === serviceProviderId);
    if (of === "members") {
      const own = cases.find(({ person }) => person.id === id);
      if (!own) throw new DomainError("not_found", "Nothing is known of this person's plans there.");
      if (id !== ctx.actor.memberId && choice.personAnalysis !== "on") throw notShown();
      return await detailOf(db, ctx, { of, months, books, person: own, group: null });
    }
    const inAll = { ...choice, personAnalysis: "on" } as const;
    const found = groupsOf(of, cases, books, ctx, inAll).find(({ group }) => group.id === id);
    if (!found) throw new DomainError("not_found", "Nothing is known of these plans there.");
    const shown = groupsOf(of, casesOf(books), books, ctx, choice);
    if (!shown.some(({ group, ...each }) => group.id === id && each.serviceProviderId === serviceProviderId))
      throw notShown();
    return await detailOf(db, ctx, { of, months, books, person: null, group: found });
  });
}

const notShown = () =>
  new DomainError("forbidden", "This organization does not show what so few people used.");
