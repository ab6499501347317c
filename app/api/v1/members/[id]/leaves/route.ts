import { created, ok, route } from "@/lib/http/route";
import { leaveInput, ofMember } from "@/lib/leaves/schema";
import { createLeave, listLeaves } from "@/lib/leaves/service";

export const GET = route(ofMember, async (ctx, input) => ok(await listLeaves(ctx, input)));

export const POST = route(leaveInput, async (ctx, input) =>
  created(await createLeave(ctx, input), `members/${input.id}/leaves`),
);
