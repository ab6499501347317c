import { expect, type Page, test } from "@playwright/test";
import { Client } from "pg";

import { PAGES } from "./pages";
import { anOwner, apiOf } from "./support";

const MARKUP = `<img src=x onerror="window.ran=1">`;

/** Puts markup into every text of an organization's books that takes it, as if no form had ever looked at it. */
async function plant(organizationId: string): Promise<string[]> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const planted: string[] = [];
  try {
    const { rows } = await client.query<{ table: string; column: string }>(
      `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
       JOIN information_schema.columns o USING (table_schema, table_name)
       WHERE o.column_name = 'organization_id' AND c.table_schema = current_schema()
         AND c.data_type IN ('text', 'character varying') AND c.table_name <> 'audit_event'`,
    );
    for (const { table, column } of rows) {
      // What a rule or the room of a column refuses stays as it is.
      const set = `UPDATE "${table}" SET "${column}" = '${MARKUP}' || "${column}" WHERE organization_id = $1 AND "${column}" <> ''`;
      const { rowCount } = await client.query(set, [organizationId]).catch(() => ({ rowCount: 0 }));
      if (rowCount) planted.push(`${table}.${column}`);
    }
    const others = [
      ["organization", "id = $1"],
      ["app_user", "id IN (SELECT user_id FROM organization_role WHERE organization_id = $1)"],
    ];
    for (const [table, which] of others)
      await client.query(`UPDATE "${table}" SET name = '${MARKUP}' || name WHERE ${which}`, [organizationId]);
  } finally {
    await client.end();
  }
  return planted;
}

/** That what was planted stands there to be read, and is no element and did not run. */
async function expectText(page: Page, dialogs: readonly string[], what: string): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: "ran" in window,
    elements: document.querySelectorAll('img[src="x"], [onerror]').length,
  }));
  expect([what, found, dialogs]).toEqual([what, { ran: false, elements: 0 }, []]);
}

test("markup in every text of the books is text on every page", async ({ browser }) => {
  test.setTimeout(240_000);
  const page = await anOwner(browser, "Planted text");
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const { id } = await apiOf(page).get<{ id: string }>("organization");
  const planted = await plant(id);
  expect(planted.length).toBeGreaterThan(20);
  for (const column of ["team.name", "member.name", "charge.description", "plan.name", "product.name"])
    expect(planted).toContain(column);

  let read = 0;
  for (const path of PAGES) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    await expectText(page, dialogs, path);
    if ((await page.locator("body").textContent())?.includes(MARKUP)) read++;
  }
  expect(read).toBeGreaterThan(20);

  await page.goto("/budget?by=team,service_provider");
  await page
    .getByRole("button", { name: /entries of Developer leverage/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
  await expectText(page, dialogs, "entries");
  await page.goto("/invoices");
  await page.getByRole("table", { name: "Invoices", exact: true }).getByRole("button").first().click();
  await expect(page.getByRole("dialog").getByRole("heading", { name: "Files" })).toBeVisible();
  await expectText(page, dialogs, "invoice");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.type("img");
  await expectText(page, dialogs, "search");
});
