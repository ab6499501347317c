import { noContent, ok, route } from "@/lib/http/route";
import { byId, dutyInput } from "@/lib/invoice-duties/schema";
import { removeDuty, setDuty } from "@/lib/invoice-duties/service";

export const PUT = route(dutyInput, async (ctx, input) => ok(await setDuty(ctx, input)));
export const DELETE = route(byId, async (ctx, input) => {
  await removeDuty(ctx, input);
  return noContent();
});
