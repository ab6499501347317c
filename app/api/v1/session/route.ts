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
  const response = await withSession(ok(signedIn), sessionId);
  return await withDevice(input.connect ? await withoutLink(response) : response, request, input.email);
});

export const PUT = sessionRoute(switchInput, async (ctx, { organizationId }) => {
  const { sessionId, ...signedIn } = await switchOrganization(ctx, organizationId);
  return await withSession(ok(signedIn), sessionId);
});

export const DELETE = sessionRoute(z.strictObject({}), async (ctx) => {
  await signOut(ctx);
  return await withSession(noContent(), null);
});
