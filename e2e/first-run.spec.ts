import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

import { apiOf, expectAccessible, ORGANIZATION, OWNER, ownOrigin } from "./support";

test.describe.configure({ mode: "serial" });

test("sets up the books once, from the first page on", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/setup$/);
  await expectAccessible(page, "setup");
  await page.getByLabel("Organization").fill(ORGANIZATION);
  await page.getByLabel("First month of the books").fill("jan 2026");
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByLabel("Empty books").check();
  await page.getByRole("button", { name: "Create the books" }).click();

  await expect(page.getByRole("heading", { name: "No cost yet" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Add a contract" })).toBeVisible();
  // With nothing entered yet, every page says what belongs there.
  for (const path of ["/budget", "/seats", "/invoices", "/people", "/api-accounts"]) {
    await page.goto(path);
    await expectAccessible(page, `${path}, empty`);
  }

  // Nobody sets up a second time.
  await page.goto("/setup");
  await expect(page).not.toHaveURL(/\/setup$/);
  const again = await page.request.post("/api/v1/setup", {
    data: JSON.parse(readFileSync("e2e/setup.json", "utf8")),
    headers: ownOrigin(),
  });
  expect(again.status()).toBe(409);
});

test("refuses a wrong password and an unknown account alike", async ({ page }) => {
  const answers: string[] = [];
  for (const email of [OWNER.email, "nobody@example.test"]) {
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    answers.push((await page.getByText("E-mail or password is wrong.").first().textContent()) ?? "");
  }
  expect(answers[0]).toBe(answers[1]);
});

test("opens demo data apart from the books and removes it without a trace", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Look around in demo data" }).click();
  await page.getByRole("button", { name: "Look around in demo data" }).click();

  await expect(page.getByText("These are made-up books to look around in.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "Developer leverage" })).toBeVisible();
  const { get } = apiOf(page);
  const budget = await get<{ lines: { total: { actual: { minor: number } } }[] }>(
    "budget?from=2020-01&to=2029-12",
  );
  for (const line of budget.lines.slice(0, 2)) expect(line.total.actual.minor).toBeGreaterThan(100_000);

  await page.getByRole("link", { name: "Remove them" }).click();
  await page.getByRole("button", { name: "Remove demo data" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove demo data" }).click();
  await expect(page.getByRole("heading", { name: "No cost yet" })).toBeVisible();
  const { name } = await get<{ name: string }>("organization");
  expect(name).toBe(ORGANIZATION);
});
