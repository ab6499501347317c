import { ok, route } from "@/lib/http/route";
import { byId } from "@/lib/invitations/schema";
import { inviteAnew } from "@/lib/invitations/service";

export const PUT = route(byId, async (ctx, input) => ok(await inviteAnew(ctx, input)));
