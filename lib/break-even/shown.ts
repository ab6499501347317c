import type { Ctx } from "@/lib/auth/ctx";
import type { Case } from "@/lib/break-even/cases";
import type { Grouped } from "@/lib/break-even/rows";
import { tooSmallGroups } from "@/lib/domain/person-analysis";
import type { Named } from "@/lib/fields/schema";
import { type Choice, pseudonym } from "@/lib/usage/people";

export type ShownCase = { readonly of: Case; readonly shownAs: Named | null };

/**
 * Which people are shown apart, as the organization chose: all by name, nobody but the actor, or under pseudonyms. A
 * pseudonym is no cover for somebody whose plans few others hold, so those are only in the totals.
 */
export function shownCases(cases: readonly Case[], { actor }: Ctx, choice: Choice): ShownCase[] {
  const { personAnalysis, minimumGroupSize, pseudonymKey } = choice;
  if (personAnalysis === "on") return cases.map((of) => ({ of, shownAs: null }));
  const isOwn = (of: Case) => of.person.id === actor.memberId;
  const own = cases.filter(isOwn).map((of) => ({ of, shownAs: null }));
  if (personAnalysis === "off") return own;
  const others = cases.filter((of) => !isOwn(of));
  const holders = Map.groupBy(others, plansKey);
  const people = new Map([...holders].map(([key, of]) => [key, new Set(of.map(({ person }) => person.id))]));
  const hidden = tooSmallGroups(people, minimumGroupSize);
  const shown = others.filter((of) => !hidden.has(plansKey(of)));
  return [
    ...own,
    ...shown.map((of) => {
      const { key, name } = pseudonym(pseudonymKey, of.person.id);
      return { of, shownAs: { id: key, name } };
    }),
  ];
}

const plansKey = ({ serviceProviderId, held }: Case): string =>
  [serviceProviderId, ...held.map(({ planId }) => planId).toSorted((a, b) => (a < b ? -1 : 1))].join(" ");

/** Groups of people large enough to be shown, where people are not. */
export function shownGroups(groups: readonly Grouped[], { actor }: Ctx, choice: Choice): Grouped[] {
  if (choice.personAnalysis === "on") return [...groups];
  const others = new Map(
    groups.map((group) => [
      group,
      new Set(group.cases.map(({ person }) => person.id).filter((id) => id !== actor.memberId)),
    ]),
  );
  const some = new Map([...others].filter(([, people]) => people.size > 0));
  const hidden = tooSmallGroups(some, choice.minimumGroupSize);
  return groups.filter((group) => !hidden.has(group));
}
