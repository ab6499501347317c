/** Whether an organization looks at what one person used: not at all, under pseudonyms, or by name. */
export const PERSON_ANALYSES = ["off", "pseudonymous", "on"] as const;
export type PersonAnalysis = (typeof PERSON_ANALYSES)[number];

/**
 * The groups of people that are too small to be shown apart. What these used is shown in one sum; where that would be a
 * sum of too few again, the next larger groups go into it too, so that it cannot be worked out from the others.
 *
 * @param peopleOf the people of each group
 * @param minimum as many people as a group needs
 */
export function tooSmallGroups<Key>(
  peopleOf: ReadonlyMap<Key, ReadonlySet<string>>,
  minimum: number,
): Set<Key> {
  const hidden = new Set<Key>();
  const together = new Set<string>();
  const bySize = [...peopleOf].sort(([, a], [, b]) => a.size - b.size);
  for (const [key, people] of bySize) {
    const mixed = together.size === 0 || together.size >= minimum;
    if (people.size >= minimum && mixed) break;
    hidden.add(key);
    for (const person of people) together.add(person);
  }
  return hidden;
}
