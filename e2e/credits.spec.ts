import { expect, type Page, test } from "@playwright/test";

import { apiOf, expectAccessible, expectToast, press, signIn, usd } from "./support";

// What finance does with prepaid credit, a provider's tax and the rates of the European Central Bank.

const DAY = "2026-02-03";

test.beforeEach(async ({ page }) => signIn(page));

/** A provider of which credit was bought in February, and nothing used yet. */
async function bought(page: Page, name: string) {
  const api = apiOf(page);
  const { id } = await api.post("service-providers", { name });
  const account = await api.post("api-accounts", {
    name: `${name} org`,
    serviceProviderId: id,
    kind: "organization",
  });
  await api.post("invoices", {
    number: `${name}-1`,
    serviceProviderId: id,
    issueDate: DAY,
    billedCost: usd(100_000),
    charges: [
      {
        chargeCategory: "purchase",
        description: "Prepaid credit",
        chargePeriod: { start: DAY, end: "2026-02-04" },
        billedCost: usd(100_000),
        apiAccountId: account.id,
      },
    ],
  });
  return id;
}

const february = async (page: Page, serviceProviderId: string) =>
  (
    await apiOf(page).get<{ total: { minor: number } }>(
      `ledger?month=2026-02&serviceProviderId=${serviceProviderId}`,
    )
  ).total.minor;

test("credit that was bought is entered, is no cost until it is used, and is voided again", async ({
  page,
}) => {
  const name = `Prepaid ${Date.now()}`;
  const providerId = await bought(page, name);
  expect(await february(page, providerId)).toBe(100_000);

  await page.goto("/api-accounts");
  await page.getByRole("link", { name: "Credits" }).click();
  await page.getByRole("button", { name: "Add credit" }).click();
  const sheet = page.getByRole("dialog", { name: "Add credit" });
  await sheet.getByLabel("Provider").fill(name);
  await press(page, "Enter");
  await sheet.getByLabel("Amount").fill("1000");
  await sheet.getByLabel("Begins on").fill("3 feb 2026");
  await sheet.getByLabel("Bought by").fill("Prepaid");
  await press(page, "Enter");
  await press(page, "Control+Enter");
  await expectToast(page, "The credit was added");
  expect(await february(page, providerId)).toBe(0);
  await expectAccessible(page, "a credit");
  await press(page, "Escape");
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("1,000.00 USD of 1,000.00");

  await row.getByRole("button").click();
  await page.getByRole("dialog", { name }).getByRole("button", { name: "Void credit" }).click();
  const asking = page.getByRole("dialog", { name: "Void this credit?" });
  await asking.getByLabel("Reason").fill("never came");
  await asking.getByRole("button", { name: "Void credit" }).click();
  await expectToast(page, "The credit was voided");
  expect(await february(page, providerId)).toBe(100_000);
});

test("the bank's file is looked at before its rates are added, and adds nothing twice", async ({ page }) => {
  const file = {
    name: "eurofxref-hist.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Date,USD,CHF,\n2026-02-03,1.1801,0.9202,\n2026-02-02,1.1790,0.9198,\n"),
  };
  await page.goto("/settings/exchange-rates");
  await page.getByRole("button", { name: "Take rates of the ECB" }).click();
  const sheet = page.getByRole("dialog", { name: "Rates of the European Central Bank" });
  await sheet.getByLabel("One more currency").fill("CHF");
  await press(page, "Enter");
  await sheet.locator("input[type=file]").first().setInputFiles(file);
  await expect(sheet.getByRole("row", { name: /CHF to USD/ })).toContainText("2");
  await expectAccessible(page, "rates of the bank");
  await sheet.getByRole("button", { name: /^Add \d+ rates?$/ }).click();
  // 1.1801 / 0.9202 = 1.28243860030428...
  await expect(page.getByRole("row", { name: /1 CHF = 1\.282438600304 USD/ })).toContainText(
    "European Central Bank",
  );

  await page.getByRole("button", { name: "Take rates of the ECB" }).click();
  await sheet.locator("input[type=file]").first().setInputFiles(file);
  await expect(sheet.getByRole("row", { name: /CHF to USD/ })).toContainText("nothing new");
  await expect(sheet.getByRole("button", { name: "Add rates" })).toBeDisabled();
});

test("an invoice is begun with its provider's usual tax, which the buyer owes under reverse charge", async ({
  page,
}) => {
  const name = `Taxed ${Date.now()}`;
  await apiOf(page).post("service-providers", { name });
  await page.goto("/settings/catalogue");
  await page.getByRole("button", { name, exact: true }).click();
  const provider = page.getByRole("dialog");
  await provider.getByLabel("Treatment").selectOption("Reverse charge");
  await provider.getByLabel("Rate, %").fill("21");
  await provider.getByLabel("Recoverable, %").fill("62");
  await provider.getByRole("button", { name: "Save", exact: true }).click();
  await expectToast(page, `${name} was saved`);

  await page.goto("/invoices?invoice=new");
  const sheet = page.getByRole("dialog", { name: "Enter invoice" });
  await sheet.getByLabel("Provider").fill(name);
  await press(page, "Enter");
  await sheet.getByLabel("Amount, line 1").fill("1000");
  await press(page, "Tab");
  await sheet.getByRole("button", { name: "Add reverse charge 21 %" }).click();
  await expect(sheet.getByLabel("Amount, line 2")).toHaveValue("210.00");
  await expect(sheet.getByText("Lines come to 1,000.00 USD")).toBeVisible();
});
