import { created, ok, route } from "@/lib/http/route";
import { memberFilter, memberInput } from "@/lib/members/schema";
import { createMember, listMembers } from "@/lib/members/service";

export const GET = route(memberFilter, async (ctx, input) => ok(await listMembers(ctx, input)));
export const POST = route(memberInput, async (ctx, input) =>
  created(await createMember(ctx, input), "members"),
);
