import { ok, route } from "@/lib/http/route";
import { byId } from "@/lib/users/schema";
import { resumeUser, suspendUser } from "@/lib/users/service";

export const PUT = route(byId, async (ctx, input) => ok(await suspendUser(ctx, input)));
export const DELETE = route(byId, async (ctx, input) => ok(await resumeUser(ctx, input)));
