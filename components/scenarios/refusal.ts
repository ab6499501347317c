import type { UseFormReturn } from "react-hook-form";

import type { ChangeValues } from "@/components/scenarios/change-values";
import type { ScenarioValues } from "@/components/scenarios/scenario-form";
import { ApiError } from "@/lib/http/fetch";

/** Which field shows what is said of a field that is sent. */
const SHOWN_AT: Readonly<Record<string, keyof ChangeValues>> = {
  subscriptionId: "contract",
  planId: "contract",
  from: "day",
};

/** Puts a refusal at the fields that it names, those of a change where its kind shows them, or above the button. */
export function showChangeRefusal(error: Error, form: UseFormReturn<ScenarioValues>): void {
  const named = error instanceof ApiError ? (error.problem.fields ?? {}) : {};
  let shown = false;
  for (const [path, message] of Object.entries(named)) {
    if (path === "name" || path === "note") {
      form.setError(path, { message }, { shouldFocus: !shown });
      shown = true;
      continue;
    }
    const [, index, field] = /^changes\.(\d+)\.(\w+)/.exec(path) ?? [];
    if (index === undefined || field === undefined) continue;
    const at = Number(index);
    const kind = form.getValues(`changes.${at}.kind`);
    const own = fieldOf(kind, field);
    form.setError(`changes.${at}.${own}`, { message });
    shown = true;
  }
  if (!shown) form.setError("root", { message: error.message });
}

function fieldOf(kind: ChangeValues["kind"], field: string): keyof ChangeValues {
  if (kind === "list_price" && field === "planId") return "planId";
  const ofMonth = !["seats", "plan", "seat_price", "list_price"].includes(kind);
  if (ofMonth && field === "from") return "month";
  return SHOWN_AT[field] ?? (field as keyof ChangeValues);
}
