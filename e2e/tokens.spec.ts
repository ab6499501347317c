import { expect, request, test } from "@playwright/test";

import { anOwner, apiOf, expectAccessible, expectToast } from "./support";

test("a program reads the books with a token that somebody made, until they end it", async ({
  browser,
  baseURL,
}) => {
  const page = await anOwner(browser, "Tess Token");
  await page.goto("/settings/tokens");
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Make a token" }).first().click();
  const sheet = page.getByRole("dialog", { name: "Make a token" });
  await sheet.getByLabel("Name").fill("Nightly budget");
  await sheet.getByRole("button", { name: "Make the token" }).click();
  const field = sheet.getByLabel("Token Nightly budget");
  await expect(field).toHaveValue(/^\S{40,}$/);
  await expectAccessible(page, "token");
  const token = await field.inputValue();

  // A program has no cookie of the browser's, and its token stands in no address.
  const program = await request.newContext({
    baseURL: baseURL ?? "",
    extraHTTPHeaders: { Authorization: `Bearer ${token}` },
  });
  const read = () => program.get("/api/v1/organization");
  const books = await apiOf(page).get<{ name: string }>("organization");
  expect(await (await read()).json()).toMatchObject({ name: books.name });
  const entered = await program.post("/api/v1/teams", { data: { name: "Robots", code: "ROBOT" } });
  expect(entered.status()).toBe(403);

  // It is shown once: the page knows its last signs alone.
  await page.goto("/settings/tokens");
  const row = page.getByRole("row", { name: /Nightly budget/ });
  await expect(row.getByText(`…${token.slice(-4)}`)).toBeVisible();
  expect(await page.content()).not.toContain(token);

  await row.getByRole("button", { name: "End Nightly budget" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End the token" }).click();
  await expectToast(page, "Nightly budget no longer works");
  expect((await read()).status()).toBe(401);
  await program.dispose();
  await page.context().close();
});
