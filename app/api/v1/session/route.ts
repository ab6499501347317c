import { z } from "zod";

import {
  noContent,
  ok,
  publicRoute,
  sessionRoute,
  withDevice,
  withoutLink,
  withSession,
} from "@/lib/http/route";
import { signInInput, switchInput } from "@/lib/sign-in/schema";
import { signIn, signOut, switchOrganization } from "@/lib/sign-in/service";

export const POST = publicRoute(signInInput, async (input, { request, requestId, now }) => {
  const { sessionId, ...signedIn } = await signIn(input, { headers: request.headers, now, requestId });
  const opened = await withSession(ok(signedIn), sessionId);
  const response = input.connect ? await withoutLink(opened) : opened;
  // A browser in which only half of it was shown is not known yet: its guesses at codes count as a stranger's.
  return signedIn.secondFactor ? response : await withDevice(response, request, input.email);
});

export const PUT = sessionRoute(switchInput, async (ctx, { organizationId }) => {
  const { sessionId, ...signedIn } = await switchOrganization(ctx, organizationId);
  return await withSession(ok(signedIn), sessionId);
});

export const DELETE = sessionRoute(
  z.strictObject({}),
  async (ctx) => {
    await signOut(ctx);
    return await withSession(noContent(), null);
  },
  { openBefore: ["prove", "set_up"] },
);
