import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "twoline-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm start` says and ends with. */
async function startWith(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: {
      ...process.env,
      TWOLINE_DATA: folder,
      TWOLINE_KEY_FILE: join(folder, "keys", "keys.json"),
      ...env,
    },
  });
  let said = "";
  child.stderr.on("data", (bytes) => {
    said += bytes;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, said };
}

test.each([
  ["NEXTAUTH_SECRET", "", "NEXTAUTH_SECRET is missing"],
  ["NEXTAUTH_SECRET", "short", "NEXTAUTH_SECRET is shorter than 32 characters"],
  [
    "NEXTAUTH_SECRET",
    "change-me-change-me-change-me-change-me",
    "NEXTAUTH_SECRET is one that can be guessed",
  ],
  ["NEXTAUTH_SECRET_PREVIOUS", "short", "NEXTAUTH_SECRET_PREVIOUS is shorter"],
  ["NEXTAUTH_URL", "twoline.example.com", "NEXTAUTH_URL is not the address that people open"],
])("with %s=%j it does not start, and says why", async (name, value, message) => {
  const { code, said } = await startWith({ [name]: value });
  expect(said).toContain(message);
  expect(code).toBe(1);
});
