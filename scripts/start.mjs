// npm start: whatever is missing is installed, made and built, then the application serves until Ctrl-C.
import { bootstrap, fail, root } from "./bootstrap.mjs";

await bootstrap();

const { fork, spawn } = await import("node:child_process");
const { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = await import("node:fs");
const { join } = await import("node:path");
const { buildApplication, generateClient } = await import("./build.mjs");
const { migrate } = await import("./migrate.mjs");
const { dataFolder, headsFile, keyFile, readKeys } = await import("./places.mjs");
const { faultsOfSettings } = await import("../lib/domain/session-secret.ts");
const { commandOf, isAlive, startPostgres } = await import("./postgres.mjs");

const development = process.argv.includes("--dev");
const port = Number(process.env.PORT || 3000);
const host = process.env.HOST || "127.0.0.1";
const folder = dataFolder();
const lock = join(folder, "running.json");
const RESTARTS_MAX = 5;

let postgres = null;
let server = null;
let worker = null;
let stopping = false;
let restarts = 0;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop(0));
try {
  await start();
} catch (error) {
  console.error(error.message);
  await stop(1);
}

async function start() {
  const keys = readKeys();
  console.log(`Keys:     ${keyFile()}`);
  const signing = {
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? keys.sessionSecret,
    NEXTAUTH_SECRET_PREVIOUS: process.env.NEXTAUTH_SECRET_PREVIOUS ?? keys.previousSessionSecret ?? "",
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || `http://localhost:${port}`,
  };
  const faults = faultsOfSettings(signing);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const generated = generateClient();
  const database = process.env.DATABASE_URL || (await startOwnDatabase(keys));
  await generated;
  const applied = await migrate(database);
  if (applied.length > 0) console.log(`Database: ${applied.length} migrations applied`);
  if (!development) await build();
  if (stopping) return;
  const env = {
    ...process.env,
    DATABASE_URL: database,
    ...signing,
    NEXT_TELEMETRY_DISABLED: "1",
    // In a terminal a line a request is too much; whoever collects logs asks for "info".
    LOG_LEVEL: process.env.LOG_LEVEL || "warn",
    TWOLINE_DATA: folder,
    TWOLINE_KEY_FILE: keyFile(),
    TWOLINE_AUDIT_KEY: process.env.TWOLINE_AUDIT_KEY || keys.auditKey,
    TWOLINE_AUDIT_HEADS: headsFile(),
  };
  serve(env);
  work(env);
  await untilItAnswers();
  if (!stopping) console.log(`Twoline:  http://localhost:${port}`);
}

async function build() {
  const slow = setTimeout(() => console.log("Building …"), 1_000);
  await buildApplication().finally(() => clearTimeout(slow));
}

async function startOwnDatabase(keys) {
  takeFolder();
  console.log(`Data:     ${folder}`);
  const options = { folder, password: keys.databasePassword };
  postgres = await startPostgres({ ...options, onExit: () => void recover() });
  return postgres.url;

  /** A database that ends by itself takes the application with it, and both start anew. */
  async function recover() {
    if (stopping) return;
    console.error("The database ended unexpectedly; starting again.");
    if (++restarts > RESTARTS_MAX) return await stop(1);
    const old = [server, worker];
    server = null;
    worker = null;
    for (const child of old) child?.kill("SIGTERM");
    try {
      await start();
    } catch (error) {
      console.error(error.message);
      await stop(1);
    }
  }
}

/** One instance a folder: a second one would stop the first one's database as a leftover. */
function takeFolder() {
  mkdirSync(folder, { recursive: true });
  if (existsSync(lock)) {
    const { pid, port: other, application } = readLock();
    const running = pid !== process.pid && isAlive(pid) && /start\.mjs/.test(commandOf(pid));
    if (running) fail(`Twoline already runs on this data (process ${pid}, http://localhost:${other}).`);
    // An application that outlived its supervisor still holds the port.
    if (application && isAlive(application) && /next|serve\.mjs/.test(commandOf(application))) {
      process.kill(application, "SIGKILL");
    }
  }
  writeLock();
}

/** Says who runs on the folder: this process, and the application that it started. */
function writeLock() {
  writeFileSync(lock, JSON.stringify({ pid: process.pid, port, application: server?.pid }));
}

function readLock() {
  try {
    return JSON.parse(readFileSync(lock, "utf8"));
  } catch {
    return { pid: 0, port: 0 };
  }
}

function serve(env) {
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const args = development
    ? [next, "dev", "-H", host, "-p", String(port)]
    : [join(root, "scripts", "serve.mjs")];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, HOST: host, PORT: String(port), NODE_ENV: development ? "development" : "production" },
    // A group of its own, so that Ctrl-C reaches it only through us, in order.
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
  });
  server = child;
  if (postgres) writeLock();
  child.on("exit", (code) => {
    if (stopping || server !== child) return;
    console.error(`The application ended unexpectedly (${code}).`);
    if (++restarts > RESTARTS_MAX) void stop(1);
    else setTimeout(() => !stopping && serve(env), 500);
  });
}

/** The worker takes files in beside the application; the channel between them tells it when we are gone. */
function work(env) {
  const child = fork(join(root, "scripts", "worker.mjs"), {
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  worker = child;
  child.on("exit", () => {
    if (!stopping && worker === child) setTimeout(() => !stopping && worker === child && work(env), 500);
  });
}

async function untilItAnswers() {
  const { fetch } = globalThis;
  while (!stopping) {
    const answered = await fetch(`http://127.0.0.1:${port}/healthz`, {
      signal: AbortSignal.timeout(5_000),
    }).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  worker?.kill("SIGKILL");
  if (server && server.exitCode === null && server.signalCode === null) {
    const ended = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGTERM");
    const late = setTimeout(() => server.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(late);
  }
  await postgres?.stop();
  if (existsSync(lock) && readLock().pid === process.pid) rmSync(lock, { force: true });
  process.exit(code);
}
