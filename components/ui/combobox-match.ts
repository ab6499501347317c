export type ComboboxOption = {
  readonly value: string;
  readonly label: string;
  /** A quieter word beside the label: a team, a code, an address. Searched too. */
  readonly hint?: string;
  readonly disabled?: boolean;
};

/** The options in which every word of the query occurs, those that begin with it first, else in their own order. */
export function matchOptions(options: readonly ComboboxOption[], query: string): readonly ComboboxOption[] {
  const wanted = fold(query);
  if (wanted === "") return options;
  const words = wanted.split(/\s+/);
  const found = options
    .map((option) => ({ option, text: fold(`${option.label} ${option.hint ?? ""}`) }))
    .filter(({ text }) => words.every((word) => text.includes(word)));
  const begins = ({ text }: { readonly text: string }) => text.startsWith(wanted);
  return [...found.filter(begins), ...found.filter((match) => !begins(match))].map(({ option }) => option);
}

/** Without case and accents: people type "Jose" for "José". */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
