import type { Recognised } from "./connector";

/** The columns of a format that people write themselves: each by our name for it, with the other names it goes by. */
export type Spellings<Name extends string> = Readonly<Record<Name, readonly string[]>>;

/** Of each column that the file has, its name as the file writes it. */
export type Columns<Name extends string> = Readonly<Partial<Record<Name, string>>>;

/** What a file was recognised as, with where its columns are. Plain data, so that it can be kept and read again. */
export type RecognisedColumns<Name extends string> = Recognised & { readonly columns: Columns<Name> };

/**
 * Finds the columns in a header, whatever their order, case, spaces, stars, hyphens and underscores. Where a header
 * has several names for one column, the name that stands first in the list counts.
 */
export function columnsOf<Name extends string>(
  header: readonly string[],
  spellings: Spellings<Name>,
): Columns<Name> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of namesOf(spellings)) {
    for (const spelling of [name, ...spellings[name]]) {
      const own = header.find((column) => keyOf(column) === keyOf(spelling));
      if (own !== undefined) found[name] ??= own;
    }
  }
  return found;
}

/** The columns that no spelling stands for. */
export function unknownColumns<Name extends string>(
  header: readonly string[],
  spellings: Spellings<Name>,
): string[] {
  const known = new Set(namesOf(spellings).flatMap((name) => [name, ...spellings[name]].map(keyOf)));
  return header.filter((own) => own !== "" && !known.has(keyOf(own)));
}

/** The file's names of those of the columns that it has. */
export const present = <Name extends string>(columns: Columns<Name>, names: readonly Name[]): string[] =>
  names.flatMap((name) => columns[name] ?? []);

/** How the recognised file calls its columns; our own name for one that it does not have. */
export function namerOf<Name extends string>(
  recognised: Recognised | RecognisedColumns<Name>,
): (name: Name) => string {
  return (name) => ("columns" in recognised ? recognised.columns[name] : null) ?? name;
}

const namesOf = <Name extends string>(spellings: Spellings<Name>): Name[] => Object.keys(spellings) as Name[];

const keyOf = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
