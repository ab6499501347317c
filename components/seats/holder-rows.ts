import { matchName } from "@/lib/domain/name-matching";
import { type PastedPerson, readPastedPeople } from "@/lib/domain/pasted-column";
import type { Member } from "@/lib/members/schema";

/** What a pasted column of names came to. */
export type PastedHolders = {
  readonly memberIds: readonly string[];
  /** Already among the holders, or pasted twice. */
  readonly repeated: readonly string[];
  /** Nobody is called so. */
  readonly unknown: readonly PastedPerson[];
  /** Several are called so: nobody is guessed. */
  readonly ambiguous: readonly string[];
};

/** Finds the members whom a pasted column names. */
export function readPastedHolders(
  text: string,
  members: readonly Member[],
  chosen: readonly string[],
): PastedHolders {
  const taken = new Set(chosen);
  const memberIds: string[] = [];
  const repeated: string[] = [];
  const unknown: PastedPerson[] = [];
  const ambiguous: string[] = [];
  const { people, repeated: twice } = readPastedPeople(text, []);
  for (const person of people) {
    const match = matchName(person, members);
    if (match.kind === "unknown") unknown.push(person);
    else if (match.kind === "ambiguous") ambiguous.push(person.name);
    else if (taken.has(match.id)) repeated.push(person.name);
    else {
      taken.add(match.id);
      memberIds.push(match.id);
    }
  }
  return { memberIds, repeated: [...repeated, ...twice], unknown, ambiguous };
}
