import { created, ok, route } from "@/lib/http/route";
import { invitationInput, none } from "@/lib/invitations/schema";
import { invite, listInvitations } from "@/lib/invitations/service";

export const GET = route(none, async (ctx) => ok(await listInvitations(ctx)));
export const POST = route(invitationInput, async (ctx, input) =>
  created(await invite(ctx, input), "invitations"),
);
