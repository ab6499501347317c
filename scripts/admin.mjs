// npm run admin: what whoever runs the server can do without mail and without signing in.
import { bootstrap, fail } from "./bootstrap.mjs";

await bootstrap();

const { readFileSync } = await import("node:fs");
const { join } = await import("node:path");
const { generateClient } = await import("./build.mjs");
const { dataFolder, keyFile, readKeys } = await import("./places.mjs");
const { runningPostgres, startPostgres } = await import("./postgres.mjs");
const { existsSync } = await import("node:fs");

const USAGE = `Usage:
  npm run admin -- reset-password <e-mail>              prints a new password and ends all sessions
  npm run admin -- invite <e-mail> <name> [role ...]    prints an invitation link (role: owner, finance, lead, member, auditor)
  npm run admin -- sign-in-link <e-mail>                prints a link that signs in once, within 30 minutes`;

const [command, email, ...rest] = process.argv.slice(2);
if (!["reset-password", "invite", "sign-in-link"].includes(command) || !email) fail(USAGE);

const folder = dataFolder();
let own = null;
try {
  await generateClient();
  process.env.DATABASE_URL ||= await openDatabase();
  process.env.NEXTAUTH_URL ||= `http://localhost:${process.env.PORT || runningPort()}`;
  await import("./typescript.mjs");
  const { inviteByCommand, resetPassword, signInLink } = await import("../lib/users/operator.ts");
  const { invitationInput } = await import("../lib/users/schema.ts");
  const now = new Date();
  if (command === "reset-password") console.log(`New password: ${await resetPassword(email, now)}`);
  if (command === "sign-in-link") console.log(await signInLink(email, now));
  if (command === "invite") {
    const [name, ...roles] = rest;
    const wanted = { email, name, roles: roles.length > 0 ? roles : ["member"] };
    const input = invitationInput.safeParse(wanted);
    if (!input.success) throw new Error(`${input.error.issues[0].message}\n${USAGE}`);
    console.log(await inviteByCommand(input.data, now));
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
await own?.stop();
process.exit();

/** The database of the running Twoline, or started for as long as the command takes. */
async function openDatabase() {
  if (!existsSync(keyFile())) throw new Error("Twoline was never started here. Run `npm start` first.");
  const { databasePassword } = readKeys();
  const running = runningPostgres({ folder, password: databasePassword });
  if (running) return running;
  own = await startPostgres({ folder, password: databasePassword });
  return own.url;
}

function runningPort() {
  const lock = join(folder, "running.json");
  return existsSync(lock) ? JSON.parse(readFileSync(lock, "utf8")).port : 3000;
}
