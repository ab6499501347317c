import { expect, type Page, test } from "@playwright/test";

import { apiOf, expectToast, press, signIn } from "./support";

const MONTH = new Date().toISOString().slice(0, 7);

test.beforeEach(async ({ page }) => {
  await signIn(page);
  await apiOf(page).put("demo-data", {});
});

/** What a spreadsheet puts on the clipboard. */
async function pasteBlock(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((block) => navigator.clipboard.writeText(block), text);
  await press(page, "Control+v");
}

test("a taken number is refused at its field with the way to the other, and loses nothing typed", async ({
  page,
}) => {
  await page.goto(`/invoices?month=${MONTH}`);
  const table = page.getByRole("table", { name: "Invoices", exact: true });
  const taken = (await table.getByRole("button").first().textContent()) ?? "";
  const provider = (await table.getByRole("row").nth(1).getByRole("cell").first().textContent()) ?? "";
  await page.getByRole("button", { name: "Enter invoice" }).click();
  const sheet = page.getByRole("dialog", { name: "Enter invoice" });
  await sheet.getByLabel("Provider").fill(provider);
  await press(page, "Enter");
  await sheet.getByLabel("Invoice number").fill(taken);
  await sheet.getByLabel("Issued on").fill(`${MONTH}-03`);
  await sheet.getByLabel("Description, line 1").fill("Training");
  await sheet.getByLabel("Period, line 1").fill(MONTH);
  await sheet.getByLabel("Amount, line 1").fill("300");
  await press(page, "Control+Enter");

  await expect(sheet.getByText("already entered for this provider").first()).toBeVisible();
  await expect(sheet.getByLabel("Invoice number")).toHaveAttribute("aria-invalid", "true");
  await expect(sheet.getByLabel("Amount, line 1")).toHaveValue("300.00");
  const link = sheet.getByRole("link", { name: "Open the one that is there" });
  expect(await link.getAttribute("href")).toMatch(/^\/invoices\?invoice=[0-9a-f-]{36}$/);

  // The laptop dies: the draft is on the server, and whoever opens it goes on.
  await expect(sheet.getByText("Draft kept")).toBeVisible();
  await page.goto(`/invoices?month=${MONTH}`);
  await page
    .getByRole("button", { name: `Continue Invoice ${taken}` })
    .first()
    .click();
  await expect(sheet.getByLabel("Description, line 1")).toHaveValue("Training");
  const number = `NEW-${Date.now()}`;
  await sheet.getByLabel("Invoice number").fill(number);
  await sheet.getByRole("button", { name: "Enter invoice" }).click();
  await expectToast(page, `Invoice ${number} was entered`);
  await expect(page.getByRole("button", { name: `Continue Invoice ${taken}` })).toHaveCount(0);
});

test("a block of a spreadsheet becomes the lines of an invoice", async ({ page }) => {
  await page.goto(`/invoices?month=${MONTH}&invoice=new`);
  const sheet = page.getByRole("dialog", { name: "Enter invoice" });
  await sheet.getByLabel("Description, line 1").focus();
  await pasteBlock(
    page,
    `Description\tPeriod\tAmount\nprod-checkout\t${MONTH}\t1,240.11\nSales tax\t\t102.31`,
  );
  await expect(sheet.getByText("2 lines were understood.")).toBeVisible();
  await expect(sheet.getByLabel("For, line 1", { exact: true })).toHaveValue("prod-checkout");
  await expect(sheet.getByLabel("Amount, line 1")).toHaveValue("1,240.11");
  await expect(sheet.getByLabel("Category, line 2")).toHaveValue("tax");
  await expect(sheet.getByText("Lines come to 1,342.42 USD")).toBeVisible();
});

test("a pasted column of names becomes holders, unknown ones too", async ({ page }) => {
  await page.goto(`/seats?month=${MONTH}&subscription=new`);
  const sheet = page.getByRole("dialog", { name: "Add contract" });
  await sheet.getByLabel("Plan", { exact: true }).fill("Copilot Business");
  await press(page, "Enter");
  await sheet.getByLabel("Name of the contract").fill(`Pasted ${Date.now()}`);
  await sheet.getByLabel("Seats", { exact: true }).fill("3");
  const stranger = `New Person ${Date.now()}`;
  await sheet.getByRole("combobox", { name: "Holder 1" }).focus();
  await pasteBlock(page, `Name\nmei tanaka\nNoor Haddad\n${stranger}`);
  await expect(sheet.getByText(`Nobody is called ${stranger}.`)).toBeVisible();
  await sheet.getByRole("button", { name: "Add this member" }).click();
  await expect(sheet.getByRole("combobox", { name: "Holder 3" })).toHaveValue(stranger);
  await expect(sheet.getByRole("combobox", { name: "Holder 1" })).toHaveValue("Mei Tanaka");
  await press(page, "Control+Enter");
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("row", { name: /Pasted/ }).first()).toContainText("3");
});

test("leaving with something typed asks, and leaving without does not", async ({ page }) => {
  await page.goto("/api-accounts?account=new");
  const sheet = page.getByRole("dialog", { name: "Add API account" });
  await expect(sheet).toBeVisible();
  await press(page, "Escape");
  await expect(sheet).toBeHidden();

  await page.getByRole("button", { name: "Add account" }).click();
  await sheet.getByLabel("Name").fill("half a name");
  await press(page, "Escape");
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(sheet.getByLabel("Name")).toHaveValue("half a name");
});

test("classifying what is unclassified moves it into its line", async ({ page }) => {
  const previous = new Date(`${MONTH}-01T00:00:00Z`);
  previous.setUTCMonth(previous.getUTCMonth() - 1);
  const month = previous.toISOString().slice(0, 7);
  await page.goto(`/budget?month=${month}`);
  await page.getByRole("link", { name: "Classify" }).click();
  const sheet = page.getByRole("dialog", { name: "trial-agents" });
  await sheet.getByRole("combobox", { name: "Counts as" }).selectOption("Developer leverage");
  await sheet.getByRole("button", { name: "Classify" }).click();
  await expectToast(page, "trial-agents was classified");
  await page.goto(`/budget?month=${month}`);
  await expect(page.getByRole("region", { name: "Developer leverage", exact: true })).toBeVisible();
  await expect(page.getByText("unclassified", { exact: false }).filter({ hasText: "USD" })).toHaveCount(0);
});
