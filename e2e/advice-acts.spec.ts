import { expect, test } from "@playwright/test";

import { anOwner, apiOf, expectAccessible, expectToast } from "./support";

/** Somebody asks: which seats does nobody use, and what can be done about them today? */
test("idle seats: one passes to somebody else, one ends, and the renewal is planned smaller", async ({
  browser,
}) => {
  const page = await anOwner(browser, "Ida Idle");
  await page.goto("/advice/idle-seats");
  const table = page.getByRole("table", { name: /Idle and unassigned seats/ });
  await table.getByRole("button", { name: /Cursor Teams/ }).click();
  const sheet = page.getByRole("dialog", { name: "Cursor Teams" });
  const seats = sheet.getByRole("table", { name: /without known use/ });

  // Rafael and Mei are in no row of the provider's export.
  await seats.getByRole("button", { name: /^Reassign the seat of Rafael Duarte/ }).click();
  await seats.getByLabel("To", { exact: true }).fill("Samuel");
  await page.getByRole("option", { name: /Samuel Adeyemi/ }).click();
  await seats.getByRole("button", { name: "Reassign seat" }).click();
  await expect(page.getByText(/^Samuel Adeyemi has the seat of Rafael Duarte from/).first()).toBeVisible();
  await expect(seats.getByRole("row", { name: /Samuel Adeyemi/ })).toContainText("new, exempt");
  await expect(seats.getByRole("row", { name: /Rafael Duarte/ })).toHaveCount(0);

  await seats.getByRole("button", { name: /^End the seat of Mei Tanaka/ }).click();
  await seats.getByRole("button", { name: "End seat" }).click();
  await expect(page.getByText(/^The seat of Mei Tanaka ends on/).first()).toBeVisible();
  await expect(seats.getByRole("row", { name: /Mei Tanaka/ })).toHaveCount(0);

  await expect(sheet.getByRole("heading", { name: "Plan a smaller renewal" })).toBeVisible();
  await sheet.getByLabel("Seats, now 5").fill("3");
  await sheet.getByRole("button", { name: "Plan it" }).click();
  await expectToast(page, "Cursor Teams renews with 3 seats");
  await expect(sheet).toBeHidden();
  const { data } = await apiOf(page).get<{
    data: { subscription: { name: string }; seats: { seats: number }[] }[];
  }>("renewals");
  const renewals = data.filter(({ subscription }) => subscription.name === "Cursor Teams");
  expect(renewals.flatMap(({ seats: planned }) => planned.map((one) => one.seats))).toContain(3);
});

/** Somebody wants the last days to act in their own calendar. */
test("renewals: a secret address for the calendar, and taken back", async ({ browser }) => {
  const page = await anOwner(browser, "Rea Renewal");
  await page.goto("/advice/renewals");
  await expect(page.getByRole("row", { name: /Cursor Teams/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "In your calendar" }).click();
  const sheet = page.getByRole("dialog", { name: "Renewals in your calendar" });
  await sheet.getByRole("button", { name: "Make an address" }).click();
  const address = await sheet.getByLabel("Address").inputValue();
  await expectAccessible(page, "the address of a calendar");

  // A calendar program has no session.
  const path = new URL(address).pathname;
  const stranger = await (await browser.newContext()).newPage();
  const feed = await stranger.request.get(path);
  expect(feed.status()).toBe(200);
  const text = await feed.text();
  expect(text).toContain("BEGIN:VCALENDAR");
  expect(text).toContain("Cursor Teams");

  await sheet.getByRole("button", { name: "Take it back" }).click();
  await expectToast(page, "The address was taken back");
  expect((await stranger.request.get(path)).status()).toBe(404);
});

/** Somebody asks: should this be a seat or the API? */
test("the workload guide: answers, a verdict with what decided it, and the account to use", async ({
  browser,
}) => {
  const page = await anOwner(browser, "Wes Workload");
  await page.goto("/advice/workloads");
  await page.getByRole("button", { name: "Describe a workload" }).click();
  const form = page.getByRole("dialog", { name: "Describe a workload" });
  await form.getByLabel("What it is").fill("Triage of new tickets");
  await form.getByLabel("Product", { exact: false }).first().selectOption({ label: "Support triage" });
  await form.getByText("Nobody watches while it runs", { exact: true }).click();
  await form.getByText("A queue or an event starts it", { exact: true }).click();
  await form.getByText("Output in a fixed structure", { exact: true }).click();
  await form.getByRole("button", { name: "Save and advise" }).click();
  await expectToast(page, "Triage of new tickets was saved");

  const sheet = page.getByRole("dialog", { name: "Triage of new tickets" });
  await expect(sheet.getByRole("heading", { name: "Use the API" })).toBeVisible();
  await expect(sheet).toContainText("Output in a fixed structure: only the API has it.");
  await expect(sheet.getByRole("link", { name: "Use account prod-triage" })).toBeVisible();
  await expectAccessible(page, "the advice on a workload");
  await page.keyboard.press("Escape");
  const row = page.getByRole("row", { name: /Triage of new tickets/ });
  await expect(row).toContainText("Support triage");
});

/** Somebody asks: why is this month dearer than the last? */
test("what changed in a line, to the entries behind each side", async ({ browser }) => {
  const page = await anOwner(browser, "Wim Changed");
  await page.goto("/budget");
  await page.getByRole("button", { name: /what changed in product running/i }).click();
  await expect(page).toHaveURL(/changes=product_running/);
  const sheet = page.getByRole("dialog", { name: "What changed in product running" });
  const table = sheet.getByRole("table", { name: /What changed in product running/ });
  await expect(table).toBeVisible();
  await expectAccessible(page, "what changed");
  await table
    .getByRole("button", { name: /entries of/ })
    .first()
    .click();
  const entries = page.getByRole("dialog").last();
  await expect(
    entries.getByRole("table", { name: /^Entries of/ }).or(entries.getByText("No entries")),
  ).toBeVisible();
});
