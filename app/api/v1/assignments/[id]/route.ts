import { assignmentChange, byId } from "@/lib/assignments/schema";
import { changeAssignment, readAssignment } from "@/lib/assignments/service";
import { factRoute, ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await readAssignment(ctx, input)));
export const PATCH = factRoute(assignmentChange, async (ctx, input) =>
  ok(await changeAssignment(ctx, input)),
);
