// Where data and keys lie: outside the checkout, and apart from each other, so that a copy of the data is no copy of
// the keys.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

const { env, platform } = process;
export const isRoot = typeof process.getuid === "function" && process.getuid() === 0;

/** The folder of the database: TWOLINE_DATA, else the user's data folder; as root one that another user can reach. */
export function dataFolder() {
  if (env.TWOLINE_DATA) return resolve(env.TWOLINE_DATA);
  if (isRoot) return "/var/lib/twoline";
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "Twoline");
  if (platform === "win32") return join(env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "Twoline");
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "twoline");
}

/** The key file: TWOLINE_KEY_FILE, else in the user's configuration folder. */
export function keyFile() {
  if (env.TWOLINE_KEY_FILE) return resolve(env.TWOLINE_KEY_FILE);
  if (platform === "darwin") return join(homedir(), "Library", "Preferences", "Twoline", "keys.json");
  if (platform === "win32")
    return join(env.APPDATA ?? join(homedir(), "AppData", "Roaming"), "Twoline", "keys.json");
  return join(env.XDG_CONFIG_HOME || join(homedir(), ".config"), "twoline", "keys.json");
}

/** What was last known of each audit trail: beside the keys, so that who changes the database does not reach it. */
export function headsFile() {
  return env.TWOLINE_AUDIT_HEADS
    ? resolve(env.TWOLINE_AUDIT_HEADS)
    : join(dirname(keyFile()), "audit-heads.json");
}

/** The keys, made when they are first needed: of sessions, the database, audit trails, and the secrets that it keeps. */
export function readKeys(file = keyFile()) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const keys = {
    sessionSecret: secret(),
    databasePassword: secret(),
    auditKey: secret(),
    sealKeys: [newSealKey()],
    ...known,
  };
  if (Object.keys(keys).length > Object.keys(known).length) writeKeys(keys, file);
  chmodSync(file, 0o600);
  return keys;
}

/** Written aside and renamed, so that a crash leaves all of it or nothing. */
export function writeKeys(keys, file = keyFile()) {
  writeFileSync(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** A key for secrets at rest, with the id that stands in what it sealed. */
export const newSealKey = () => ({ id: randomBytes(4).toString("hex"), key: secret() });

const secret = () => randomBytes(32).toString("base64url");
