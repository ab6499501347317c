import { reassignSeat } from "@/lib/assignments/reassign";
import { reassignment } from "@/lib/assignments/schema";
import { created, factRoute } from "@/lib/http/route";

export const POST = factRoute(reassignment, async (ctx, input) =>
  created(await reassignSeat(ctx, input), "assignments"),
);
