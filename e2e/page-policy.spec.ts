import { readdirSync } from "node:fs";
import { expect, type Page, type Response, test } from "@playwright/test";

import { ENTRY_PAGES, PAGES } from "./pages";
import { anOwner, signIn, watched } from "./support";

/** The nonce that a page's policy names, once it is as strict as it has to be. */
function nonceOf(response: Response | null, path: string): string {
  const policy = response?.headers()["content-security-policy"] ?? "";
  const nonce = /script-src 'self' 'nonce-(\w{32})' 'strict-dynamic';/.exec(policy)?.[1] ?? "";
  expect(nonce, `${path}: ${policy}`).not.toBe("");
  expect(policy, path).not.toMatch(/unsafe-(inline|eval)/);
  for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
    expect(policy, path).toContain(rule);
  expect(policy, path).toMatch(/report-uri \/api\//);
  return nonce;
}

/** That the HTML as it was sent has the nonce on each script, and no style in an attribute. */
async function expectSent(response: Response | null, path: string): Promise<string> {
  const nonce = nonceOf(response, path);
  const html = (await response?.text()) ?? "";
  const scripts = html.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length, path).toBeGreaterThan(0);
  expect(
    scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
    path,
  ).toEqual([]);
  expect(html.match(/<[a-z][^>]*\sstyle="[^>]*>/g) ?? [], path).toEqual([]);
  expect(html.match(/<[a-z][^>]*\son\w+="[^>]*>/g) ?? [], path).toEqual([]);
  return nonce;
}

async function expectClean(page: Page, faults: () => string[], path: string): Promise<string> {
  const response = await page.goto(path);
  const nonce = await expectSent(response, path);
  await page.waitForLoadState("networkidle");
  expect(faults(), path).toEqual([]);
  return nonce;
}

test("every page on disk is in the list of pages that are tried", () => {
  const onDisk = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)page\.tsx$/.test(name))
    .map((name) => `/${name.replace(/(^|\/)page\.tsx$/, "").replace(/\([^)]*\)\/?/g, "")}`);
  const tried = [...PAGES, ...ENTRY_PAGES].map((path) => path.split("?")[0]!);
  // The first ones lead elsewhere; the first run has one to itself, and whoever has to prove a second factor the other.
  const elsewhere = ["/", "/settings", "/advice", "/setup", "/second-factor"];
  const covers = (page: string) => tried.some((path) => path.replace(/not-a-token$/, "[token]") === page);
  expect(onDisk.filter((page) => !elsewhere.includes(page) && !covers(page))).toEqual([]);
});

test("no page breaks its policy or logs an error, and each request has a nonce of its own", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const page = await anOwner(browser, "Policy reader");
  const faults = await watched(page);
  const nonces: string[] = [];
  for (const path of PAGES) nonces.push(await expectClean(page, faults, path));
  expect(new Set(nonces).size).toBe(PAGES.length);
});

test("the pages before signing in keep to it too", async ({ page }) => {
  const faults = await watched(page);
  for (const path of ["/sign-in", "/join/not-a-token"]) await expectClean(page, faults, path);
  // A page that is not there is an error on the console by itself.
  await expectSent(await page.goto("/nowhere"), "/nowhere");
  expect(faults().filter((fault) => !/status of 404/.test(fault))).toEqual([]);
});

test("what floats, slides in, draws or changes colour keeps to it", async ({ browser }) => {
  test.setTimeout(240_000);
  const page = await anOwner(browser, "Panel reader");
  const faults = await watched(page);
  await page.goto("/budget");
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /entries of Developer leverage/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /period|month/i })
    .first()
    .click();
  await page.keyboard.press("Escape");
  await page.goto("/seats?subscription=new");
  await page.getByRole("combobox").first().click();
  await page.keyboard.press("Escape");
  await page.goto("/settings/appearance");
  await page.getByText("Dark", { exact: true }).first().click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(faults()).toEqual([]);
});

test("the policy does stop a script and a style that are not ours", async ({ page }) => {
  await signIn(page);
  const faults = await watched(page);
  await page.goto("/budget");
  await page.evaluate(() => {
    const script = document.createElement("div");
    script.innerHTML = `<img src="x:" onerror="window.ranForeign = true"><b style="color: red">x</b>`;
    document.body.append(script);
  });
  await expect.poll(faults).not.toEqual([]);
  expect(await page.evaluate(() => "ranForeign" in window)).toBe(false);
});
