import { accept } from "@/lib/closing/acceptances";
import { acceptanceInput } from "@/lib/closing/schema";
import { created, route } from "@/lib/http/route";

export const POST = route(acceptanceInput, async (ctx, input) =>
  created(await accept(ctx, input), `periods/${input.month}/checklist/acceptances`),
);
