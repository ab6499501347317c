import { expect, test } from "@playwright/test";

import { apiOf, expectAccessible, signIn } from "./support";

const PAGES = [
  "/budget",
  "/budget?period=fiscal_year&by=team,service_provider",
  "/budget/forecast",
  "/budget/plan",
  "/budget/plan?alerts=1",
  "/seats",
  "/seats?subscription=new",
  "/invoices",
  "/invoices?invoice=new",
  "/reconciliation",
  "/usage",
  "/usage?import=1",
  "/advice/break-even",
  "/advice/break-even?by=subscriptions",
  "/people",
  "/api-accounts",
  "/api-accounts?account=new",
  "/closing",
  "/credits",
  "/credits?credit=new",
  "/settings/organization",
  "/settings/catalogue",
  "/settings/products",
  "/settings/model-prices",
  "/settings/exchange-rates",
  "/settings/audit",
  "/settings/messages",
  "/settings/webhooks",
  "/settings/webhooks?webhook=new",
  "/settings/access",
  "/settings/access?user=new",
  "/settings/sessions",
  "/settings/tokens",
  "/settings/demo-data",
  "/settings/appearance",
  "/api/docs",
];

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on any page, with demo data, ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const page = await (await browser.newContext({ colorScheme, reducedMotion: "reduce" })).newPage();
    await signIn(page);
    await apiOf(page).put("demo-data", {});
    for (const path of PAGES) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      await expectAccessible(page, path);
    }
    // The sheets that open on what is there.
    await page.goto("/budget");
    await page
      .getByRole("button", { name: /entries of Developer leverage/ })
      .first()
      .click();
    await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
    await expectAccessible(page, "entries");
    await page.goto("/invoices");
    await page.getByRole("table", { name: "Invoices", exact: true }).getByRole("button").first().click();
    await expect(page.getByRole("dialog").getByRole("heading", { name: "Files" })).toBeVisible();
    await expectAccessible(page, "invoice");
    await page.goto("/seats");
    await page.getByRole("button", { name: "Anthropic · Claude Team" }).click();
    await expect(page.getByRole("dialog").getByRole("heading", { name: "Holders" })).toBeVisible();
    await expectAccessible(page, "contract");
  });
}

test("axe finds nothing on the pages before signing in", async ({ page }) => {
  for (const path of ["/sign-in", "/join/not-a-token", "/nowhere"]) {
    await page.goto(path);
    await expectAccessible(page, path);
  }
});

test("no page is wider than a phone, light and dark", async ({ browser }) => {
  test.setTimeout(240_000);
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  const page = await context.newPage();
  await signIn(page);
  await apiOf(page).put("demo-data", {});
  for (const path of PAGES) {
    await page.goto(path);
    const over = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(over, path).toBe(0);
  }
});
