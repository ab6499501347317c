import { expect, type Page, test } from "@playwright/test";

import { apiOf, csvRows, expectToast, press, signIn } from "./support";

/**
 * A lead's month as a person does it, in made-up books beside the real ones: a contract with three holders and an
 * invoice of five lines, by keyboard alone; then the lines, the rows behind a number and the report.
 */
test("a lead's month, by keyboard, from the seats to the report", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page);
  const api = apiOf(page);
  const month = new Date().toISOString().slice(0, 7);
  await api.put("demo-data", {});
  const before = await linesOf(page, month);

  await page.goto(`/seats?month=${month}`);
  await addContractByKeyboard(page);
  const withSeats = await linesOf(page, month);
  // Three seats of 50.00 from the month's first day: estimated until an invoice comes.
  expect(withSeats.leverage - before.leverage).toBe(15_000);
  expect(withSeats.product).toBe(before.product);

  await page.goto(`/invoices?month=${month}`);
  await enterInvoiceByKeyboard(page, month);
  const after = await linesOf(page, month);
  expect(after.leverage - withSeats.leverage).toBe(1_000);
  expect(after.product - withSeats.product).toBe(40_000);

  await page.goto(`/budget?month=${month}`);
  await openRowsByKeyboard(page);
  await expectReport(page, month, after);
  await api.delete("demo-data");
});

async function linesOf(page: Page, month: string) {
  type Line = { purpose: string; total: { actual: { minor: number } } };
  const { lines } = await apiOf(page).get<{ lines: Line[] }>(`budget?from=${month}&to=${month}`);
  const of = (purpose: string) => lines.find((line) => line.purpose === purpose)?.total.actual.minor ?? 0;
  return { leverage: of("developer_leverage"), product: of("product_running") };
}

/** No mouse: the command palette, then Tab, Enter and what is typed. */
async function addContractByKeyboard(page: Page) {
  await press(page, "Control+k");
  await page.keyboard.type("add contract");
  await expect(page.getByRole("option", { name: "Add contract" })).toBeVisible();
  await press(page, "Enter");
  const sheet = page.getByRole("dialog", { name: "Add contract" });
  await expect(sheet.getByLabel("Plan", { exact: true })).toBeFocused();
  await page.keyboard.type("Cursor Pro+");
  await press(page, "Enter", "Tab");
  await page.keyboard.type("Pair seats");
  await expect(sheet.getByLabel("Name of the contract")).toHaveValue("Pair seats");
  await press(page, "Tab", "Tab", "Tab");
  await expect(sheet.getByLabel("Seats", { exact: true })).toBeFocused();
  await page.keyboard.type("3");
  await press(page, "Tab");
  await page.keyboard.type("50");
  await press(page, "Tab", "Tab");
  for (const [index, name] of ["Amara Okafor", "Lena Fischer", "Priya Raman"].entries()) {
    await expect(sheet.getByRole("combobox", { name: `Holder ${index + 1}` })).toBeFocused();
    await page.keyboard.type(name);
    await press(page, "Enter");
  }
  await expect(sheet.getByRole("combobox", { name: "Holder 4" })).toBeFocused();
  await press(page, "Control+Enter");
  await expectToast(page, "Pair seats was added");
  await expect(sheet).toBeHidden();
}

async function enterInvoiceByKeyboard(page: Page, month: string) {
  await press(page, "Control+k");
  await page.keyboard.type("enter invoice");
  await expect(page.getByRole("option", { name: "Enter invoice" })).toBeVisible();
  await press(page, "Enter");
  const sheet = page.getByRole("dialog", { name: "Enter invoice" });
  await expect(sheet.getByLabel("Provider")).toBeFocused();
  await page.keyboard.type("Anthropic");
  await press(page, "Enter", "Tab");
  await page.keyboard.type("E2E-5");
  await press(page, "Tab");
  await page.keyboard.type(`${month}-02`);
  await press(page, "Tab");
  await page.keyboard.type("410.00");
  await press(page, "Tab", "Tab", "Tab");
  const lines = [
    ["prod-checkout", "100.00"],
    ["prod-triage", "150.00"],
    ["prod-checkout", "75.00"],
    ["prod-triage", "75.00"],
    ["dev-sandbox", "10.00"],
  ] as const;
  for (const [index, [account, amount]] of lines.entries()) {
    await expect(sheet.getByRole("combobox", { name: `For, line ${index + 1}` })).toBeFocused();
    await page.keyboard.type(account);
    await press(page, "Enter", "Tab", "Tab", "Tab");
    if (index === 0) await page.keyboard.type(month);
    await press(page, "Tab", "Tab");
    await page.keyboard.type(amount);
    if (index < lines.length - 1) await press(page, "Enter");
  }
  await expect(sheet.getByText("Lines come to 410.00 USD")).toBeVisible();
  await press(page, "Control+Enter");
  await expectToast(page, "Invoice E2E-5 was entered");
}

/** The number of the leverage card, opened with Enter, shows what it is made of. */
async function openRowsByKeyboard(page: Page) {
  await page
    .getByRole("region", { name: "Developer leverage", exact: true })
    .getByRole("button", { name: /entries of Developer leverage/ })
    .focus();
  await press(page, "Enter");
  const sheet = page.getByRole("dialog", { name: /^Developer leverage, / });
  await expect(sheet.getByText("Pair seats").first()).toBeVisible();
  await expect(sheet.getByText("dev-sandbox").first()).toBeVisible();
  await press(page, "Escape");
  await expect(sheet).toBeHidden();
}

async function expectReport(page: Page, month: string, lines: { leverage: number; product: number }) {
  const response = await page.request.get(`/api/v1/reports/budget.csv?from=${month}&to=${month}`);
  expect(response.headers()["content-type"]).toContain("text/csv");
  const rows = csvRows(await response.text());
  const sum = (purpose: string) =>
    rows
      .filter((row) => row.purpose === purpose)
      .reduce((total, row) => total + Math.round(Number(row.base_cost) * 100), 0);
  expect({ leverage: sum("developer_leverage"), product: sum("product_running") }).toEqual(lines);
}
