import { createHmac } from "node:crypto";

import { type PersonAnalysis, tooSmallGroups } from "@/lib/domain/person-analysis";
import type { UsageCell } from "@/lib/usage/data";
import type { UsageGroup, UsageRowGroup } from "@/lib/usage/schema";

export type ShownCell = UsageCell & {
  readonly kind: UsageRowGroup["kind"];
  /** The group that the use is kept out of. */
  readonly keptFrom?: string | null;
};

export type Choice = {
  readonly personAnalysis: PersonAnalysis;
  readonly minimumGroupSize: number;
  readonly pseudonymKey: string;
};

/**
 * What is shown of other people's use, as the organization chose: people under pseudonyms or only together, and in
 * every month (or day) no group of fewer people than it said, whatever is grouped. Nothing is lost: what is not shown
 * apart is in one sum.
 */
export function hidePeople(cells: readonly UsageCell[], groupBy: UsageGroup, choice: Choice): ShownCell[] {
  if (choice.personAnalysis === "on") return cells.map(plain);
  const others = cells.filter(({ people }) => people.length > 0);
  const periods = Map.groupBy(others, ({ period }) => period);
  const hidden = new Set([...periods.values()].flatMap((of) => hiddenCells(of, groupBy, choice)));
  return cells.map((cell) => {
    const isPerson = groupBy === "member" && cell.key !== null && cell.people.length > 0;
    const { key, name } = isPerson ? pseudonym(choice.pseudonymKey, cell.key) : cell;
    if (hidden.has(cell)) return { ...cell, kind: "people", key: null, name: "", keptFrom: key };
    return isPerson ? { ...cell, kind: "pseudonym", key, name } : plain(cell);
  });
}

/** Those of one period that are not shown apart. */
function hiddenCells(
  cells: readonly UsageCell[],
  groupBy: UsageGroup,
  { personAnalysis, minimumGroupSize }: Choice,
): readonly UsageCell[] {
  const groups = Map.groupBy(cells, ({ key }) => key);
  if (groupBy === "member") {
    return personAnalysis === "off" || groups.size < minimumGroupSize ? cells : [];
  }
  const peopleOf = new Map(
    [...groups].map(([key, of]) => [key, new Set(of.flatMap(({ people }) => people))]),
  );
  const small = tooSmallGroups(peopleOf, minimumGroupSize);
  return cells.filter(({ key }) => small.has(key));
}

const plain = (cell: UsageCell): ShownCell => ({ ...cell, kind: cell.key === null ? "none" : "named" });

/** The same person has the same pseudonym as long as the organization stands; only its secret leads back to the person. */
export function pseudonym(key: string, memberId: string) {
  const hash = createHmac("sha256", key).update(memberId).digest("hex");
  return { key: `pseudonym-${hash.slice(0, 12)}`, name: `Person ${hash.slice(0, 6).toUpperCase()}` };
}
