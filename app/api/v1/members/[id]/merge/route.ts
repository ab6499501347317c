import { factRoute, ok } from "@/lib/http/route";
import { mergeMembers } from "@/lib/members/merging";
import { memberMerge } from "@/lib/members/schema";

export const PUT = factRoute(memberMerge, async (ctx, input) => ok(await mergeMembers(ctx, input)));
