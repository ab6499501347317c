import { ok, route } from "@/lib/http/route";
import { reconciliationFilter } from "@/lib/reconciliation/schema";
import { readReconciliation } from "@/lib/reconciliation/service";

export const GET = route(reconciliationFilter, async (ctx, input) =>
  ok(await readReconciliation(ctx, input)),
);
