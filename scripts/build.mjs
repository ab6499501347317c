// Generates the Prisma client and builds the application, each only when something that it is made of changed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { root } from "./bootstrap.mjs";

const CLIENT_INPUTS = ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"];
const BUILD_INPUTS = [
  "app",
  "components",
  "lib",
  "public",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.mjs",
  "scripts/headers.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  ...CLIENT_INPUTS,
];

export async function generateClient() {
  await whenChanged("prisma/generated/.inputs", CLIENT_INPUTS, () =>
    run("prisma/build/index.js", ["generate", "--no-hints"], {
      // Generating needs no engine, but Prisma looks for one; any program that exists stops it from downloading it.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    }),
  );
}

export async function buildApplication() {
  await whenChanged(".next/.inputs", BUILD_INPUTS, () =>
    run("next/dist/bin/next", ["build"], { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" }),
  );
}

async function whenChanged(markerPath, inputs, work) {
  const marker = join(root, markerPath);
  const now = fingerprint(inputs);
  if (existsSync(marker) && readFileSync(marker, "utf8") === now) return;
  rmSync(marker, { force: true });
  await work();
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, now);
}

function fingerprint(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) addTo(hash, join(root, input));
  return hash.digest("hex");
}

function addTo(hash, path) {
  if (!existsSync(path)) return;
  const entries = readFolder(path);
  if (entries === null) {
    hash.update(path.slice(root.length)).update("\0").update(readFileSync(path)).update("\0");
    return;
  }
  for (const name of entries.sort()) if (!name.includes(".test.")) addTo(hash, join(path, name));
}

function readFolder(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === "ENOTDIR") return null;
    throw error;
  }
}

/** Runs a program of node_modules on this Node.js, its output shown only when it fails. */
export async function run(program, args, env = {}) {
  const child = spawn(process.execPath, [join(root, "node_modules", program), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code === 0) return output;
  console.error(output);
  throw new Error(`${program} ${args.join(" ")} failed.`);
}
