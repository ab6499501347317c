import { expect, test } from "@playwright/test";

import { apiOf, expectAccessible, ownOrigin, signIn } from "./support";

test("a colleague joins by a one-time link and loses access at once when it is taken away", async ({
  page,
  browser,
}) => {
  await signIn(page);
  await page.goto("/settings/access");
  await page.getByRole("button", { name: "Invite a colleague" }).click();
  const sheet = page.getByRole("dialog", { name: "Invite a colleague" });
  await sheet.getByLabel("Name").fill("Ben Auditor");
  await sheet.getByLabel("E-mail").fill("ben@example.test");
  await sheet.getByLabel("Member", { exact: true }).uncheck();
  await sheet.getByLabel("Auditor").check();
  await sheet.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await sheet.getByLabel("Link for Ben Auditor").inputValue();

  const other = await (await browser.newContext()).newPage();
  await other.goto(new URL(link).pathname);
  await expectAccessible(other, "join");
  await other.getByLabel("Password").fill("another good password");
  await other.getByRole("button", { name: /^(Join|Open|Create|Accept)/ }).click();
  await expect(other.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();
  // An auditor reads everything and changes nothing.
  expect(
    (
      await apiOf(other).request.post("/api/v1/teams", {
        data: { name: "X", code: "X" },
        headers: ownOrigin(),
      })
    ).status(),
  ).toBe(403);
  await other.goto("/invoices");
  await expect(other.getByRole("heading", { name: "Invoices" })).toBeVisible();
  await expect(other.getByRole("button", { name: "Enter invoice" })).toHaveCount(0);

  // The link worked once.
  const third = await (await browser.newContext()).newPage();
  await third.goto(new URL(link).pathname);
  await expect(third.getByRole("heading", { name: "This link is no longer valid" })).toBeVisible();

  await page.goto("/settings/access");
  await page.getByRole("button", { name: "Ben Auditor" }).click();
  await page.getByRole("button", { name: "Take access away" }).click();
  // Behind the dialog nothing is to be seen, so that the row alone does not tell that it was done.
  const taken = page.waitForResponse((answer) => answer.request().method() !== "GET" && answer.ok());
  await page.getByRole("alertdialog").getByRole("button", { name: "Take access away" }).click();
  await taken;
  await expect(page.getByRole("button", { name: "Ben Auditor" })).toHaveCount(0);
  await other.goto("/budget");
  await expect(other).toHaveURL(/\/sign-in$/);
});
