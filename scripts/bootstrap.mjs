// Makes a fresh checkout able to run: packages installed as locked, then the same script again on the current Node.js
// that the package `node` brings. Plain built-ins only, because it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

const NODE_MAJOR_MIN = 24;
const marker = join(root, "node_modules", ".twoline-lock");

/** Resolves when this process may go on; otherwise runs the script on the right Node.js and ends with its code. */
export async function bootstrap() {
  installPackages();
  if (Number(process.versions.node.split(".")[0]) >= NODE_MAJOR_MIN) return;
  const node = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(node)) fail("The package `node` has no binary. Delete node_modules and start again.");

  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  // Ctrl-C reaches the child by itself, a signal to this process alone does not.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) =>
    child.on("exit", (status, signal) => resolve(status ?? (signal ? 1 : 0))),
  );
  process.exit(code);
}

function installPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) return;
  console.log("Installing packages …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) fail("npm could not install the packages.");
  writeFileSync(marker, lock);
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
