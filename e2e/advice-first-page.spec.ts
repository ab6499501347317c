import { expect, test } from "@playwright/test";

import { anOwner } from "./support";

test("the first page says what changed, what is worth most money and what is missing, and leads to each", async ({
  browser,
}) => {
  const page = await anOwner(browser, "Minute Reader");
  await page.goto("/budget");
  const short = page.getByRole("region", { name: "In short" });
  await expect(short.getByRole("heading", { name: /^What changed in \w+ \d{4}$/ })).toBeVisible();
  await expect(short.getByText(/^Product running is (up|down) [\d,.]+\sUSD on /)).toBeVisible();
  await expect(short.getByRole("heading", { name: /^Missing for \w+ \d{4}$/ })).toBeVisible();

  const worth = short.locator("li", { hasText: /a month (at stake|to save)$/ });
  await expect(worth).toHaveCount(3);
  const amounts = await worth
    .locator("data")
    .evaluateAll((all) => all.map((one) => Number(one.getAttribute("value"))));
  expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
  const address = await worth.first().getByRole("link").getAttribute("href");
  await worth.first().getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(String(address).split("?")[0] ?? "-"));
  await expect(page.getByRole("dialog")).toBeVisible();

  await page.goto("/budget");
  await short.getByRole("link", { name: "Why product running changed" }).click();
  await expect(page.getByRole("dialog", { name: "What changed in product running" })).toBeVisible();
});
