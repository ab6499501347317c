import { ok, route } from "@/lib/http/route";
import { contractMonth } from "@/lib/reconciliation/schema";
import { readReconciledContract } from "@/lib/reconciliation/service";

export const GET = route(contractMonth, async (ctx, input) => ok(await readReconciledContract(ctx, input)));
