import { type Browser, type BrowserContextOptions, expect, type Page, test } from "@playwright/test";

import { ENTRY_PAGES, PAGES } from "./pages";
import { apiOf, expectAccessible, signIn } from "./support";

/** So many pages in one test that a busy machine does not keep it from its end. */
const AT_ONCE = 12;
const parts = Array.from({ length: Math.ceil(PAGES.length / AT_ONCE) }, (_, part) =>
  PAGES.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
);

async function demoPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await signIn(page);
  await apiOf(page).put("demo-data", {});
  return page;
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const [part, pages] of parts.entries()) {
    test(`axe finds nothing on any page, with demo data, ${colorScheme}, part ${part + 1}`, async ({
      browser,
    }) => {
      test.setTimeout(240_000);
      const page = await demoPage(browser, { colorScheme, reducedMotion: "reduce" });
      for (const path of pages) {
        await page.goto(path);
        await page.waitForLoadState("networkidle");
        await expectAccessible(page, path);
      }
    });
  }

  test(`axe finds nothing on the sheets that open on what is there, ${colorScheme}`, async ({ browser }) => {
    const page = await demoPage(browser, { colorScheme, reducedMotion: "reduce" });
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
  const viewport = { width: 390, height: 844 };
  const page = await demoPage(browser, { viewport, isMobile: true, hasTouch: true });
  for (const path of PAGES) {
    await page.goto(path);
    const over = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(over, path).toBe(0);
  }
});
