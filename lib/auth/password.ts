import "server-only";

import { hash, verify } from "@node-rs/argon2";

import { aGate } from "@/lib/auth/gate";
import { normalizePassword } from "@/lib/domain/password";

/** OWASP's first choice for argon2id (2): 19 MiB, two passes, one lane; about 20 ms. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** More at once would let a flood of sign-ins take the memory and the processors of everybody else. */
const taking = aGate({ atOnce: 2, waitingMax: 40 });

/** The hash of a password that nobody has, so that an unknown account costs what a known one does. */
let nobodysHash: Promise<string> | null = null;

export function hashPassword(password: string): Promise<string> {
  return taking(() => hash(normalizePassword(password), OPTIONS));
}

/** Whether the password is the account's; without an account it takes the same time to say no. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hash("nobody has this password", OPTIONS);
  const nobodys = await nobodysHash;
  const stored = passwordHash ?? nobodys;
  const matches = await taking(() => verify(stored, normalizePassword(password)));
  return matches && passwordHash !== null;
}

/** Whether a stored hash was made with less work than hashes are made with now. */
export function isWeakHash(passwordHash: string): boolean {
  const [, memory = "0", passes = "0"] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(passwordHash) ?? [];
  return Number(memory) < OPTIONS.memoryCost || Number(passes) < OPTIONS.timeCost;
}
