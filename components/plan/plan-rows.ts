import type { GridRow } from "@/lib/budgets/schema";

/**
 * The rows that people plan: leverage by team and what the product costs by product, or a line undivided while there
 * is nothing to divide it by; beside them whatever has a plan already. All of them only when asked for.
 */
export function shownRows(rows: readonly GridRow[], all: boolean): readonly GridRow[] {
  if (all) return rows;
  const teams = new Set(rows.flatMap(({ team }) => team?.id ?? [])).size;
  const products = new Set(rows.flatMap(({ product }) => product?.id ?? [])).size;
  const undivided = rows.some(({ team, product }) => team === null && product === null);
  const usual = ({ purpose, team, product }: GridRow): boolean => {
    const isUndivided = team === null && product === null;
    if (purpose === "developer_leverage") return teams > 1 || !undivided ? team !== null : isUndivided;
    if (products > 0) return product !== null;
    return undivided ? isUndivided : team !== null;
  };
  return rows.filter((row) => usual(row) || row.amountsMinor.some((minor) => minor !== null));
}
