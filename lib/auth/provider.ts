import "server-only";

import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import type { TokenSet } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";

import { gitHubEndpoints } from "@/lib/domain/sign-in-provider";
import { fetchOutside } from "@/lib/net/fetch";
import { guardedLookup } from "@/lib/net/lookup";
import type { ProviderInUse } from "@/lib/single-sign-on/arrival";
import type { Discovered } from "@/lib/single-sign-on/discovery";

type Claims = Record<string, unknown>;
type Provider = OAuthConfig<Claims>;

/** The names of hosts that whoever runs the server allows; each address was held against them, port and all, before. */
const allowedNames = () =>
  (process.env.TWOLINE_ALLOWED_HOSTS ?? "").split(",").map((host) => host.trim().replace(/:\d+$/, ""));

/** Looks a provider's host up at each connection, so that its name cannot lead elsewhere than when it was checked. */
const lookupProvider: LookupFunction = (hostname, options, done) =>
  (allowedNames().includes(hostname) ? (lookup as LookupFunction) : guardedLookup)(hostname, options, done);

/**
 * A connection in next-auth's words. To its id the state, nonce and PKCE of a sign-in are bound.
 *
 * @param anew asks its person who they are, even if it knows them from before
 */
export function providerOf(connection: ProviderInUse, { anew }: { readonly anew: boolean }): Provider {
  const { id, name, clientId, clientSecret, issuer, discovered } = connection;
  return {
    id,
    name,
    type: "oauth",
    issuer,
    clientId,
    clientSecret,
    httpOptions: { timeout: 10_000, ...({ lookup: lookupProvider } as object) },
    profile: ({ sub }) => ({ id: String(sub ?? "") }),
    ...(discovered === null ? gitHub(issuer) : openId(discovered, anew)),
  };
}

function openId(discovered: Discovered, anew: boolean): Partial<Provider> {
  const { authorization, token, userinfo, keys, signing, authentication } = discovered;
  return {
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: {
      url: authorization,
      params: { scope: "openid email profile", ...(anew && { prompt: "login", max_age: 0 }) },
    },
    token: { url: token },
    jwks_endpoint: keys,
    client: { token_endpoint_auth_method: authentication, id_token_signed_response_alg: signing },
    userinfo: {
      ...(userinfo !== null && { url: userinfo }),
      // Many providers tell the address only when asked with the token; that it is about the same person is checked.
      request: async ({ tokens, client }) => {
        const signed = tokens as Exclude<Parameters<typeof client.userinfo>[0], string>;
        const claims = signed.claims();
        if (claims.email !== undefined || userinfo === null) return claims;
        return { ...(await client.userinfo(signed)), ...claims };
      },
    },
  };
}

function gitHub(issuer: string): Partial<Provider> {
  const { authorization, token, user, emails } = gitHubEndpoints(issuer);
  return {
    checks: ["pkce", "state"],
    authorization: { url: authorization, params: { scope: "read:user user:email" } },
    token: { url: token },
    userinfo: {
      url: user,
      request: async ({ tokens }) => {
        const { id, name, login } = await askGitHub(user, tokens);
        return {
          iss: issuer,
          sub: String(id ?? ""),
          name: String(name ?? login ?? ""),
          emails: await askGitHub(emails, tokens),
        };
      },
    },
  };
}

async function askGitHub(url: string, { access_token }: TokenSet): Promise<Claims> {
  const headers = { authorization: `Bearer ${access_token}`, accept: "application/vnd.github+json" };
  const { status, body } = await fetchOutside({ url, method: "GET", headers });
  if (status !== 200) throw new Error(`GitHub answered ${status}.`);
  return JSON.parse(body.toString("utf8"));
}
