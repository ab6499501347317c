import { isCleanText } from "./text";

/** A person as a row of a spreadsheet names them. */
export type PastedPerson = { readonly name: string; readonly email: string | null };

export type PastedColumn = {
  readonly people: readonly PastedPerson[];
  /** Rows that name somebody twice, or whom the list already has. */
  readonly repeated: readonly string[];
  /** Rows that cannot be a name. */
  readonly unreadable: readonly string[];
};

const HEADINGS = new Set(["name", "names", "full name", "member", "members", "person", "people", "employee"]);
const NAME_CHARACTERS_MAX = 100;

/**
 * Reads a column of names, or names and e-mail addresses in any order, as copied from a spreadsheet or a mail's
 * addressees: one person a row, cells apart by tabs or semicolons, `Ada Lovelace <ada@example.com>` too.
 *
 * @param known names that are there already; case does not matter
 */
export function readPastedPeople(text: string, known: readonly string[]): PastedColumn {
  const seen = new Set(known.map(fold));
  const people: PastedPerson[] = [];
  const repeated: string[] = [];
  const unreadable: string[] = [];
  for (const row of text.split(/\r\n|\r|\n/)) {
    const person = personOf(row);
    if (row.trim() === "" || (people.length === 0 && HEADINGS.has(fold(person?.name ?? "")))) continue;
    if (!person) unreadable.push(row.trim());
    else if (seen.has(fold(person.name))) repeated.push(person.name);
    else {
      seen.add(fold(person.name));
      people.push(person);
    }
  }
  return { people, repeated, unreadable };
}

function personOf(row: string): PastedPerson | null {
  const cells = row
    .replace(/<([^<>]*)>/, "\t$1")
    .split(/[\t;]/)
    .map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .trim(),
    )
    .filter((cell) => cell !== "");
  const email = cells.find((cell) => /^\S+@\S+\.\S+$/.test(cell)) ?? null;
  const name = cells.find((cell) => cell !== email) ?? email?.split("@")[0];
  if (!name || name.length > NAME_CHARACTERS_MAX || !isCleanText(name)) return null;
  return { name, email };
}

const fold = (name: string): string => name.normalize("NFC").toLowerCase();
