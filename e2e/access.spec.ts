import { expect, test } from "@playwright/test";
import { Client } from "pg";

import { apiOf, expectAccessible, expectToast, OWNER, signIn } from "./support";

/** As if the owner had proven who they are two hours ago. */
async function makeStale(): Promise<void> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(
    `UPDATE session SET created_at = created_at - interval '2 hours', proven_at = proven_at - interval '2 hours'
     WHERE user_id = (SELECT id FROM app_user WHERE email = $1)`,
    [OWNER.email],
  );
  await client.end();
}

test("a role that is changed acts at once, and it takes the owner's password to change it", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const invitation = { name: "Cem Finance", email: `cem-${Date.now()}@example.test`, roles: ["finance"] };
  const { link } = await apiOf(page).post<{ link: string }>("invitations", invitation);
  const other = await (await browser.newContext()).newPage();
  await other.goto(new URL(link).pathname);
  await other.getByLabel("Password").fill("another good password");
  await other.getByRole("button", { name: "Join" }).click();
  await expect(other.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();
  await other.goto("/settings/access");
  await expect(other.getByRole("heading", { name: "Access", level: 2 })).toBeVisible();

  await makeStale();
  await page.goto("/settings/access");
  await page.getByRole("button", { name: "Cem Finance" }).click();
  const sheet = page.getByRole("dialog", { name: "Cem Finance" });
  await sheet.getByLabel("Finance").uncheck();
  await sheet.getByLabel("Member", { exact: true }).check();
  await sheet.getByRole("button", { name: "Save" }).click();
  const question = page.getByRole("dialog", { name: "Is it you?" });
  await expectAccessible(page, "proof");
  await question.getByLabel("Your password").fill("not the password");
  await question.getByRole("button", { name: "Go on" }).click();
  await expect(question.getByText("This is not your password.")).toBeVisible();
  await question.getByLabel("Your password").fill(OWNER.password);
  await question.getByRole("button", { name: "Go on" }).click();
  await expectToast(page, "Cem Finance was saved");
  await expect(question).toHaveCount(0);

  // Other rights take another sign-in, and then they hold.
  await other.goto("/settings/access");
  await expect(other).toHaveURL(/\/sign-in$/);
  await signIn(other, { ...OWNER, email: invitation.email, password: "another good password" });
  await other.goto("/settings/access");
  await expect(other.getByRole("heading", { name: "Access", level: 2 })).toHaveCount(0);

  await page.getByRole("button", { name: "Cem Finance" }).click();
  await page.getByRole("button", { name: "Suspend" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Suspend" }).click();
  await expectToast(page, "Cem Finance is kept out");
  await other.goto("/budget");
  await expect(other).toHaveURL(/\/sign-in$/);
  await other.context().close();
});

test("another password ends the other sessions and leaves this one", async ({ page, browser }) => {
  await signIn(page);
  const email = `dana-${Date.now()}@example.test`;
  const invitation = { name: "Dana Auditor", email, roles: ["auditor"] };
  const { link } = await apiOf(page).post<{ link: string }>("invitations", invitation);
  const one = await (await browser.newContext()).newPage();
  await one.goto(new URL(link).pathname);
  await one.getByLabel("Password").fill("another good password");
  await one.getByRole("button", { name: "Join" }).click();
  await expect(one.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();
  const two = await (await browser.newContext()).newPage();
  await signIn(two, { ...OWNER, email, password: "another good password" });

  await one.goto("/settings/account");
  await one.getByLabel("Present password").fill("another good password");
  await one.getByLabel("New password").fill("1qaz2wsx3edc");
  await one.getByRole("button", { name: "Change the password" }).click();
  await expect(one.getByText("This is among the first that would be guessed. Use another.")).toBeVisible();
  await one.getByLabel("New password").fill("quite another password");
  await one.getByRole("button", { name: "Change the password" }).click();
  await expectToast(one, "Your password was changed");
  await one.goto("/settings/sessions");
  await expect(one.getByRole("table", { name: "Your sessions" }).getByRole("row")).toHaveCount(2);
  await two.goto("/budget");
  await expect(two).toHaveURL(/\/sign-in$/);
  await one.context().close();
  await two.context().close();
});

test("whoever belongs to two organizations sees nothing of the one in the other", async ({ page }) => {
  await signIn(page);
  const api = apiOf(page);
  const real = await api.get<{ id: string; name: string }>("organization");
  await api.put("demo-data", {});
  await page.goto("/people");
  await expect(page.getByRole("table").first()).toBeVisible();
  const demo = await api.get<{ name: string }>("organization");
  await page.getByRole("button", { name: /Switch organization/ }).click();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByRole("menuitemradio", { name: real.name }).click();
  await expect(page).toHaveURL(/\/budget/);
  await expect(page.getByRole("button", { name: /Switch organization/ })).toContainText(real.name);
  // The page is loaded whole, so what was read for the one is gone from the browser's memory.
  expect(asked.some((url) => new URL(url).pathname === "/budget")).toBe(true);
  await page.goto("/people");
  await expect(page.getByText(demo.name)).toHaveCount(0);
});
