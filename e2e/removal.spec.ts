import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";

import { unzip } from "../lib/testing/unzip";
import { anOwner, apiOf, expectAccessible, ORGANIZATION, ownOrigin } from "./support";

test("an owner takes everything out, then removes the books, and goes on in the others", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const page = await anOwner(browser, "Rhea Remover");
  const books = await apiOf(page).get<{ id: string; name: string }>("organization");
  const { data: teams } = await apiOf(page).get<{ data: { id: string; name: string }[] }>("teams");

  await page.goto("/settings/organization");
  await page.waitForLoadState("networkidle");
  const waits = page.waitForEvent("download");
  await page
    .getByRole("region", { name: "All data" })
    .getByRole("button", { name: "Export everything" })
    .click();
  const download = await waits;
  expect(download.suggestedFilename()).toMatch(/^Northwind-demo-\d{4}-\d{2}-\d{2}\.zip$/);
  const files = unzip(await readFile(await download.path()));
  const manifest = JSON.parse(String(files.get("manifest.json")));
  expect(manifest.organization).toEqual({ id: books.id, name: books.name });
  const rows = String(files.get("team.ndjson"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows.map(({ name }) => name).sort()).toEqual(teams.map(({ name }) => name).sort());
  expect(String(files.get("ledger_entry.ndjson")).split("\n").length).toBeGreaterThan(300);

  await page.getByRole("button", { name: /^Remove .*…$/ }).click();
  const dialog = page.getByRole("dialog", { name: `Remove ${books.name}?` });
  await expect(dialog.getByText("This cannot be undone.")).toBeVisible();
  await expectAccessible(page, "removal");
  await dialog.getByLabel(`Type ${books.name} to confirm`).fill("Northwind");
  await dialog.getByRole("button", { name: /^Remove/ }).click();
  await expect(dialog.getByText("Type the name as it is.")).toBeVisible();
  await dialog.getByLabel(`Type ${books.name} to confirm`).fill(books.name);
  await dialog.getByRole("button", { name: /^Remove/ }).click();

  await expect(page).toHaveURL(/\/budget/);
  await expect(page.getByText(ORGANIZATION).first()).toBeVisible();
  const gone = await page.request.put("/api/v1/session", {
    headers: ownOrigin(),
    data: { organizationId: books.id },
  });
  expect(gone.status()).toBe(404);
  await page.context().close();
});
