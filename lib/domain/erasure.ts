/** What stands where the name of an erased person stood; two of them are told apart. */
export const pseudonymOf = (memberId: string): string => `Erased person ${memberId.slice(-8)}`;

/** What somebody is known by, to be found in texts. */
export type Terms = {
  /** Folded texts that are them when nothing else stands beside. */
  readonly whole: ReadonlySet<string>;
  /** What is them wherever it stands as words of its own; null: nothing is. */
  readonly within: RegExp | null;
  /** A word of each, for a first look. */
  readonly words: readonly string[];
};

const WORD_MIN = 3;

/**
 * What to look for. An address and a name of several words are somebody wherever they stand. A single word may mean
 * something else too (Max is a person and a plan): in a longer text it counts only if no other name has it.
 *
 * @param taken every name of anything and anybody else in the books
 */
export function termsOf(knownBy: readonly string[], taken: readonly string[]): Terms {
  const texts = [...new Set(knownBy.map((text) => text.trim()).filter((text) => text !== ""))];
  const others = new Set(taken.flatMap(wordsOf));
  const clear = texts.flatMap((text) => (isClear(text, others) ? [text, ...turned(text)] : []));
  const longest = clear.toSorted((a, b) => b.length - a.length).map(patternOf);
  return {
    whole: new Set(texts.map(fold)),
    within:
      longest.length === 0
        ? null
        : new RegExp(`(?<![\\p{L}\\p{N}])(?:${longest.join("|")})(?![\\p{L}\\p{N}])`, "giu"),
    words: [
      ...new Set(texts.flatMap((text) => wordsOf(text).toSorted((a, b) => b.length - a.length)[0] ?? [])),
    ],
  };
}

const fold = (text: string): string => text.normalize("NFC").trim().toLowerCase();
const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

function isClear(text: string, others: ReadonlySet<string>): boolean {
  const [first = "", ...rest] = wordsOf(text);
  // A name with a figure in it is an account's, and no word.
  return rest.length > 0 || (first.length >= WORD_MIN && (/\d/.test(first) || !others.has(first)));
}

/** "Hopper, Grace" and "Hopper Grace" of "Grace Hopper". */
function turned(name: string): string[] {
  const words = name.split(/\s+/);
  const last = words.at(-1) ?? "";
  if (words.length < 2 || name.includes("@")) return [];
  const rest = words.slice(0, -1).join(" ");
  return [`${last}, ${rest}`, `${last} ${rest}`];
}

const patternOf = (text: string): string =>
  text
    .split(/\s+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
    .join("\\s+");

/** A value, however deep, with the pseudonym where the person stood; the same object when they stood nowhere in it. */
export function withoutPerson<T>(value: T, terms: Terms, pseudonym: string): T {
  return without(value, terms, pseudonym) as T;
}

function without(value: unknown, terms: Terms, pseudonym: string): unknown {
  if (typeof value === "string") return textWithout(value, terms, pseudonym);
  if (Array.isArray(value)) {
    const inner = value.map((each) => without(each, terms, pseudonym));
    return inner.some((each, index) => each !== value[index]) ? inner : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const inner = entries.map(([key, each]) => [
    textWithout(key, terms, pseudonym),
    without(each, terms, pseudonym),
  ]);
  const same = inner.every(
    ([key, each], index) => key === entries[index]?.[0] && each === entries[index]?.[1],
  );
  return same ? value : Object.fromEntries(inner);
}

function textWithout(text: string, { whole, within }: Terms, pseudonym: string): string {
  if (whole.has(fold(text))) return pseudonym;
  return within === null ? text : text.replace(within, pseudonym);
}
