import "server-only";

import { createHash } from "node:crypto";

import { COMMON_PASSWORDS, MARK_CHARACTERS } from "@/lib/auth/guessed-passwords";
import { DomainError } from "@/lib/domain/errors";
import { GUESSED_EARLY, normalizePassword, passwordRefusal } from "@/lib/domain/password";

let known: ReadonlySet<string> | null = null;

/** Whether many others have it; a capital letter makes it no rarer. */
export function isCommonPassword(password: string): boolean {
  known ??= new Set(COMMON_PASSWORDS.match(new RegExp(`.{${MARK_CHARACTERS}}`, "g")));
  const plain = normalizePassword(password).toLowerCase();
  return known.has(createHash("sha256").update(plain).digest("base64").slice(0, MARK_CHARACTERS));
}

/**
 * That a new password is long enough and not among the first that would be guessed. No rules of composition: length
 * is what counts (NIST SP 800-63B, OWASP ASVS 5.0 6.2).
 *
 * @param field where the password stands in the input, for the refusal
 * @throws DomainError `invalid_input` at that field
 */
export function assertPasswordAllowed(password: string, email: string, field = "password"): void {
  const refusal = passwordRefusal(password, email) ?? (isCommonPassword(password) ? GUESSED_EARLY : null);
  if (refusal) throw new DomainError("invalid_input", refusal, { fields: { [field]: refusal } });
}
