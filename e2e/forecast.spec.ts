import { expect, test } from "@playwright/test";

import { apiOf, expectAccessible, signIn } from "./support";

/** Somebody plans: where does this year land, why, and what is the most that can be billed? */
test("the year ahead, from the budget page to how each contract is told", async ({ page }) => {
  await signIn(page);
  await apiOf(page).put("demo-data", {});
  await page.goto("/budget");
  await expect(page.getByText(/^Lands at [\d,.]+/).first()).toBeVisible();

  await page.getByLabel("Period").selectOption("fiscal_year");
  await expect(page).toHaveURL(/period=fiscal_year/);
  const table = page.getByRole("table", { name: /Budget lines by month/ });
  await expect(table.getByRole("columnheader", { name: "Lands at" })).toBeVisible();
  await expect(table.getByRole("columnheader")).toHaveCount(15);
  await page.getByLabel("And by").selectOption("billing_model");
  await expect(table.getByRole("rowheader", { name: "Anthropic, Flat" }).first()).toBeVisible();
  await expectAccessible(page, "the fiscal year");

  // A row of two groupings opens exactly its own entries.
  const row = table.getByRole("row", { name: /Anthropic, Flat/ }).first();
  await row.getByRole("button").last().click();
  const sheet = page.getByRole("dialog", { name: /Anthropic, Flat/ });
  await expect(sheet.getByRole("table")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Forecast", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Forecast", level: 1 })).toBeVisible();
  await expect(page.getByText(/^The fiscal year lands at/)).toBeVisible();
  await expect(page.getByRole("table", { name: /The most that each provider can bill/ })).toBeVisible();
  const contracts = page.getByRole("table", { name: /The forecast of each contract/ });
  await expect(contracts.getByText(/^Exact: the charges/).first()).toBeVisible();
  await expectAccessible(page, "the forecast");
});
