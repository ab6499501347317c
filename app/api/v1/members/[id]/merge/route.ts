import { ok, route } from "@/lib/http/route";
import { mergeMembers } from "@/lib/members/merging";
import { memberMerge } from "@/lib/members/schema";

export const PUT = route(memberMerge, async (ctx, input) => ok(await mergeMembers(ctx, input)));
