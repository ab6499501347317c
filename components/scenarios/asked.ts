import { type Month, shiftMonth } from "@/lib/domain/month";
import { COMPARED_MAX } from "@/lib/scenarios/schema";

/** A year from the running month on, in which every contract renews once. */
export const effectMonths = (running: Month) => ({ from: running, to: shiftMonth(running, 11) });

/** Which scenario an address is of, and which stand beside it: those that there are, each once. */
export function askedIds(
  scenario: string | null,
  beside: string | null,
  scenarios: readonly { readonly id: string }[],
): { readonly id: string | null; readonly others: readonly string[] } {
  const known = (id: string) => scenarios.some((one) => one.id === id);
  if (scenario === null || !known(scenario)) return { id: null, others: [] };
  const named = (beside ?? "").split(",").filter((id) => known(id) && id !== scenario);
  return { id: scenario, others: [...new Set(named)].slice(0, COMPARED_MAX - 1) };
}
