import { expect, test } from "@playwright/test";

import { anOwner, expectAccessible } from "./support";

/** Somebody asks: are we paying for the right plans? */
test("break-even, from the saving to the tokens and entries behind it", async ({ browser }) => {
  const page = await anOwner(browser, "Bea Break-even");
  await page.getByRole("link", { name: "Advice", exact: true }).click();
  await expect(page).toHaveURL(/\/advice\/break-even/);
  await expect(page.getByText("a month could be saved")).toBeVisible();
  const table = page.getByRole("table", { name: /Seats beside what their use would have cost/ });
  const row = table.getByRole("row", { name: /Jonas Lindqvist ?, Anthropic/ });
  await expect(row).toContainText("Downgrade");
  await expect(row).toContainText("Claude Max");
  await expect(row).toContainText("25.00");

  await row.getByRole("button", { name: /Jonas Lindqvist/ }).click();
  await expect(page).toHaveURL(/who=members/);
  const sheet = page.getByRole("dialog", { name: "Jonas Lindqvist" });
  await expect(
    sheet.getByRole("img", { name: /API-equivalent by month and the price of the seats/ }),
  ).toBeVisible();
  await expect(sheet.getByRole("table", { name: /use beside every plan/ }).getByRole("row")).toHaveCount(6);
  await expect(sheet.getByRole("table", { name: /tokens by model and kind/ })).toContainText("cache reads");
  await expectAccessible(page, "break-even of one person");

  // Each amount opens what it is made of.
  await sheet
    .getByRole("button", { name: /rows of the API-equivalent/ })
    .first()
    .click();
  const rows = page.getByRole("dialog", { name: /Jonas Lindqvist ?, Anthropic/ });
  await expect(rows.getByRole("table")).toContainText("claude-opus-4-5");
  await page.keyboard.press("Escape");
  await sheet
    .getByRole("button", { name: /entries of the seats/ })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: /Seats of Jonas/ }).getByRole("table")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await page.getByText("Subscriptions", { exact: true }).click();
  await expect(page).toHaveURL(/by=subscriptions/);
  await page.getByRole("button", { name: /Claude Team ?, Anthropic/ }).click();
  await expect(page.getByRole("dialog", { name: "Claude Team" })).toContainText("10 seats");
});
