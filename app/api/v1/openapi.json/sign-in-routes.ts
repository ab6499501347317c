import * as recoveryCodes from "@/app/api/v1/account/second-factor/recovery-codes/route";
import * as secondFactor from "@/app/api/v1/account/second-factor/route";
import * as secondFactorSetup from "@/app/api/v1/account/second-factor/setup/route";
import * as providerProof from "@/app/api/v1/session/provider-proof/route";
import * as sessionSecondFactor from "@/app/api/v1/session/second-factor/route";
import * as signInConnectionsOne from "@/app/api/v1/sign-in-connections/[id]/route";
import * as signInConnections from "@/app/api/v1/sign-in-connections/route";
import * as signInPolicy from "@/app/api/v1/sign-in-policy/route";
import * as singleSignOn from "@/app/api/v1/single-sign-on/route";
import type { DescribedRoute } from "@/lib/http/openapi";

/** How people sign in: second factors, and the providers of an organization. */
export const SIGN_IN_ROUTES: readonly DescribedRoute[] = [
  {
    path: "/account/second-factor",
    module: secondFactor,
    methods: {
      GET: "What I prove besides my password",
      PUT: "Turn my second factor on, by a first code of it",
      DELETE: "Remove my second factor",
    },
  },
  {
    path: "/account/second-factor/setup",
    module: secondFactorSetup,
    methods: { PUT: "Begin to set up a second factor" },
  },
  {
    path: "/account/second-factor/recovery-codes",
    module: recoveryCodes,
    methods: { PUT: "Make my recovery codes anew" },
  },
  {
    path: "/session/second-factor",
    module: sessionSecondFactor,
    methods: { PUT: "Prove my second factor for this session" },
  },
  {
    path: "/session/provider-proof",
    module: providerProof,
    methods: { PUT: "Go to my provider to prove once more who I am" },
  },
  {
    path: "/sign-in-policy",
    module: signInPolicy,
    methods: { GET: "Of whom a second factor is asked", PUT: "Change of whom a second factor is asked" },
  },
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
