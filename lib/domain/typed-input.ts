/**
 * What typed text became; or why it became nothing, in words for the person who typed. `choices` are the readings
 * that the text allows when it allows several: the screen asks, nothing guesses.
 */
export type Typed<Value> =
  | { readonly value: Value }
  | { readonly reason: string; readonly choices: readonly Value[] };

/** One reading is a value, several are a question, none is a refusal. */
export function settle<Value>(readings: readonly Value[], ask: string, refuse: string): Typed<Value> {
  const [first, ...others] = [...new Set(readings)];
  if (first === undefined) return { reason: refuse, choices: [] };
  return others.length === 0 ? { value: first } : { reason: ask, choices: [first, ...others] };
}
