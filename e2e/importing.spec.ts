import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";

import { apiOf, expectAccessible, expectToast, signIn } from "./support";

const JUNE = "2026-06";
const COST = `usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type
2026-06-03,Claude Opus 4.5,night-shift,,message,≤ 200k,output,310.40,token
2026-06-04,Claude Opus 4.5,night-shift,,message,≤ 200k,output,89.60,token
`;
const TOKENS = `usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count
2026-06-03,claude-opus-4-5-20251101,,night-shift,standard,≤ 200k,1000,2000,0,30000,4000,0
`;
const SPEND = `user_email,account_uuid,product,model,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd
wanda@partner.test,1,claude_code,claude-opus-4-5,12,1000,500,6.00,6.00
yusuf@partner.test,2,chat,claude-sonnet-4-5,3,100,50,3.00,3.00
`;
const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

test("a lead drops three files at once, says whose they are, imports them, sees product running move, undoes one", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signIn(page);
  await enterFacts(page);
  const before = await productOf(page);

  await page.goto(`/usage?month=${JUNE}`);
  await page.getByRole("button", { name: "Import files" }).first().click();
  const sheet = page.getByRole("dialog", { name: "Import files" });
  await sheet
    .getByLabel(/Drop exports here/)
    .setInputFiles([
      file("claude_api_cost_2026_06_01_to_2026_06_30.csv", COST),
      file("claude_api_tokens_2026_06.csv", TOKENS),
      file("spend-report-1f0e-2026-06-01-to-2026-06-30.csv", SPEND),
    ]);
  await expect(sheet.getByText("ready to import")).toHaveCount(3, { timeout: 30_000 });
  await expect(sheet.getByText(/2 new, 0 changed, 0 unchanged, 400\.00 USD metered/)).toBeVisible();
  await expectAccessible(page, "files to import");
  // The made-up books come with files of their own.
  const imported = sheet.getByText("imported", { exact: true });
  const importedBefore = await imported.count();

  for (const [email, name] of [
    ["wanda@partner.test", "Wanda Import"],
    ["yusuf@partner.test", "Yusuf Import"],
  ] as const) {
    await sheet.getByRole("combobox", { name: `Who or what ${email} is` }).fill(name);
    await page.keyboard.press("Enter");
    await sheet
      .getByRole("listitem")
      .filter({ hasText: email })
      .getByRole("button", { name: "Match", exact: true })
      .click();
    await expectToast(page, `${email} is known from now on`);
  }
  for (const name of [/^Import claude_api_cost/, /^Import claude_api_tokens/, /^Import spend-report/]) {
    await sheet.getByRole("button", { name }).click();
  }
  await expect(imported).toHaveCount(importedBefore + 3, { timeout: 30_000 });
  expect((await productOf(page)) - before).toBe(40_000);

  await sheet.getByRole("button", { name: "Close" }).click();
  await page.getByRole("radio", { name: "Person" }).click();
  await expect(page.getByRole("radio", { name: "Person" })).toBeChecked();
  const table = page.getByRole("table", { name: /Usage by person/ });
  await expect(table.getByRole("row", { name: /Wanda Import/ })).toContainText("6.00");
  await table.getByRole("button", { name: "Wanda Import" }).click();
  await expect(page.getByRole("dialog", { name: "Wanda Import" }).getByRole("table")).toContainText(
    "share of 30 days",
  );
  await page.keyboard.press("Escape");
  await expectAccessible(page, "usage by person");
  // The choice is in the address, and shows when the page is there.
  await page.getByRole("radio", { name: "Product" }).click();
  await expect(page.getByRole("radio", { name: "Product" })).toBeChecked();
  const byProduct = page.getByRole("table", { name: /Usage by product/ });
  await expect(byProduct.getByRole("row", { name: /no product/ })).toContainText("400.00");
  await expect(page.getByRole("img", { name: /by month and product/ })).toBeVisible();
  await expectAccessible(page, "usage by product");

  await choosePersonAnalysis(page, "Not at all");
  await page.goto(`/usage?month=${JUNE}&by=member`);
  await expect(table.getByRole("row", { name: /other people together/ })).toContainText("9.00");
  await expect(table.getByText("Wanda Import")).toHaveCount(0);
  await expectAccessible(page, "usage without people");
  await choosePersonAnalysis(page, "By name");
  await page.goto(`/usage?month=${JUNE}`);

  await page.getByRole("button", { name: "Import files" }).first().click();
  await sheet.getByRole("button", { name: /^Undo claude_api_cost/ }).click();
  await expect(sheet.getByText("undone", { exact: true })).toBeVisible({ timeout: 30_000 });
  expect((await productOf(page)) - before).toBeLessThan(40_000);
});

test("a folder of logs is one upload, and asks once whose they are", async ({ page }, testInfo) => {
  const folder = testInfo.outputPath("projects");
  await mkdir(join(folder, "shop"), { recursive: true });
  await writeFile(join(folder, "notes.md"), "not a log");
  for (const session of ["one", "two", "three"]) {
    const usage = { input_tokens: 10, output_tokens: 20 };
    const message = { id: `msg_${session}`, model: "claude-opus-4-5", usage };
    const reply = { type: "assistant", timestamp: "2026-06-03T10:00:00Z", requestId: session, message };
    await writeFile(join(folder, "shop", `${session}.jsonl`), JSON.stringify(reply));
  }
  await signIn(page);
  await page.goto(`/usage?month=${JUNE}`);
  await page.getByRole("button", { name: "Import files" }).first().click();
  const sheet = page.getByRole("dialog", { name: "Import files" });
  await sheet.getByLabel("Choose a whole folder").setInputFiles(folder);
  const item = sheet.getByRole("listitem").filter({ hasText: "3 Claude Code logs.jsonl" });
  await expect(item.getByText("needs an answer")).toBeVisible({ timeout: 30_000 });
  await expect(sheet.getByText(/one\.jsonl|notes\.md/)).toHaveCount(0);
});

/** As the owner does, in the settings. */
async function choosePersonAnalysis(page: Page, name: string) {
  await page.goto("/settings/organization");
  await page.getByRole("radio", { name }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expectToast(page, "The organization was saved");
}

/** A workspace that runs a product until June, and two people. */
async function enterFacts(page: Page) {
  const api = apiOf(page);
  type List = { data: { id: string; name: string }[] };
  const providers = await api.get<List>("service-providers?limit=200");
  const serviceProviderId = providers.data.find(({ name }) => name === "Anthropic")?.id;
  const team = await api.post("teams", { name: "Night crew", code: "NIGHT" });
  const days = { startsOn: "2026-01-01", endsOn: "2026-07-01" };
  const root = await api.post("api-accounts", {
    name: "Night org",
    serviceProviderId,
    kind: "organization",
    ...days,
  });
  const share = { basisPoints: 10_000, purpose: "product_running", teamId: team.id };
  await api.post("api-accounts", {
    name: "night-shift",
    parentId: root.id,
    serviceProviderId,
    kind: "workspace",
    ...days,
    classification: { startsOn: "2026-01-01", shares: [share] },
  });
  for (const name of ["Wanda Import", "Yusuf Import"]) {
    await api.post("members", { name, teamId: team.id, startsOn: "2026-01-01" });
  }
}

async function productOf(page: Page): Promise<number> {
  type Line = { purpose: string; total: { actual: { minor: number } } };
  const { lines } = await apiOf(page).get<{ lines: Line[] }>(`budget?from=${JUNE}&to=${JUNE}`);
  return lines.find(({ purpose }) => purpose === "product_running")?.total.actual.minor ?? 0;
}
