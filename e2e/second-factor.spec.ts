import { expect, type Page, test } from "@playwright/test";
import { generateSync } from "otplib";

import { anOwner, apiOf, expectAccessible, expectToast, ownOrigin, watched } from "./support";

const PASSWORD = "yet another good password";

/** What an authenticator app shows, now or so many half minutes later. */
const codeOf = (secret: string, later = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1_000) + later * 30 });

test("somebody sets up a second factor, signs in with it, and with a recovery code", async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await anOwner(browser, "Tess Factor");
  const { email } = await apiOf(page).get<{ email: string }>("account");
  await page.goto("/settings/account");
  const { secret, codes } = await setsUp(page);
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();
  await expectAccessible(page, "account with a second factor");

  const faults = await watched(page);
  await signsIn(page, email);
  await expectAccessible(page, "code asked");
  expect(faults()).toEqual([]);
  await page.getByLabel("Code").fill("12345");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("This code is wrong, or was used before.")).toBeVisible();
  // The books are not open before.
  await page.goto("/budget");
  await expect(page).toHaveURL(/\/second-factor$/);
  await page.getByLabel("Code").fill(codeOf(secret, 1));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();

  await signsIn(page, email);
  await page.getByLabel("Code").fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();
  await page.goto("/settings/account");
  await expect(page.getByText("9 recovery codes are left.")).toBeVisible();

  await page.getByRole("button", { name: "New recovery codes" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: /^([a-z2-7]{4}-){3}/ })).toHaveCount(10);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expectToast(page, "Your second factor was removed");
  await expect(page.getByRole("button", { name: "Set up" })).toBeVisible();
});

test("an owner asks for a second factor of owners, and is the first to set one up", async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await anOwner(browser, "Rhea Required");
  await page.goto("/settings/sign-in");
  await page.getByRole("group", { name: "Asked of" }).getByLabel("Owner").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
  await page.goto("/invoices");
  await expect(page).toHaveURL(/\/second-factor$/);
  await expectAccessible(page, "set-up asked");
  await setsUp(page);
  await expect(page.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();
  await page.goto("/settings/account");
  await expect(page.getByText("Your organization asks for it of your role")).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove" })).toHaveCount(0);
});

/** Takes the secret in, types its first code, and keeps the recovery codes. */
async function setsUp(page: Page): Promise<{ secret: string; codes: readonly string[] }> {
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("img", { name: "QR code of the secret below" })).toBeVisible();
  await expectAccessible(page, "secret shown");
  const secret = (await page.getByLabel("Or type the secret").inputValue()).replaceAll(" ", "");
  await page.getByLabel("First code").fill(codeOf(secret));
  await page.getByRole("button", { name: "Turn on" }).click();
  const list = page.getByRole("listitem").filter({ hasText: /^([a-z2-7]{4}-){3}[a-z2-7]{4}$/ });
  await expect(list).toHaveCount(10);
  await expectAccessible(page, "recovery codes shown");
  const codes = await list.allTextContents();
  await page.getByRole("button", { name: "I have kept them" }).click();
  return { secret, codes };
}

/** Signs out, and in again by the password, up to the question for a code. */
async function signsIn(page: Page, email: string): Promise<void> {
  expect((await page.request.delete("/api/v1/session", { headers: ownOrigin() })).status()).toBe(204);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Second factor" })).toBeVisible();
}
