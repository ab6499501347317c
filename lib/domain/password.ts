import { DomainError } from "./errors";

export const PASSWORD_CHARACTERS_MIN = 12;
export const PASSWORD_CHARACTERS_MAX = 128;

/** Parts that lists of guessed passwords are made of; a password that is little else is guessed early. */
const GUESSED =
  /password|passwort|qwerty|azerty|letmein|welcome|iloveyou|administrator|changeme|twoline|abcdef|monkey|dragon|football|sunshine|princess|0?1234\d*|1q2w3e4r/g;

/** The form in which a password is hashed and compared, so that the same letters typed on another keyboard match. */
export function normalizePassword(password: string): string {
  return password.normalize("NFC");
}

/**
 * That a new password is long enough and not among the first that would be guessed. No rules of composition: length
 * is what counts (NIST SP 800-63B, OWASP ASVS 5.0 6.2).
 *
 * @param field where the password stands in the input, for the refusal
 * @throws DomainError `invalid_input` at that field
 */
export function assertPasswordAllowed(password: string, email: string, field = "password"): void {
  const refusal = refusalOf(normalizePassword(password), email);
  if (refusal) throw new DomainError("invalid_input", refusal, { fields: { [field]: refusal } });
}

function refusalOf(password: string, email: string): string | null {
  const characters = [...password].length;
  if (characters < PASSWORD_CHARACTERS_MIN) return `Use at least ${PASSWORD_CHARACTERS_MIN} characters.`;
  if (characters > PASSWORD_CHARACTERS_MAX) return `Use at most ${PASSWORD_CHARACTERS_MAX} characters.`;
  const plain = password.toLowerCase();
  const name = email.split("@")[0] ?? "";
  const own =
    name.length >= 3 ? plain.replaceAll(email.toLowerCase(), "").replaceAll(name.toLowerCase(), "") : plain;
  const rest = own.replace(GUESSED, "").replace(/[^\p{L}\p{N}]/gu, "");
  if (new Set(plain).size < 5 || rest.length < 4)
    return "This is among the first that would be guessed. Use another.";
  return null;
}
