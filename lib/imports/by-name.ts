import { RowProblem } from "@/lib/connectors/connector";
import { type Match, type Matchable, matchName, nameKey } from "@/lib/domain/name-matching";

/** Where a name stands in a file, and what it is a name of, in words ("team"). */
export type NameAt = { readonly typed: string; readonly column: string; readonly what: string };

/**
 * Finds things by what they are called, in constant time. Of several that are the same but for case and accents, the
 * one that is written exactly so.
 *
 * @param namesOf what each goes by, the most usual name first: an earlier name of one wins over a later of another
 */
export function indexByName<Thing extends { readonly id: string }>(
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly (string | null)[],
): (typed: string) => readonly Thing[] {
  const byRank: Map<string, Thing[]>[] = [];
  for (const thing of things) {
    for (const [rank, name] of namesOf(thing).entries()) {
      if (name === null) continue;
      byRank[rank] ??= new Map();
      const same = byRank[rank].get(nameKey(name));
      if (same) same.push(thing);
      else byRank[rank].set(nameKey(name), [thing]);
    }
  }
  return (typed) => {
    const found =
      byRank.map((names) => names?.get(nameKey(typed)) ?? []).find((same) => same.length > 0) ?? [];
    const exact = found.filter((thing) => namesOf(thing).includes(typed.trim()));
    return exact.length > 0 ? exact : found;
  };
}

/**
 * The only one of its name.
 *
 * @throws RowProblem when there is none, or several
 */
export function onlyOne<Thing>(found: readonly Thing[], { typed, column, what }: NameAt): Thing {
  const [only, second] = found;
  if (only === undefined) {
    throw new RowProblem(column, `There is no ${what} called "${typed}". Add it first, or correct the name.`);
  }
  if (second === undefined) return only;
  throw new RowProblem(
    column,
    `Several are called "${typed}". Rename one of them, so that the ${what} is clear.`,
  );
}

/** People by address and by name, who grow in number while a file is read. */
export class PeopleByName<Person extends Matchable> {
  readonly #byEmail = new Map<string, Person>();
  readonly #byKey = new Map<string, Person[]>();
  readonly #byId = new Map<string, Person>();

  constructor(people: readonly Person[]) {
    for (const person of people) this.add(person);
  }

  add(person: Person): void {
    this.#byId.set(person.id, person);
    if (person.email !== null) this.#byEmail.set(person.email, person);
    for (const key of new Set([person.name, ...person.aliases].map(nameKey))) {
      const same = this.#byKey.get(key);
      if (same) same.push(person);
      else this.#byKey.set(key, [person]);
    }
  }

  get(id: string): Person | undefined {
    return this.#byId.get(id);
  }

  /** Those of the name or an alias. */
  called(name: string): readonly Person[] {
    return this.#byKey.get(nameKey(name)) ?? [];
  }

  /** Whom the row means; somebody of the name who has another address is not meant. */
  match(typed: { readonly name: string; readonly email: string | null }): Match {
    const owner = this.#byEmail.get((typed.email ?? typed.name).trim().toLowerCase());
    if (owner) return { kind: "matched", id: owner.id };
    const possible = this.called(typed.name).filter(({ email }) => typed.email === null || email === null);
    return matchName(typed, possible);
  }
}
