type Reference = { readonly table: string; readonly target: string };

/**
 * The tables in an order in which each can be emptied: whatever refers to a table comes before it. Tables that refer to each
 * other in a circle are not in it, nor what they refer to.
 */
export function removalOrder(tables: readonly string[], references: readonly Reference[]): readonly string[] {
  const left = new Set(tables);
  const order: string[] = [];
  for (;;) {
    const referredTo = new Set(references.filter(({ table }) => left.has(table)).map(({ target }) => target));
    const free = [...left].filter((table) => !referredTo.has(table));
    if (free.length === 0) return order;
    for (const table of free) left.delete(table);
    order.push(...free);
  }
}
