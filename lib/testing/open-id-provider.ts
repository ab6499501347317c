import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { type Configuration, Provider } from "oidc-provider";

/** Who is at the provider's keyboard, and what it says of them. */
export type Person = {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name?: string;
};

type Claims = Record<string, unknown>;
export const CLIENT = { clientId: "twoline", clientSecret: "only-for-tests-a-secret-of-the-provider" };

/**
 * A real OpenID provider on this machine, whose people are signed in there already. What it signs can be changed, to be
 * what a provider must not say.
 */
export async function anOpenIdProvider(port = 0) {
  const key = generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey;
  const jwk = { ...key.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" };
  const state = {
    person: null as Person | null,
    changed: (claims: Claims): Claims => claims,
    discovered: (said: Claims): Claims => said,
    handler: (_request: IncomingMessage, response: ServerResponse): void => void response.end(),
  };
  const server = createServer((request, response) => {
    if (request.url === "/token") rewriting(response, (answer) => ({ ...answer, ...resigned(answer) }));
    if (request.url?.startsWith("/.well-known/")) rewriting(response, (said) => state.discovered(said));
    state.handler(request, response);
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `http://${host}`;

  function resigned({ id_token: token }: Claims): Claims {
    if (typeof token !== "string") return {};
    const [, payload = ""] = token.split(".");
    const claims = state.changed(JSON.parse(Buffer.from(payload, "base64url").toString()));
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${part({ alg: "RS256", kid: "one" })}.${part(claims)}`;
    return { id_token: `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}` };
  }

  return {
    issuer,
    host,
    /** Lets somebody sign in from these callback addresses. */
    serve(callbackUrls: readonly string[]): void {
      const provider = new Provider(
        issuer,
        configurationOf(callbackUrls, jwk as never, () => state.person),
      );
      const answer = provider.callback();
      state.handler = async (request, response) => {
        if (!request.url?.startsWith("/interaction/")) return void answer(request, response);
        const login = { accountId: state.person?.sub ?? "" };
        await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
      };
    },
    /** Who is there from now on, and how what is signed about them is changed. */
    be(person: Person, changed: (claims: Claims) => Claims = (claims) => claims): void {
      Object.assign(state, { person, changed });
    },
    discovered(change: (said: Claims) => Claims): void {
      state.discovered = change;
    },
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Collects a JSON answer and sends it changed. */
function rewriting(response: ServerResponse, change: (answer: Claims) => Claims): void {
  const end = response.end.bind(response);
  response.end = ((body?: unknown) => {
    if (response.statusCode !== 200 || body === undefined) return end(body as string);
    const changed = JSON.stringify(change(JSON.parse(String(body))));
    response.setHeader("Content-Length", Buffer.byteLength(changed));
    return end(changed);
  }) as typeof response.end;
}

function configurationOf(
  callbackUrls: readonly string[],
  jwk: never,
  person: () => Person | null,
): Configuration {
  return {
    clients: [
      { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [...callbackUrls] },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ["of the provider in tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...person(), sub }) }),
    // Whoever is there agreed before.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? "",
        accountId: oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}
