import { withdrawAcceptance } from "@/lib/closing/acceptances";
import { acceptanceRemoval } from "@/lib/closing/schema";
import { noContent, route } from "@/lib/http/route";

export const DELETE = route(acceptanceRemoval, async (ctx, input) => {
  await withdrawAcceptance(ctx, input);
  return noContent();
});
