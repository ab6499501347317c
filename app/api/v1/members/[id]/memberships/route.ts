import { created, factRoute, ok, route } from "@/lib/http/route";
import { byId, membershipInput } from "@/lib/members/schema";
import { addMembership, listMemberships } from "@/lib/members/service";

export const GET = route(byId, async (ctx, input) => ok(await listMemberships(ctx, input)));
export const POST = factRoute(membershipInput, async (ctx, input) =>
  created(await addMembership(ctx, input), "members"),
);
