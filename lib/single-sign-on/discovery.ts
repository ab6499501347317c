import "server-only";

import { fetchOutside } from "@/lib/net/fetch";
import { checkOutsideUrl } from "@/lib/net/outside-url";
import { discoveryDocument } from "@/lib/single-sign-on/schema";

/** Where an OpenID provider is asked for what, by its own word. */
export type Discovered = {
  readonly authorization: string;
  readonly token: string;
  readonly userinfo: string | null;
  readonly keys: string;
  readonly signing: string;
  readonly authentication: "client_secret_basic" | "client_secret_post";
};

/** Signatures that only the holder of a private key can make; with the others a client could sign for itself. */
const SIGNING = ["RS256", "ES256", "PS256", "RS384", "ES384", "RS512", "ES512", "PS384", "PS512"];
const KEPT_MS = 10 * 60_000;
const kept = new Map<string, { readonly at: number; readonly found: Discovered }>();

/**
 * What a provider says of itself. It must call itself what its owner calls it, and every address that it names must be
 * one that this server may be sent to.
 *
 * @throws Error or DomainError when it is no provider, or names what it must not
 */
export async function discover(issuer: string, now: Date): Promise<Discovered> {
  const known = kept.get(issuer);
  if (known && now.getTime() - known.at < KEPT_MS) return known.found;
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const { status, body } = await fetchOutside({ url, method: "GET" });
  if (status !== 200) throw new Error(`The provider answered ${status}.`);
  const said = discoveryDocument.parse(JSON.parse(body.toString("utf8")));
  if (said.issuer !== issuer) throw new Error("The provider calls itself something else.");
  const signing = SIGNING.find((name) => said.id_token_signing_alg_values_supported.includes(name));
  if (!signing) throw new Error("The provider signs with nothing that can be checked.");
  const found: Discovered = {
    authorization: outside(said.authorization_endpoint),
    token: outside(said.token_endpoint),
    userinfo: said.userinfo_endpoint === undefined ? null : outside(said.userinfo_endpoint),
    keys: outside(said.jwks_uri),
    signing,
    authentication: said.token_endpoint_auth_methods_supported.includes("client_secret_basic")
      ? "client_secret_basic"
      : "client_secret_post",
  };
  kept.set(issuer, { at: now.getTime(), found });
  return found;
}

const outside = (url: string): string => checkOutsideUrl(url).href;
