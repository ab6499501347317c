import { expect, test } from "@playwright/test";

import { anOwner, apiOf, expectAccessible, expectToast, press } from "./support";

/** Finance plans next year's budget as in a spreadsheet: pastes it, looks at what it changes, saves and approves it. */
test("a year's budget, from a spreadsheet to the budget page", async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await anOwner(browser, "Fay Planner", { permissions: ["clipboard-read", "clipboard-write"] });
  const { fiscalYearStart } = await apiOf(page).get<{ fiscalYearStart: number }>("organization");
  const today = new Date();
  const begun = today.getUTCMonth() + 1 >= fiscalYearStart ? 0 : -1;
  const year = today.getUTCFullYear() + begun + 1;
  const first = `${year}-${String(fiscalYearStart).padStart(2, "0")}`;

  const name = `Budget ${today.getTime()}`;
  await page.goto("/budget/plan?new=1");
  const form = page.getByRole("dialog", { name: "New version" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Fiscal year").selectOption(first);
  await form.getByRole("button", { name: "Begin planning" }).click();
  const grid = page.getByRole("grid", { name: new RegExp(name) });
  await expect(grid).toBeVisible();
  await expectAccessible(page, "an empty grid");

  const line = ["$1,000.00", "1 000,00", ...Array(10).fill("1000")].join("\t");
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${line}\r\n`);
  await grid.getByRole("gridcell").first().click();
  await press(page, "Control+v");
  await expect(page.getByText("12 cells were pasted.")).toBeVisible();
  const rows = grid.getByRole("row");
  // 12 x 1,000.00.
  await expect(rows.nth(1)).toContainText("12,000.00");

  // A wrong amount says so and stays; Esc leaves the cell as it was; a year's amount is spread over its months.
  await page.keyboard.type("lots");
  await press(page, "Enter");
  await expect(page.getByText("Type an amount, like 1240.11.")).toBeVisible();
  await press(page, "Escape", "End");
  await page.keyboard.type("24000");
  await press(page, "Enter");
  await expect(rows.nth(1)).toContainText("24,000.00");
  await expect(rows.nth(1).getByRole("gridcell").first()).toHaveText("2,000.00");
  await press(page, "Control+z");
  await expect(rows.nth(1)).toContainText("12,000.00");
  await press(page, "ArrowUp", "Home");
  await page.keyboard.type("1500");
  await press(page, "Tab", "ArrowLeft", "Shift+End", "Shift+ArrowLeft", "Control+r");
  // Twelve months of 1,500.00.
  await expect(rows.nth(1)).toContainText("18,000.00");

  await press(page, "Control+Enter");
  const review = page.getByRole("dialog", { name: "What this changes" });
  await expect(review.getByRole("row", { name: /Developer leverage, year/ })).toContainText("+18,000.00");
  await expectAccessible(page, "what a plan changes");
  await review.getByRole("button", { name: "Save" }).click();
  await expectToast(page, "The budget was saved");

  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await page.getByRole("button", { name: "Approve and freeze" }).click();
  await expectToast(page, "The budget is approved");
  await expect(page.getByText(/Approved .* frozen\. Costs are compared with it\./)).toBeVisible();
  await grid.getByRole("gridcell").first().click();
  await page.keyboard.type("1");
  await expect(page.getByText("This cell stays: this budget is approved and frozen.")).toBeVisible();
  await expectAccessible(page, "a frozen grid");

  await page.goto(`/budget?month=${first}`);
  await expect(page.getByText("1,500.00 left").first()).toBeVisible();
  await expect(page.getByText(/of 1,500\.00 budgeted/)).toBeVisible();
  await apiOf(page).delete("demo-data");
  await page.context().close();
});
