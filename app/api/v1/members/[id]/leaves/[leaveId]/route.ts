import { noContent, route } from "@/lib/http/route";
import { leaveId } from "@/lib/leaves/schema";
import { deleteLeave } from "@/lib/leaves/service";

export const DELETE = route(leaveId, async (ctx, input) => {
  await deleteLeave(ctx, input);
  return noContent();
});
