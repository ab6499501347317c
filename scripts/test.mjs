// npm test: everything that must hold, from a clean checkout, on a throwaway database; one line of counts at the end.
import { bootstrap, root } from "./bootstrap.mjs";

await bootstrap();

const { fork, spawn } = await import("node:child_process");
const { randomBytes } = await import("node:crypto");
const { mkdtempSync, readFileSync, rmSync } = await import("node:fs");
const { tmpdir } = await import("node:os");
const { join } = await import("node:path");
const { buildApplication, generateClient, run } = await import("./build.mjs");
const { findChromium } = await import("./chromium.mjs");
const { connected, difference, migrate } = await import("./migrate.mjs");
const { freePort, startPostgres } = await import("./postgres.mjs");

const deep = process.argv.includes("--deep");
const results = join(root, "test-results");
const folder = mkdtempSync(join(tmpdir(), "twoline-test-"));
const counts = { passed: 0, failed: 0 };
const children = new Set();
// One ring for the application, its worker and the tests that look into their database.
process.env.TWOLINE_SEAL_KEYS = `tests:${randomBytes(32).toString("base64url")}`;
const seconds = (start) => `${((Date.now() - start) / 1000).toFixed(1)} s`;
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
let postgres = null;

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    for (const child of children) child.kill("SIGTERM");
    void postgres?.stop().finally(() => process.exit(1));
  });
}

rmSync(results, { recursive: true, force: true });
await step("prisma generate", generateClient);
await step("throwaway database", openDatabase);
// The build is one long step of its own, so the quick ones run beside it.
const built = step("next build", buildApplication);
await step("format and lint", () => run("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", "."]));
await step("migrations make the schema", compareSchema);
await built;
await step("types", () => run("typescript/bin/tsc", ["--noEmit"]));
await vitest("unit");
await vitest("database");
await browser();
await vitest("crash");
if (deep) await vitest("deep");
await postgres?.stop();
rmSync(folder, { recursive: true, force: true });

console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);

/** One thing that holds or does not; counts as one test. */
async function step(name, work) {
  const start = Date.now();
  try {
    await work();
    counts.passed++;
    console.log(`ok    ${name} (${seconds(start)})`);
    return true;
  } catch (error) {
    counts.failed++;
    console.error(`FAIL  ${name} (${seconds(start)}): ${error.message}`);
    return false;
  }
}

async function openDatabase() {
  // Nothing here outlives the run, so nothing needs to reach the disk.
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: 200 };
  postgres = await startPostgres({ folder, password: "throwaway", settings });
  await migrate(postgres.url);
}

async function compareSchema() {
  const missing = await difference(postgres.url, await newDatabase("compared"));
  if (missing.length > 0)
    throw new Error(`the migrations do not make what the schema asks for:\n${missing.join("\n")}`);
}

/** An empty database beside the template. */
async function newDatabase(name) {
  await connected(postgres.url, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function vitest(project) {
  const report = join(results, `${project}.json`);
  const start = Date.now();
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const code = await show("vitest/vitest.mjs", args, { TEST_DATABASE_URL: postgres?.url ?? "" });
  count(project, code, start, () => {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests } = readJson(report);
    if (numTotalTests === 0) throw new Error("no test ran");
    // A file that cannot be loaded has no tests to fail, and still is a failure.
    return { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites };
  });
}

async function browser() {
  const start = Date.now();
  let app = null;
  try {
    const chromium = await findChromium();
    app = await startApplication();
    const env = {
      TWOLINE_URL: app.url,
      CHROMIUM_PATH: chromium ?? "",
      DATABASE_URL: app.database,
      OPENID_PORT: String(app.openIdPort),
    };
    const projects = ["browser", "last", ...(deep ? ["deep"] : [])].map((name) => `--project=${name}`);
    const code = await show("@playwright/test/cli.js", ["test", ...projects], env);
    count("browser", code, start, () => {
      const { stats } = readJson(join(results, "browser.json"));
      if (stats.expected === 0) throw new Error("no test ran");
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
    });
  } catch (error) {
    counts.failed++;
    console.error(`FAIL  browser (${seconds(start)}): ${error.message}`);
  }
  app?.child.kill("SIGTERM");
  app?.worker.kill("SIGTERM");
}

/** The built application on a database of its own. */
async function startApplication() {
  const database = await newDatabase("browser");
  await migrate(database);

  const port = await freePort();
  const openIdPort = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [join(root, "scripts", "serve.mjs")], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      PORT: String(port),
      NODE_ENV: "production",
      DATABASE_URL: database,
      NEXTAUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests",
      NEXTAUTH_URL: url,
      LOG_LEVEL: "error",
      // Where the tests' own OpenID provider will be.
      TWOLINE_ALLOWED_HOSTS: `127.0.0.1:${openIdPort}`,
    },
  });
  const env = { ...process.env, DATABASE_URL: database };
  const worker = fork(join(root, "scripts", "worker.mjs"), {
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  children.add(child);
  children.add(worker);
  const deadline = Date.now() + 60_000;
  while (
    !(await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error("The application does not start.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { child, worker, url, database, openIdPort };
}

function count(name, code, start, read) {
  let found;
  try {
    found = read();
  } catch (error) {
    found = { passed: 0, failed: 1 };
    console.error(error.message);
  }
  counts.passed += found.passed;
  counts.failed += found.failed || (code === 0 ? 0 : 1);
  console.log(
    `${code === 0 ? "ok   " : "FAIL "} ${name}: ${found.passed} passed, ${found.failed} failed, in ${seconds(start)}`,
  );
}

/** Runs a program with its output shown. */
function show(program, args, env) {
  const child = spawn(process.execPath, [join(root, "node_modules", program), ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  children.add(child);
  return new Promise((resolve) => child.on("close", resolve));
}
