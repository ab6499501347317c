import { ok, route } from "@/lib/http/route";
import { byId, memberChange } from "@/lib/members/schema";
import { changeMember, readMember } from "@/lib/members/service";

export const GET = route(byId, async (ctx, input) => ok(await readMember(ctx, input)));
export const PATCH = route(memberChange, async (ctx, input) => ok(await changeMember(ctx, input)));
