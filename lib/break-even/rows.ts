import type { Catalogue, NamedContract } from "@/lib/break-even/books-data";
import { type Case, seatPrice, type ToBase } from "@/lib/break-even/cases";
import type { GroupRow, HeldSeat, PersonRow } from "@/lib/break-even/schema";
import type { Verdict } from "@/lib/domain/break-even";
import { type Money, money } from "@/lib/domain/money";
import { plansOf, seatsInForce } from "@/lib/domain/seat-ledger";
import type { Named } from "@/lib/fields/schema";

type Names = {
  readonly contracts: ReadonlyMap<string, NamedContract>;
  readonly catalogue: Pick<Catalogue, "providers" | "planNames">;
  readonly currency: string;
};

const providerOf = ({ catalogue }: Names, id: string): Named => ({
  id,
  name: catalogue.providers.get(id) ?? "",
});
const planOf = ({ catalogue }: Names, id: string): Named => ({
  id,
  name: catalogue.planNames.get(id) ?? "",
});

/** A case in words that can be told; of somebody under a pseudonym neither team nor contract. */
export function personRow(of: Case, names: Names, shownAs: Named | null = null): PersonRow {
  const { person, serviceProviderId, held, use, advice } = of;
  const { currency } = names;
  const amount = (minor: number) => money(minor, currency);
  const mean = (minor: number) => (advice.doubt === "rate_missing" ? null : amount(minor));
  return {
    kind: shownAs ? "pseudonym" : "named",
    person: shownAs ?? { id: person.id, name: person.name },
    team: shownAs ? null : person.team,
    serviceProvider: providerOf(names, serviceProviderId),
    seats: held.map(({ subscriptionId, planId, monthlyMinor }): HeldSeat => {
      const contract = names.contracts.get(subscriptionId);
      return {
        plan: planOf(names, planId),
        subscription: shownAs || !contract ? null : { id: contract.id, name: contract.name },
        price: monthlyMinor === null ? null : amount(monthlyMinor),
      };
    }),
    months: use.months,
    activeDays: use.activeDays,
    seatPrice: mean(advice.seatMinor),
    apiEquivalent: mean(advice.coveredMinor),
    onTop: mean(advice.onTopMinor),
    metered: mean(advice.meteredMinor),
    verdict: advice.verdict,
    doubt: advice.doubt,
    plan: advice.planId === null ? null : planOf(names, advice.planId),
    saving: advice.savingMinor === null ? null : amount(advice.savingMinor),
    turnsAtDays: advice.turnsAtDays,
    turnsAt: advice.turnsAtMinor === null ? null : amount(advice.turnsAtMinor),
  };
}

/** The largest saving first, then the dearest seat; equal ones by name. */
export const byWorth = (a: Case, b: Case): number =>
  (b.advice.savingMinor ?? 0) - (a.advice.savingMinor ?? 0) ||
  b.advice.seatMinor - a.advice.seatMinor ||
  (a.person.name < b.person.name ? -1 : 1);

export function totalOf(cases: readonly Case[], currency: string) {
  const verdicts: Partial<Record<Verdict, number>> = {};
  for (const { advice } of cases) verdicts[advice.verdict] = (verdicts[advice.verdict] ?? 0) + 1;
  return { saving: savingOf(cases, currency), verdicts };
}

const savingOf = (cases: readonly Case[], currency: string): Money =>
  money(
    cases.reduce((sum, { advice }) => sum + Math.max(0, advice.savingMinor ?? 0), 0),
    currency,
  );

export type Grouped = {
  readonly group: Named;
  readonly serviceProviderId: string;
  readonly cases: readonly Case[];
};

/** The people of each team, provider by provider. */
export function byTeam(cases: readonly Case[]): Grouped[] {
  const withTeam = cases.flatMap((of) => (of.person.team ? [{ team: of.person.team, of }] : []));
  const groups = Map.groupBy(withTeam, ({ team, of }) => `${team.id} ${of.serviceProviderId}`);
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const { team, of } = first;
    return [{ group: team, serviceProviderId: of.serviceProviderId, cases: all.map((each) => each.of) }];
  });
}

/** The holders of each contract; who holds several of a provider counts for the dearest, since nobody knows which was used. */
export function bySubscription(
  cases: readonly Case[],
  contracts: ReadonlyMap<string, NamedContract>,
): Grouped[] {
  const groups = Map.groupBy(
    cases.filter(({ held }) => held.length > 0),
    ({ held }) => dearest(held).subscriptionId,
  );
  return [...groups].flatMap(([id, of]) => {
    const contract = contracts.get(id);
    if (!contract) return [];
    return [
      {
        group: { id, name: contract.name },
        serviceProviderId: contract.serviceProviderId,
        cases: of,
      },
    ];
  });
}

const NOBODY = { subscriptionId: "", planId: "", monthlyMinor: null };
const dearest = (held: Case["held"]) =>
  held.reduce(
    (most, seat) => ((seat.monthlyMinor ?? 0) > (most.monthlyMinor ?? 0) ? seat : most),
    held[0] ?? NOBODY,
  );

/** A group's sums; a contract's price is that of all its seats, those that nobody holds included. */
export function groupRow(
  { group, serviceProviderId, cases }: Grouped,
  names: Names,
  all: SeatsBought | null,
): GroupRow {
  const { currency } = names;
  const told = cases.every(({ advice }) => advice.doubt !== "rate_missing");
  const amount = (minor: number | null) => (minor === null || !told ? null : money(minor, currency));
  const sum = (minorOf: (of: Case) => number) => amount(cases.reduce((total, of) => total + minorOf(of), 0));
  return {
    group,
    serviceProvider: providerOf(names, serviceProviderId),
    people: cases.length,
    seats: all?.seats ?? cases.reduce((count, { held }) => count + held.length, 0),
    activeDays: cases.reduce((days, { use }) => days + use.activeDays, 0),
    seatPrice: all ? amount(all.monthlyMinor) : sum(({ advice }) => advice.seatMinor),
    apiEquivalent: sum(({ advice }) => advice.coveredMinor),
    onTop: sum(({ advice }) => advice.onTopMinor),
    metered: sum(({ advice }) => advice.meteredMinor),
    verdicts: totalOf(cases, currency).verdicts,
    saving: savingOf(cases, currency),
  };
}

export type SeatsBought = { readonly seats: number; readonly monthlyMinor: number | null };

/** All seats of a contract on a day and what they cost a month; null where a price has no rate. */
export function seatsBought(contract: NamedContract, on: string, toBase: ToBase): SeatsBought {
  let seats = 0;
  let monthlyMinor: number | null = 0;
  for (const planId of plansOf(contract)) {
    const inForce = seatsInForce(contract, planId, on);
    if (inForce === 0) continue;
    const price = seatPrice(contract, planId, on, toBase);
    seats += inForce;
    monthlyMinor = price === null || monthlyMinor === null ? null : monthlyMinor + inForce * price;
  }
  return { seats, monthlyMinor };
}
