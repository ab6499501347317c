import { expect, type Page, test } from "@playwright/test";

import { anOwner, expectAccessible, expectToast } from "./support";

const table = (page: Page) => page.getByRole("table", { name: /^Findings, a month/ });
const choose = (page: Page, status: string) =>
  page
    .getByRole("group", { name: "Findings by what became of them" })
    .getByText(status, { exact: true })
    .click();

/** Somebody asks: what of all this is a mistake? */
test("a finding, from the money to its rows, accepted with a reason, and a rule set otherwise", async ({
  browser,
}) => {
  const page = await anOwner(browser, "Fay Findings");
  await page.getByRole("link", { name: "Advice", exact: true }).click();
  await page.getByRole("navigation", { name: "Advice" }).getByRole("link", { name: "Findings" }).click();
  await expect(page).toHaveURL(/\/advice\/findings/);
  await expect(page.getByText("a month at stake or to be saved")).toBeVisible();
  for (const name of [
    /Key where a seat is cheaper/,
    /Workspace that mixes both lines ?, evaluations/,
    /Seat behind automation ?, Claude Team Standard/,
  ]) {
    await expect(table(page).getByRole("row", { name })).toHaveCount(1);
  }
  const overlaps = table(page).getByRole("row", { name: /Overlapping seats/ });
  await expect(overlaps.first()).toBeVisible();

  // The evidence leads to the entries behind each amount.
  await table(page)
    .getByRole("button", { name: /Workspace that mixes both lines/ })
    .click();
  await expect(page).toHaveURL(/finding=/);
  const sheet = page.getByRole("dialog", { name: "Workspace that mixes both lines" });
  const evidence = sheet.getByRole("table", { name: /Evidence of the finding/ });
  await expect(evidence.getByRole("link", { name: "evaluations" })).toHaveAttribute("href", /api-accounts/);
  await expectAccessible(page, "a finding");
  const amount = evidence.getByRole("button", { name: /entries of evaluations, product running/ });
  await amount.click();
  const entries = page.getByRole("dialog", { name: /^evaluations, product running/ });
  await expect(entries.getByRole("table")).toBeVisible();
  await page.keyboard.press("Escape");

  // Accepted with a reason, it leaves the open list.
  await sheet.getByText("Accepted", { exact: true }).click();
  await expect(sheet.getByRole("button", { name: "Save" })).toBeDisabled();
  await sheet.getByLabel("Reason").fill("Evaluations serve both, by decision of the board.");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expectToast(page, "The finding is accepted");
  await expect(sheet).toBeHidden();
  await expect(table(page).getByRole("row", { name: /Workspace that mixes both lines/ })).toHaveCount(0);
  await choose(page, "Accepted");
  await expect(page).toHaveURL(/status=accepted/);
  await expect(table(page).getByRole("row", { name: /evaluations/ })).toContainText(
    "by decision of the board",
  );

  // A rule that asks for more finds nothing any more.
  await choose(page, "Open");
  await page.getByRole("button", { name: "Rules" }).click();
  const rules = page.getByRole("dialog", { name: "Rules" });
  const overlap = rules.getByRole("group", { name: "Overlapping seats" });
  await overlap.getByLabel(/From a month/).fill("5000000");
  await rules.getByRole("button", { name: "Save rules" }).click();
  await expect(overlap.getByText("Use a number from 0 to 1,000,000.")).toBeVisible();
  await overlap.getByLabel(/From a month/).fill("500");
  await rules.getByRole("button", { name: "Save rules" }).click();
  await expectToast(page, "The rules were saved");
  await expect(overlaps).toHaveCount(0);
  await choose(page, "Gone");
  await expect(overlaps.first()).toBeVisible();
});
