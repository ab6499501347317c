import { assignmentFilter, assignmentInput } from "@/lib/assignments/schema";
import { createAssignment, listAssignments } from "@/lib/assignments/service";
import { created, factRoute, ok, route } from "@/lib/http/route";

export const GET = route(assignmentFilter, async (ctx, input) => ok(await listAssignments(ctx, input)));
export const POST = factRoute(assignmentInput, async (ctx, input) =>
  created(await createAssignment(ctx, input), "assignments"),
);
