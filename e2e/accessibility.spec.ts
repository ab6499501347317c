import { expect, test } from "@playwright/test";

import { ENTRY_PAGES, PAGES } from "./pages";
import { apiOf, expectAccessible, signIn } from "./support";

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
  for (const path of ENTRY_PAGES) {
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
