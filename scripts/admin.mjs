// npm run admin: what whoever runs the server can do without mail and without signing in.
import { bootstrap, fail } from "./bootstrap.mjs";

await bootstrap();

const { readFileSync } = await import("node:fs");
const { join } = await import("node:path");
const { generateClient } = await import("./build.mjs");
const { dataFolder, headsFile, keyFile, readKeys } = await import("./places.mjs");
const { runningPostgres, startPostgres } = await import("./postgres.mjs");
const { existsSync } = await import("node:fs");

const USAGE = `Usage:
  npm run admin -- reset-password <e-mail>              prints a new password and ends all sessions
  npm run admin -- invite <e-mail> <name> [role ...]    prints an invitation link (role: owner, finance, lead, member, auditor)
  npm run admin -- sign-in-link <e-mail>                prints a link that signs in once, within 30 minutes
  npm run admin -- remove-second-factor <e-mail>        for somebody who lost phone and recovery codes; ends all sessions
  npm run admin -- rotate-keys                          gives the secrets in the database another key; takes a minute
  npm run admin -- audit verify                         says whether the audit trails are whole, or which events are not
  npm run admin -- remove-organization <name> [id]      removes an organization with everything in it, for good; without
                                                        the id it says which one that would be`;

const [command, email, ...rest] = process.argv.slice(2);
const COMMANDS = ["reset-password", "invite", "sign-in-link", "remove-second-factor", "remove-organization"];
const known = COMMANDS.includes(command) && email;
const verifies = command === "audit" && email === "verify";
const rotates = command === "rotate-keys";
if (!known && !verifies && !rotates) fail(USAGE);

const folder = dataFolder();
let own = null;
try {
  await generateClient();
  process.env.DATABASE_URL ||= await openDatabase();
  process.env.NEXTAUTH_URL ||= `http://localhost:${process.env.PORT || runningPort()}`;
  await import("./typescript.mjs");
  const { inviteByCommand, removeSecondFactorByCommand, resetPassword, signInLink } = await import(
    "../lib/users/operator.ts"
  );
  const { invitationInput } = await import("../lib/users/schema.ts");
  const now = new Date();
  if (verifies) await verifyTrails(now);
  if (rotates) await rotate();
  if (command === "reset-password") console.log(`New password: ${await resetPassword(email, now)}`);
  if (command === "sign-in-link") console.log(await signInLink(email, now));
  if (command === "remove-second-factor") {
    await removeSecondFactorByCommand(email, now);
    console.log(`${email} signs in with the password alone now.`);
  }
  if (command === "remove-organization") await removeOrganization(email, rest[0]);
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

/** Each trail in a line, and a line for each fault; ends with 1 when there is one. */
async function verifyTrails(now) {
  if (existsSync(keyFile()) || !process.env.NEXTAUTH_SECRET)
    process.env.TWOLINE_AUDIT_KEY ||= readKeys().auditKey;
  process.env.TWOLINE_AUDIT_HEADS = headsFile();
  const { verifyByCommand } = await import("../lib/audit/operator.ts");
  for (const {
    organization,
    events,
    head,
    headsCompared,
    headsUnsealed,
    faults,
    more,
  } of await verifyByCommand(now)) {
    console.log(`${organization}: ${events} events, ${faults.length === 0 ? "whole" : "NOT WHOLE"}`);
    console.log(`  heads compared with it, from ${headsFile()}: ${headsCompared}`);
    if (headsUnsealed > 0) console.log(`  heads under another seal, which say nothing: ${headsUnsealed}`);
    for (const { text } of faults) console.log(`  ${text}`);
    if (more) console.log("  and more");
    if (faults.length > 0) process.exitCode = 1;
    else if (head) console.log(`  head ${head}`);
  }
}

/** Asks to be told the id, so that nobody removes one by a slip or the wrong of two. */
async function removeOrganization(name, id) {
  const { findToRemove, removeByCommand } = await import("../lib/removal/operator.ts");
  if (id === undefined) {
    const ids = await findToRemove(name);
    if (ids.length === 0) throw new Error(`There is no organization called ${name}.`);
    console.log(
      "Everything in it would go, for good, with the accounts of whoever belongs to no other. To do it:",
    );
    for (const found of ids)
      console.log(`  npm run admin -- remove-organization ${JSON.stringify(name)} ${found}`);
    return;
  }
  const rows = await removeByCommand(name, id);
  if (rows === null) throw new Error(`There is no organization called ${name} with the id ${id}.`);
  console.log(`Removed: ${id}, ${rows} rows.`);
}

/** A running Twoline looks at the key file each time, so it goes on meanwhile. */
async function rotate() {
  process.env.TWOLINE_KEY_FILE = keyFile();
  const { resealEverything } = await import("../lib/secrets/rotation.ts");
  const reseal = () => resealEverything(new Date());
  if (process.env.TWOLINE_SEAL_KEYS) {
    console.log(`${await reseal()} secrets are now under the last key of TWOLINE_SEAL_KEYS.`);
    console.log("Once every instance has it, take the others out.");
    return;
  }
  const { rotateKeys } = await import("./rotate.mjs");
  const { resealed, retired } = await rotateKeys(reseal);
  console.log(`${resealed} secrets are under a new key in ${keyFile()}.`);
  console.log(
    `Gone: ${retired.join(", ")}. Only a backup of the database from before still needs a copy of it.`,
  );
}

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
