import { expect, type Page, test } from "@playwright/test";

import { anOwner, apiOf, expectAccessible } from "./support";

const DAY_MS = 24 * 60 * 60 * 1000;
const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** What the production workspace used on each of the last forty days: 1 M tokens in and 0.2 M out of Opus, 10.00. */
async function importUse(page: Page): Promise<void> {
  const head =
    "usage_date_utc,model_version,workspace,api_key,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,web_search_count,usage_output_tokens";
  const rows = Array.from(
    { length: 40 },
    (_, index) => `${dayBefore(40 - index)},claude-opus-4-5,prod-checkout,,standard,,1000000,0,0,0,0,200000`,
  );
  const origin = new URL(page.url()).origin;
  const sent = await page.request.post("/api/v1/imports?fileName=tokens.csv", {
    headers: { origin, "content-type": "text/csv" },
    data: `${[head, ...rows].join("\n")}\n`,
  });
  expect(sent.status(), await sent.text()).toBe(201);
  const { id } = (await sent.json()) as { id: string };
  const state = async () => (await apiOf(page).get<{ state: string }>(`imports/${id}`)).state;
  await expect.poll(state, { timeout: 30_000 }).toBe("ready");
  await page.request.put(`/api/v1/imports/${id}/commit`, {
    headers: { origin },
    data: { skipBadRows: false },
  });
  await expect.poll(state, { timeout: 30_000 }).toBe("committed");
}

const amounts = async (page: Page) =>
  (await page.getByRole("table").first().getByRole("cell").allInnerTexts()).join(" | ");

test("what if: two changes, what both lines come to, another scenario beside it, and its link for a colleague", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const page = await anOwner(browser, "Wanda Whatif");
  await importUse(page);
  await page.goto("/budget?period=fiscal_year");
  const before = await amounts(page);

  await page.goto("/advice/scenarios");
  await page.getByRole("button", { name: "Make a scenario" }).first().click();
  const sheet = page.getByRole("dialog", { name: "Make a scenario" });
  await sheet.getByLabel("What if …").fill("Checkout on Haiku, fewer seats");
  await sheet.getByLabel("Add a change").selectOption({ label: "Work moves to another model" });
  const swap = sheet.getByRole("group", { name: /Change 1/ });
  await swap.getByLabel("Model", { exact: true }).selectOption("claude-opus-4-5");
  await swap.getByLabel("To the model").selectOption("claude-haiku-4-5");
  await sheet.getByLabel("Add a change").selectOption({ label: "More or fewer seats" });
  const seats = sheet.getByRole("group", { name: /Change 2/ });
  await seats.getByLabel("Contract and plan").selectOption({ label: "Claude Team, Claude Team Standard" });
  await seats.getByLabel("Seats").fill("-3");
  await expectAccessible(page, "a scenario's changes");
  await sheet.getByRole("button", { name: "Save and show the effect" }).click();

  // Both lines, month by month.
  await expect(page.getByRole("heading", { name: "Checkout on Haiku, fewer seats" })).toBeVisible();
  await expect(page.getByText(/100 % of the tokens of claude-opus-4-5 go to claude-haiku-4-5/)).toBeVisible();
  await expect(page.getByText(/3 fewer seats of Claude Team Standard in Claude Team/)).toBeVisible();
  const leverage = page.getByRole("table", { name: /^Developer leverage/ });
  const product = page.getByRole("table", { name: /^Product running/ });
  // Seven seats at 25.00 in place of ten, for nine who hold one, of whom one is a product's: of the line it was 225.00, and
  // is 175.00 x 8/9.
  await expect(leverage.getByRole("row").nth(2)).toContainText("−69.4");
  await expect(product.getByRole("row").nth(2)).toContainText("−");
  await expect(page.getByRole("img", { name: /Product running by month/ })).toBeVisible();
  await expectAccessible(page, "a scenario");

  // Another one beside it.
  const { id: other } = await apiOf(page).post("scenarios", {
    name: "Nothing changes",
    note: "",
    changes: [],
  });
  await page.reload();
  await page.getByLabel("Nothing changes").click();
  await expect(page).toHaveURL(new RegExp(`with=${other}`));
  await expect(leverage.getByRole("columnheader", { name: "Nothing changes" })).toBeVisible();
  await expectAccessible(page, "scenarios side by side");

  // A colleague opens the same address.
  const email = `colleague-${Date.now()}@example.test`;
  const invitation = { name: "Cleo Colleague", email, roles: ["auditor"] };
  const { link } = await apiOf(page).post<{ link: string }>("invitations", invitation);
  const colleague = await (await browser.newContext()).newPage();
  await colleague.goto(new URL(link, "http://localhost").pathname);
  await colleague.getByLabel("Password").fill("yet another good password");
  await colleague.getByRole("button", { name: /^(Join|Open|Create|Accept)/ }).click();
  await expect(colleague.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();
  await colleague.goto(new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(colleague.getByRole("heading", { name: "Checkout on Haiku, fewer seats" })).toBeVisible();
  await expect(colleague.getByRole("table", { name: /^Developer leverage/ })).toContainText("−69.4");
  await expect(colleague.getByRole("button", { name: "Change it" })).toHaveCount(0);

  // Nothing real changed.
  await page.goto("/budget?period=fiscal_year");
  expect(await amounts(page)).toBe(before);
});
