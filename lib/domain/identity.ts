import { type CalendarDate, DATE_MAX, DATE_MIN } from "./calendar-date";
import { nameKey } from "./name-matching";

/** From this day, whom or what a provider's name means. */
export type IdentityMatch = {
  readonly startsOn: CalendarDate;
  readonly memberId: string | null;
  readonly apiAccountId: string | null;
};

/** A run of days in which a name means the same; `endsOn` is excluded. */
export type MatchedDays = {
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly memberId: string | null;
  readonly apiAccountId: string | null;
};

/**
 * Whom a provider's name means on each day: what it was matched to itself, and the account of the workspace above it
 * where it has none of its own. Days before the first match mean nobody.
 */
export function matchedDays(own: readonly IdentityMatch[], above: readonly IdentityMatch[]): MatchedDays[] {
  const starts = new Set<CalendarDate>([DATE_MIN, ...[...own, ...above].map(({ startsOn }) => startsOn)]);
  const inTime = [...starts].sort();
  return inTime.map((startsOn, index) => {
    const mine = inForce(own, startsOn);
    return {
      startsOn,
      endsOn: inTime[index + 1] ?? AFTER_ALL,
      memberId: mine?.memberId ?? null,
      apiAccountId: mine?.apiAccountId ?? inForce(above, startsOn)?.apiAccountId ?? null,
    };
  });
}

/** Later than every day that the books know. */
const AFTER_ALL: CalendarDate = `${Number(DATE_MAX.slice(0, 4)) + 1}-01-01`;

function inForce(matches: readonly IdentityMatch[], day: CalendarDate): IdentityMatch | null {
  return matches.reduce<IdentityMatch | null>(
    (last, next) => (next.startsOn <= day && (last === null || next.startsOn > last.startsOn) ? next : last),
    null,
  );
}

/** Something in the books that a provider's name may mean. */
export type Candidate = {
  readonly id: string;
  readonly names: readonly string[];
};

/**
 * What an equal name or id means, whatever the case, accents and spaces: the only one that has it. Nobody is guessed.
 */
export function equalMatch(names: readonly string[], candidates: readonly Candidate[]): string | null {
  const wanted = new Set(names.map(nameKey));
  const found = candidates.filter((candidate) => candidate.names.some((name) => wanted.has(nameKey(name))));
  const [only, second] = found;
  return only && !second ? only.id : null;
}

/** Those whose names share most words with the name, the best first: for a person to choose from. */
export function likelyMatches(name: string, candidates: readonly Candidate[], count = 3): string[] {
  const words = wordsOf(name);
  if (words.size === 0) return [];
  return candidates
    .map(({ id, names }) => ({
      id,
      score: Math.max(0, ...names.map((other) => likeness(words, wordsOf(other)))),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
}

const wordsOf = (name: string): Set<string> =>
  new Set(
    nameKey(name)
      .replace(/@.*$/, "")
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1),
  );

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}
