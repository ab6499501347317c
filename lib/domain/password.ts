export const PASSWORD_CHARACTERS_MIN = 12;
export const PASSWORD_CHARACTERS_MAX = 128;

/** Parts that lists of guessed passwords are made of; a password that is little else is guessed early. */
const GUESSED =
  /password|passwort|qwerty|azerty|letmein|welcome|iloveyou|administrator|changeme|twoline|abcdef|monkey|dragon|football|sunshine|princess|0?1234\d*|1q2w3e4r/g;

/** The form in which a password is hashed and compared, so that the same letters typed on another keyboard match. */
export function normalizePassword(password: string): string {
  return password.normalize("NFC");
}

export const GUESSED_EARLY = "This is among the first that would be guessed. Use another.";

/** What stands against a new password by its look; null when nothing does. */
export function passwordRefusal(typed: string, email: string): string | null {
  const password = normalizePassword(typed);
  const characters = [...password].length;
  if (characters < PASSWORD_CHARACTERS_MIN) return `Use at least ${PASSWORD_CHARACTERS_MIN} characters.`;
  if (characters > PASSWORD_CHARACTERS_MAX) return `Use at most ${PASSWORD_CHARACTERS_MAX} characters.`;
  const plain = password.toLowerCase();
  const name = email.split("@")[0] ?? "";
  const own =
    name.length >= 3 ? plain.replaceAll(email.toLowerCase(), "").replaceAll(name.toLowerCase(), "") : plain;
  const rest = own.replace(GUESSED, "").replace(/[\s!-/:-@[-`{-~]/g, "");
  return new Set(plain).size < 5 || rest.length < 4 ? GUESSED_EARLY : null;
}
