import { batchInput } from "@/lib/assignments/schema";
import { assignBatch } from "@/lib/assignments/service";
import { created, factRoute, ok } from "@/lib/http/route";

export const POST = factRoute(batchInput, async (ctx, input) => {
  const batch = await assignBatch(ctx, input);
  return batch.dryRun ? ok(batch) : created(batch, "subscriptions");
});
