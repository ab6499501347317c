import { type ChildProcess, fork, spawn } from "node:child_process";
import { createServer } from "node:net";
import { expect, test } from "@playwright/test";

import { aMailServer } from "../lib/testing/mail-server";
import { apiOf, expectAccessible, signIn } from "./support";

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Another instance of the application over the same database, from which mail goes out. */
async function anInstance(smtpUrl: string) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    ...{ HOST: "127.0.0.1", PORT: String(port) },
    ...{ NODE_ENV: "production", NEXTAUTH_URL: url, SMTP_URL: smtpUrl, LOG_LEVEL: "error" },
    NEXTAUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests",
  } as NodeJS.ProcessEnv;
  const children: ChildProcess[] = [
    spawn(process.execPath, ["scripts/serve.mjs"], { env, stdio: ["ignore", "ignore", "inherit"] }),
    fork("scripts/worker.mjs", { env, stdio: ["ignore", "inherit", "inherit", "ipc"] }),
  ];
  const answers = () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(answers, { timeout: 60_000 }).toBe(true);
  return { url, end: () => children.map((child) => child.kill("SIGTERM")) };
}

test("whoever forgot their password chooses another by mail, and is signed out everywhere", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  await signIn(page);
  const email = `eva-${Date.now()}@example.test`;
  const invitation = { name: "Eva Finance", email, roles: ["finance"] };
  const { link } = await apiOf(page).post<{ link: string }>("invitations", invitation);
  const before = await (await browser.newContext()).newPage();
  await before.goto(new URL(link).pathname);
  await before.getByLabel("Password").fill("another good password");
  await before.getByRole("button", { name: "Join" }).click();
  await expect(before.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();

  // Where no mail goes out, the page says who helps.
  const other = await (await browser.newContext()).newPage();
  await other.goto("/sign-in");
  await other.getByRole("link", { name: "Forgot password" }).click();
  await expect(other.getByText("No mail goes out from here")).toBeVisible();

  const mail = await aMailServer();
  const instance = await anInstance(mail.url);
  try {
    await other.goto(`${instance.url}/forgot-password`);
    await expectAccessible(other, "forgot password");
    for (const address of ["nobody@example.test", email]) {
      await other.goto(`${instance.url}/forgot-password`);
      await other.getByLabel("E-mail").fill(address);
      await other.getByRole("button", { name: "Send the link" }).click();
      await expect(other.getByText(`If ${address} has an account here, a link is on its way.`)).toBeVisible();
    }
    await expect.poll(() => mail.mails.length, { timeout: 30_000 }).toBe(1);
    expect(mail.mails[0]).toContain(email);
    const address =
      /https?:\/\/\S+\/new-password\/\S+/.exec(mail.mails[0]!.replace(/=\r?\n/g, ""))?.[0] ?? "";
    await other.goto(address);
    await expectAccessible(other, "new password");
    expect(await other.locator("meta[name=referrer]").getAttribute("content")).toBe("no-referrer");
    await other.getByLabel("New password").fill("quite another password");
    await other.getByRole("button", { name: "Change the password" }).click();
    await expect(other.getByRole("heading", { name: "Your password was changed" })).toBeVisible();
    await other.goto(address);
    await expect(other.getByRole("heading", { name: "This link is no longer valid" })).toBeVisible();
  } finally {
    instance.end();
    await mail.close();
  }

  await before.goto("/budget");
  await expect(before).toHaveURL(/\/sign-in$/);
  await signIn(before, { name: "Eva Finance", email, password: "quite another password" });
  await before.context().close();
  await other.context().close();
});
