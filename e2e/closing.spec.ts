import { expect, type Page, test } from "@playwright/test";

import { anOwner, apiOf, expectAccessible, expectToast, press } from "./support";

type Period = { readonly month: string; readonly state: string };

const NAMES = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
const nameOf = (month: string) => NAMES.format(new Date(`${month}-01T00:00:00Z`));
const later = (month: string, count: number) => {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + count);
  return date.toISOString().slice(0, 7);
};

/**
 * Finance clears the checklist of a month, closes it, is asked whether a late invoice shall be a correction, sees it in
 * the month after, and opens the month again with a reason.
 */
test("a month is closed, corrected in the next one, and reopened with a reason", async ({ browser }) => {
  test.setTimeout(180_000);
  const page = await anOwner(browser, "Clara Closer");
  const api = apiOf(page);
  const { data } = await api.get<{ data: Period[] }>("periods");
  const month = data.findLast(({ state }) => state === "open")?.month ?? "";
  const name = nameOf(month);
  const next = nameOf(later(month, 1));

  // What nobody has classified stands against it, until somebody takes it as it is.
  await enterInvoice(page, { month, number: "EARLY-1", amount: "12" });
  await expectToast(page, "Invoice EARLY-1 was entered");
  await page.goto("/closing");
  await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
  await expect(page.getByRole("button", { name: `Close ${name}` })).toBeDisabled();
  await expectAccessible(page, "a checklist");
  await page.getByRole("button", { name: "Accept", exact: true }).first().click();
  await page.getByLabel("Why").fill("A trial that nobody goes on with.");
  await expectAccessible(page, "accepting");
  await page.getByRole("dialog").getByRole("button", { name: "Accept" }).click();
  await expect(page.getByText(/Accepted by Clara Closer.*A trial that nobody/)).toBeVisible();

  await page.getByRole("button", { name: `Close ${name}` }).click();
  await expectToast(page, `${name} was closed`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: `Download what ${name} held` }).click();
  expect((await download).suggestedFilename()).toBe(`${month}.csv`);

  // A late invoice: asked, refused, and asked again.
  await enterInvoice(page, { month, number: "LATE-1", amount: "83.21" });
  const question = page.getByRole("alertdialog", { name: `Book as correction in ${next}?` });
  await expect(question).toBeVisible();
  await expectAccessible(page, "the question");
  await question.getByRole("button", { name: "Cancel" }).click();
  const sheet = page.getByRole("dialog", { name: "Enter invoice" });
  await expect(sheet.getByText(`${month} is closed.`).first()).toBeVisible();
  await sheet.getByRole("button", { name: "Enter invoice" }).click();
  await question.getByRole("button", { name: `Book in ${next}` }).click();
  await expectToast(page, "Invoice LATE-1 was entered");

  await page.goto(`/budget?month=${later(month, 1)}`);
  const corrections = page.getByRole("row", {
    name: /entries of Unclassified, Corrections of closed months/,
  });
  await page.getByRole("button", { name: "Unclassified", exact: true }).click();
  await expect(corrections).toContainText("83.21");

  await page.goto("/closing");
  await page.getByRole("button", { name: "Reopen" }).click();
  await page.getByLabel("Reason").fill("The late invoice belongs in it.");
  await page.getByRole("button", { name: `Reopen ${name}` }).click();
  await expectToast(page, `${name} is open again`);
  await expect(page.getByText(/reopened by Clara Closer: The late invoice belongs in it\./)).toBeVisible();
  await page.goto(`/budget?month=${later(month, 1)}`);
  await expect(page.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();
  await expect(corrections).toHaveCount(0);
  await api.delete("demo-data");
});

async function enterInvoice(
  page: Page,
  { month, number, amount }: { month: string; number: string; amount: string },
) {
  await page.goto(`/invoices?month=${month}&invoice=new`);
  const sheet = page.getByRole("dialog", { name: "Enter invoice" });
  await sheet.getByLabel("Provider").fill("OpenAI");
  await press(page, "Enter");
  await sheet.getByLabel("Invoice number").fill(number);
  await sheet.getByLabel("Issued on").fill(`${month}-28`);
  await sheet.getByLabel("Description, line 1").fill("A trial");
  await sheet.getByLabel("Period, line 1").fill(month);
  await sheet.getByLabel("Amount, line 1").fill(amount);
  await sheet.getByRole("button", { name: "Enter invoice" }).click();
}
