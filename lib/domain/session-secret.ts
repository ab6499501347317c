const CHARACTERS_MIN = 32;
const DIFFERENT_CHARACTERS_MIN = 10;
/** What examples and guides put where a secret belongs. */
const EXAMPLE = /change.?(me|this)|replace.?(me|this)|your.?(own.?)?secret|my.?secret|example|insert/i;

/** Why a text must not sign sessions, in words for whoever runs the server; null when it may. */
export function refusalOfSecret(secret: string): string | null {
  if (secret === "") return "is missing";
  if (secret.length < CHARACTERS_MIN) return `is shorter than ${CHARACTERS_MIN} characters`;
  if (EXAMPLE.test(secret) || new Set(secret).size < DIFFERENT_CHARACTERS_MIN)
    return "is one that can be guessed";
  return null;
}

type Settings = Readonly<Record<string, string | undefined>>;

/** What is wrong with the settings that sign-in stands on, a line each; nothing when the server may start. */
export function faultsOfSettings(env: Settings): string[] {
  const faults: string[] = [];
  for (const name of ["NEXTAUTH_SECRET", "NEXTAUTH_SECRET_PREVIOUS"]) {
    const secret = env[name] ?? "";
    if (name.endsWith("PREVIOUS") && secret === "") continue;
    const refusal = refusalOfSecret(secret);
    if (refusal) faults.push(`${name} ${refusal}. Set one from: openssl rand -base64 32`);
  }
  const url = env.NEXTAUTH_URL ?? "";
  // Without it next-auth would make links of whatever host a request names.
  if (!/^https?:\/\/[^/?#\s@]+\/?$/.test(url) || !URL.canParse(url))
    faults.push("NEXTAUTH_URL is not the address that people open, for example https://twoline.example.com");
  return faults;
}
