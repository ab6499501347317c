import { expect, type Page, test } from "@playwright/test";

import { type Api, apiOf, expectAccessible, expectToast, ownOrigin, signIn, usd } from "./support";

const FEBRUARY = { start: "2026-02-01", end: "2026-03-01" };
const unique = Date.now();
const CONTRACT = `Review seats ${unique}`;
const INVOICE = `REV-${unique}`;

/** Four seats at 30.00 for February alone, of which the invoice asks 127.50. */
async function enterOverbilled(api: Api): Promise<void> {
  const provider = await api.post("service-providers", { name: `Reviewers ${unique}`, website: null });
  const plan = await api.post("plans", {
    serviceProviderId: provider.id,
    name: `Review ${unique}`,
    prorationRule: "prorated",
  });
  const team = await api.post("teams", { name: `Review ${unique}`, code: `R${unique}`.slice(-12) });
  const contract = await api.post("subscriptions", {
    name: CONTRACT,
    serviceProviderId: provider.id,
    teamId: team.id,
    billingInterval: "month",
    billingAnchor: FEBRUARY.start,
    terms: [{ planId: plan.id, startsOn: FEBRUARY.start, seats: 4, unitPrice: usd(3_000) }],
  });
  const ended = await api.request.patch(`/api/v1/subscriptions/${contract.id}`, {
    headers: { "If-Match": `"${contract.version}"`, ...ownOrigin() },
    data: { endsOn: FEBRUARY.end },
  });
  expect(ended.status()).toBe(200);
  await api.post("invoices", {
    number: INVOICE,
    serviceProviderId: provider.id,
    issueDate: "2026-02-02",
    billedCost: usd(12_750),
    charges: [
      {
        chargeCategory: "purchase",
        description: "Review seats",
        subscriptionId: contract.id,
        planId: plan.id,
        chargePeriod: FEBRUARY,
        quantity: "4",
        billedCost: usd(12_750),
      },
    ],
  });
}

/** Enters that 130.00 left the account, 2.50 of it for the bank. */
async function enterPayment(page: Page): Promise<void> {
  await page.goto("/invoices?month=2026-02");
  await page.getByRole("button", { name: INVOICE }).click();
  const sheet = page.getByRole("dialog", { name: `Invoice ${INVOICE}` });
  await sheet.getByRole("button", { name: "Enter a payment" }).click();
  await sheet.getByLabel("Paid in USD").fill("130");
  await sheet.getByLabel("Bank fee in it").fill("2.50");
  await sheet.getByRole("button", { name: "Save" }).click();
  const paid = sheet.getByRole("table", { name: "Payments in USD" });
  await expect(paid.getByRole("cell", { name: "130.00" })).toBeVisible();
  await expect(sheet.getByText(`entered what was paid for invoice ${INVOICE}`)).toBeVisible();
  await expectAccessible(page, "payments");
  await page.keyboard.press("Escape");
}

test("finance explains a difference, and the trail says so", async ({ page }) => {
  await signIn(page);
  await enterOverbilled(apiOf(page));
  await enterPayment(page);

  await page.getByRole("link", { name: "Reconcile" }).click();
  await expect(page.getByRole("heading", { name: "Reconciliation", level: 1 })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: CONTRACT });
  await expect(row).toContainText("Bank fee +2.50");
  await expect(row).toContainText("Unexplained +7.50");
  await expect(row).toContainText("to explain");
  await expect(page.getByText(/\d+ differences? to explain/)).toBeVisible();

  await row.getByRole("button", { name: CONTRACT }).click();
  const sheet = page.getByRole("dialog", { name: CONTRACT });
  await expect(sheet.getByRole("table", { name: "Expected, from the seat ledger" })).toContainText("120.00");
  await expect(sheet.getByRole("table", { name: "Billed, from invoices" })).toContainText("127.50");
  await expect(sheet.getByRole("table", { name: "Paid, for whole invoices" })).toContainText("130.00");
  await sheet.getByLabel("What it is").selectOption("Price change");
  await sheet.getByRole("textbox", { name: "Why" }).fill("Price went up; the provider wrote in January");
  await sheet.getByRole("button", { name: "Explain" }).click();
  await expectToast(page, "The difference was explained");
  await expect(sheet.getByText("price change: Price went up")).toBeVisible();
  await expect(sheet.getByText(`explained a difference of ${CONTRACT}`)).toBeVisible();
  await expectAccessible(page, "explained");
  await page.reload();
  await expect(sheet.getByRole("button", { name: "Take back" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(row).not.toContainText("to explain");

  await page.goto("/settings/audit");
  const trail = page.getByRole("table", { name: "Audit trail" });
  await trail.getByRole("button", { name: `explained a difference of ${CONTRACT}` }).click();
  await expect(page.getByRole("table", { name: "What changed" })).toContainText("7.50");
  await page.getByRole("button", { name: "Verify the trail" }).click();
  await expect(page.getByText("whole", { exact: true })).toBeVisible();
  await expectAccessible(page, "trail");
});
