// Finds a Chromium for the browser tests: an installed one, else the one that Playwright downloads, else, as root on
// Debian, the distribution's package.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { root } from "./bootstrap.mjs";
import { isRoot } from "./places.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES = [
  "/usr/bin",
  "/usr/local/bin",
  "/opt/google/chrome",
  "/snap/bin",
  "/Applications/Google Chrome.app/Contents/MacOS",
  "/Applications/Chromium.app/Contents/MacOS",
];

/** The path of a Chromium; null when Playwright's own is there, which it finds by itself. */
export async function findChromium() {
  const installed = process.env.CHROMIUM_PATH ?? installedChromium();
  if (installed) return installed;
  if (existsSync((await import("playwright")).chromium.executablePath())) return null;

  const cli = join(root, "node_modules", "playwright", "cli.js");
  const downloaded = spawnSync(process.execPath, [cli, "install", "chromium"], {
    stdio: "ignore",
    timeout: 120_000,
  });
  if (downloaded.status === 0) return null;
  if (isRoot && existsSync("/etc/debian_version")) {
    spawnSync("apt-get", ["update"], { stdio: "ignore" });
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  }
  const found = installedChromium();
  if (!found)
    throw new Error("No Chromium was found, and none could be installed. Install one, or set CHROMIUM_PATH.");
  return found;
}

function installedChromium() {
  const folders = [...new Set([...(process.env.PATH ?? "").split(":"), ...PLACES])];
  for (const folder of folders) {
    for (const name of [...NAMES, "Google Chrome", "Chromium"]) {
      if (folder && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}
