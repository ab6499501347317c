import * as signInConnectionsOne from "@/app/api/v1/sign-in-connections/[id]/route";
import * as signInConnections from "@/app/api/v1/sign-in-connections/route";
import * as singleSignOn from "@/app/api/v1/single-sign-on/route";
import type { DescribedRoute } from "@/lib/http/openapi";

/** How people sign in: the providers of an organization. */
export const SIGN_IN_ROUTES: readonly DescribedRoute[] = [
  {
    path: "/sign-in-connections",
    module: signInConnections,
    methods: { GET: "Providers through which people sign in", POST: "Let people sign in through a provider" },
  },
  {
    path: "/sign-in-connections/{id}",
    module: signInConnectionsOne,
    methods: { PATCH: "Change a provider's connection", DELETE: "Remove a provider's connection" },
  },
  {
    path: "/single-sign-on",
    module: singleSignOn,
    methods: { POST: { summary: "How the people of an e-mail domain sign in", status: 200 } },
  },
];
