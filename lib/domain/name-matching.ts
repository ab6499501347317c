/** Somebody whom typed text may mean. */
export type Matchable = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly aliases: readonly string[];
};

export type Match =
  | { readonly kind: "matched"; readonly id: string }
  | { readonly kind: "unknown" }
  /** Several have that name: nobody is guessed. */
  | { readonly kind: "ambiguous" };

/**
 * Whom a typed name or address means: an equal address first, then an equal name or alias, whatever the case, accents
 * and spaces.
 */
export function matchName(
  typed: { readonly name: string; readonly email: string | null },
  people: readonly Matchable[],
): Match {
  const address = (typed.email ?? typed.name).trim().toLowerCase();
  const byEmail = people.filter(({ email }) => email !== null && email === address);
  const key = nameKey(typed.name);
  const found =
    byEmail.length > 0
      ? byEmail
      : people.filter(({ name, aliases }) => [name, ...aliases].some((own) => nameKey(own) === key));
  const [only, second] = found;
  if (!only) return { kind: "unknown" };
  return second ? { kind: "ambiguous" } : { kind: "matched", id: only.id };
}

/** Text by which two names are the same: whatever the case, accents and spaces. */
export const nameKey = (name: string): string =>
  name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/gu, " ").trim();
