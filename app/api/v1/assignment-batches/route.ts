import { batchInput } from "@/lib/assignments/schema";
import { assignBatch } from "@/lib/assignments/service";
import { created, ok, route } from "@/lib/http/route";

export const POST = route(batchInput, async (ctx, input) => {
  const batch = await assignBatch(ctx, input);
  return batch.dryRun ? ok(batch) : created(batch, "subscriptions");
});
