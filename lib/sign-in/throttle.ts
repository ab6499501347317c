import "server-only";

import { createHash } from "node:crypto";

import { knownDevice } from "@/lib/auth/device";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { DomainError } from "@/lib/domain/errors";
import { freeFailuresOf, nextTryAt, WINDOW_MS } from "@/lib/domain/sign-in-throttle";
import { deleteAttempt, findFailures, insertAttempt, saveSuccess } from "@/lib/sign-in/data";

export type Caller = { readonly headers: Headers; readonly now: Date };

type Try = {
  /** Takes back what failed from the same place, and saves what the right proof was for. */
  readonly succeed: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
  /** For a try that turned out to be none: nothing was wrong in it. */
  readonly withdraw: () => Promise<void>;
};

/** What somebody shows. A right password takes back no wrong codes: whoever guesses at those may well have it. */
export type Shown = "password" | "code";

/**
 * Lets somebody try to prove that an account is theirs, unless too many tries before this one were wrong. Tries are
 * rows, so they count on all instances and after a restart; until it succeeds a try is a wrong one. They count per
 * account and per network; those of a browser in which the account was opened before count apart.
 *
 * @param email whose account, known to us or not: both are throttled alike
 * @throws DomainError `too_many_attempts`, with the seconds until the next try
 */
export async function beginTry(
  email: string,
  { headers, now }: Caller,
  shown: Shown = "password",
): Promise<Try> {
  const attempt = await attemptOf(email, headers, shown === "password" ? "" : `${shown} `);
  // Written down before it is checked, so that many at once cannot all be the first.
  const id = await insertAttempt(attempt, now);
  await assertMayTry(attempt, id, now);
  return { succeed: (work) => saveSuccess(attempt, id, work), withdraw: () => deleteAttempt(id) };
}

/**
 * Counts that somebody asks for a mail to an address, for the network that they ask from.
 *
 * @throws DomainError `too_many_attempts`, beyond so many within the window
 */
export async function countReset(email: string, { headers, now }: Caller, most: number): Promise<void> {
  const attempt = {
    accountKey: keyOf("reset", email),
    addressKey: keyOf("reset address", networkOf(headers)),
  };
  const { address } = await findFailures(attempt, newId(), now);
  const blocking = address.at(-most);
  if (blocking !== undefined) throw tooMany(blocking + WINDOW_MS, now);
  await insertAttempt(attempt, now);
}

async function attemptOf(email: string, headers: Headers, kind: string) {
  const device = await knownDevice(headers, email);
  if (device === null)
    return {
      accountKey: keyOf(`${kind}account`, email),
      addressKey: keyOf(`${kind}address`, networkOf(headers)),
    };
  const key = keyOf(`${kind}device`, `${device}\n${email}`);
  return { accountKey: key, addressKey: key };
}

async function assertMayTry(
  attempt: { readonly accountKey: string; readonly addressKey: string },
  id: string,
  now: Date,
): Promise<void> {
  const { account, address, peopleSignedIn } = await findFailures(attempt, id, now);
  const at = Math.max(nextTryAt(account), nextTryAt(address, freeFailuresOf(peopleSignedIn)));
  if (at <= now.getTime()) return;
  // A try that was not checked does not count, else guessing on would keep the owner out for ever.
  await deleteAttempt(id);
  throw tooMany(at, now);
}

const tooMany = (freeAt: number, now: Date): DomainError =>
  new DomainError("too_many_attempts", "Too many attempts. Wait a little, then try again.", {
    retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now.getTime()) / 1_000)),
  });

/** A hash, because people type their password into the wrong field. */
const keyOf = (kind: string, text: string): string =>
  createHash("sha256").update(`${kind}\n${text}`).digest("hex");

/** The network that asks: an IPv4 address, or the first half of an IPv6 one, which is what a household gets. */
export function networkOf(headers: Headers): string {
  const address = (headers.get("x-forwarded-for") ?? "").split(",").at(-1)?.trim() ?? "";
  return address.includes(":") && !address.includes(".")
    ? prefixOf(address)
    : address.replace(/^::ffff:/i, "");
}

/** The first 64 bits, however the address is shortened. */
function prefixOf(address: string): string {
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const heads = head.split(":").filter(Boolean);
  const tails = tail.split(":").filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - heads.length - tails.length) }, () => "0");
  const groups = address.includes("::") ? [...heads, ...zeros, ...tails] : heads;
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
