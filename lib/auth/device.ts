import "server-only";

import { createHash, randomBytes } from "node:crypto";

import { cookieHeader, cookieName, cookieOf, openCookie, sealCookie } from "@/lib/auth/secret";

const DEVICE_SECONDS = 180 * 24 * 3600;
/** A browser that several people share knows the last ones. */
const ACCOUNTS_MAX = 5;
const PURPOSE = "device";

type Device = { readonly deviceId: string; readonly accounts: readonly string[] };

/** A hash, because the cookie need not say whose accounts a browser opens. */
const accountOf = (email: string): string =>
  createHash("sha256").update(`device\n${email}`).digest("base64url").slice(0, 22);

async function deviceOf(headers: Headers): Promise<Device | null> {
  const token = await openCookie(cookieOf(headers, cookieName("device")), PURPOSE);
  const { deviceId, accounts } = token ?? {};
  if (typeof deviceId !== "string" || !Array.isArray(accounts)) return null;
  return { deviceId, accounts: accounts.filter((account) => typeof account === "string") };
}

/**
 * The id of a browser in which this account was opened before; null elsewhere. Its wrong passwords are counted apart,
 * so that a stranger's guessing does not keep the owner out.
 */
export async function knownDevice(headers: Headers, email: string): Promise<string | null> {
  const device = await deviceOf(headers);
  return device?.accounts.includes(accountOf(email)) ? device.deviceId : null;
}

/** The `Set-Cookie` header by which a browser is known again, after the account was opened in it. */
export async function deviceCookieHeader(headers: Headers, email: string): Promise<string> {
  const known = await deviceOf(headers);
  const account = accountOf(email);
  const others = (known?.accounts ?? []).filter((other) => other !== account);
  const device: Device = {
    deviceId: known?.deviceId ?? randomBytes(16).toString("base64url"),
    accounts: [account, ...others].slice(0, ACCOUNTS_MAX),
  };
  const value = await sealCookie({ ...device }, { seconds: DEVICE_SECONDS, purpose: PURPOSE });
  return cookieHeader("device", value, DEVICE_SECONDS);
}
