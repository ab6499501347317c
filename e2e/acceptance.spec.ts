import { expect, type Page, test } from "@playwright/test";

import { enterFacts } from "./acceptance-facts";
import { type Api, apiOf, csvRows, expectToast, press, signIn } from "./support";

type Figures = { billed: { minor: number }; estimated: { minor: number }; actual: { minor: number } };
type Line = { purpose: string; months: (Figures & { month: string })[]; total: Figures };
type Budget = {
  lines: Line[];
  total: { months: (Figures & { month: string })[]; total: Figures };
  groups: {
    group: Record<string, { id: string; name: string } | null>;
    lines: Line[];
    total: { total: Figures };
  }[];
};

/**
 * The acceptance month, entered through the screens and the interface as a team would, to the cent: seats that are
 * added within a cycle, a yearly fee, shares, tax, a credit, an unclassified key and an invoice that is not there.
 */
test("the acceptance month comes out to the cent", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page);
  const api = apiOf(page);
  const { members } = await enterFacts(api);
  await addCursorOnScreen(page);
  await enterApiInvoiceOnScreen(page);

  const october = await budgetOf(api, "from=2026-10&to=2026-10");
  expect(figuresOf(october)).toEqual({
    developer_leverage: [54_797, 8_000, 62_797],
    product_running: [135_413, 0, 135_413],
    unclassified: [1_333, 0, 1_333],
    total: [191_543, 8_000, 199_543],
  });
  await expectGroups(api);
  await expectMembers(api, members);
  await expectOtherMonths(api);
  await expectOnScreen(page);
  await expectReport(page);
  await enterCursorInvoice(page);
  const after = await budgetOf(api, "from=2026-10&to=2026-10");
  expect(figuresOf(after)).toEqual({
    developer_leverage: [62_797, 0, 62_797],
    product_running: [135_413, 0, 135_413],
    unclassified: [1_333, 0, 1_333],
    total: [199_543, 0, 199_543],
  });
});

const budgetOf = (api: Api, query: string) => api.get<Budget>(`budget?${query}`);
const triple = ({ billed, estimated, actual }: Figures) => [billed.minor, estimated.minor, actual.minor];
const figuresOf = ({ lines, total }: Budget) => ({
  ...Object.fromEntries(lines.map((line) => [line.purpose, triple(line.total)])),
  total: triple(total.total),
});

/** Cursor Teams through the seats screen: plan, seats, price, holders by name; then D's seat ends. */
async function addCursorOnScreen(page: Page) {
  await page.goto("/seats?month=2026-10");
  await page.getByRole("button", { name: "Add contract" }).click();
  await page.getByLabel("Plan", { exact: true }).fill("Acceptance Cursor");
  await press(page, "Enter");
  await page.getByLabel("Name of the contract").fill("Cursor Teams");
  await page.getByLabel("From", { exact: true }).fill("1 oct 2026");
  await page.getByLabel("Seats", { exact: true }).fill("2");
  await page.getByLabel("Price per seat, USD").fill("40");
  await page.getByLabel("Team", { exact: true }).selectOption("Growth");
  await page.getByRole("combobox", { name: "Holder 1" }).fill("Chiara");
  await press(page, "Enter");
  await expect(page.getByRole("combobox", { name: "Holder 2" })).toBeFocused();
  await page.keyboard.type("Dmitri");
  await press(page, "Enter", "Control+Enter");
  await expectToast(page, "Cursor Teams was added");

  await page.getByRole("button", { name: "Cursor · Cursor Teams" }).click();
  await page.getByRole("button", { name: "End the seat of Dmitri" }).click();
  await page.getByLabel("First day without the seat of Dmitri").fill("21 oct 2026");
  await page.getByRole("button", { name: "End seat" }).click();
  await expectToast(page, "The seat of Dmitri ends on 21 Oct 2026");
}

const API_LINES = [
  ["prod-backend", "usage", "1,240.11"],
  ["dev-sandbox", "usage", "310.40"],
  ["shared", "usage", "99.99"],
  ["trial", "usage", "12.34"],
  ["prod-backend", "credit", "-50.00"],
  [null, "tax", "133.06"],
] as const;

/** The Anthropic API invoice through the form, line by line. */
async function enterApiInvoiceOnScreen(page: Page) {
  await page.goto("/invoices?month=2026-10&invoice=new");
  const form = page.getByRole("dialog", { name: "Enter invoice" });
  await form.getByLabel("Provider").fill("Anthropic");
  await press(page, "Enter");
  await form.getByLabel("Invoice number").fill("API-10");
  await form.getByLabel("Issued on").fill("1 nov 2026");
  await form.getByLabel("Total").fill("1,745.90");
  for (const [index, [account, category, amount]] of API_LINES.entries()) {
    const line = (word: string) => form.getByLabel(`${word}, line ${index + 1}`, { exact: true });
    if (index > 0) {
      await press(page, "Enter");
      await expect(line("For")).toBeFocused();
    }
    if (account) {
      await line("For").fill(account);
      await press(page, "Enter");
    }
    await line("Category").selectOption(category);
    if (category === "tax") await line("Description").fill("Sales tax");
    await line("Period").fill(category === "tax" ? "" : "oct 2026");
    await line("Amount").fill(amount);
  }
  await expect(page.getByText("Lines come to 1,745.90")).toBeVisible();
  await press(page, "Control+Enter");
  await expectToast(page, "Invoice API-10 was entered");
}

async function expectGroups(api: Api) {
  const byTeam = await budgetOf(api, "from=2026-10&to=2026-10&groupBy=team");
  const leverage = (budget: Budget, key: string) =>
    Object.fromEntries(
      budget.groups.flatMap(({ group, lines }) => {
        const line = lines.find(({ purpose }) => purpose === "developer_leverage");
        const minor = line?.total.actual.minor ?? 0;
        return minor === 0 ? [] : [[group[key]?.name ?? "none", minor]];
      }),
    );
  expect(leverage(byTeam, "team")).toEqual({ Platform: 51_232, Growth: 11_565 });
  const byModel = await budgetOf(api, "from=2026-10&to=2026-10&groupBy=billing_model");
  expect(leverage(byModel, "billing_model")).toEqual({ flat: 24_953, metered: 37_844 });
}

async function expectMembers(api: Api, members: Record<"a" | "b" | "c" | "d", string>) {
  const { groups } = await budgetOf(api, "from=2026-10&to=2026-10&groupBy=member");
  const of = (id: string) => groups.find(({ group }) => group.member?.id === id)?.total.total.actual.minor;
  expect([of(members.a), of(members.b), of(members.c), of(members.d)]).toEqual([2_500, 2_500, 5_693, 4_453]);
  const unassigned = await api.get<{ data: { unassigned: boolean; baseCost: { minor: number } }[] }>(
    "ledger?month=2026-10&memberId=none&billingModel=flat&limit=200",
  );
  const seats = unassigned.data.filter((entry) => entry.unassigned);
  expect(seats.reduce((sum, { baseCost }) => sum + baseCost.minor, 0)).toBe(
    8_388 + (await cursorUnassigned(api)),
  );
}

/** Of the Cursor contract, D's seat is nobody's from the 21st on. */
async function cursorUnassigned(api: Api): Promise<number> {
  const { data } = await api.get<{
    data: { unassigned: boolean; subscription: { name: string } | null; baseCost: { minor: number } }[];
  }>("ledger?month=2026-10&memberId=none&billingModel=flat&limit=200");
  return data
    .filter(({ unassigned, subscription }) => unassigned && subscription?.name === "Cursor Teams")
    .reduce((sum, { baseCost }) => sum + baseCost.minor, 0);
}

async function expectOtherMonths(api: Api) {
  const effective = await budgetOf(api, "from=2026-03&to=2027-03");
  const at = (budget: Budget, month: string) =>
    budget.lines[0]?.months.find((one) => one.month === month)?.actual.minor;
  expect(at(effective, "2026-09")).toBe(14_312);
  expect(at(effective, "2026-03")).toBe(1_449);
  expect(at(effective, "2027-03")).toBe(422);

  const billed = await budgetOf(api, "from=2026-03&to=2026-11&basis=billed");
  const total = (month: string) => billed.total.months.find((one) => one.month === month)?.actual.minor;
  expect(["2026-03", "2026-09", "2026-10", "2026-11"].map(total)).toEqual([22_040, 12_500, 15_081, 174_590]);
}

async function expectOnScreen(page: Page) {
  await page.goto("/budget?month=2026-10");
  const card = (name: string) => page.getByRole("region", { name, exact: true });
  await expect(card("Developer leverage")).toContainText("627.97");
  await expect(card("Developer leverage")).toContainText("80.00 of it estimated");
  await expect(card("Product running")).toContainText("1,354.13");
  await expect(page.getByText("13.33 USD unclassified")).toBeVisible();

  // An amount opens the entries that add up to it, down to the invoice's line.
  await page
    .getByRole("button", { name: "12.34" })
    .or(page.getByRole("button", { name: /13\.33.*Unclassified, October 2026/ }))
    .first()
    .click();
  const sheet = page.getByRole("dialog", { name: "Unclassified, October 2026" });
  await expect(sheet.getByText("in 2 entries")).toBeVisible();
  await sheet.getByRole("link", { name: "Invoice API-10" }).first().click();
  await expect(page.getByRole("dialog", { name: "Invoice API-10" }).getByText("Sales tax")).toBeVisible();
}

async function expectReport(page: Page) {
  await page.goto("/budget?month=2026-10");
  await page.getByRole("button", { name: "Export report" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "October 2026" }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const rows = csvRows(Buffer.concat(chunks).toString("utf8"));
  const sum = (purpose: string) =>
    rows
      .filter((row) => row.purpose === purpose && row.month === "2026-10")
      .reduce((total, row) => total + Math.round(Number(row.base_cost) * 100), 0);
  expect([sum("developer_leverage"), sum("product_running"), sum("unclassified")]).toEqual([
    62_797, 135_413, 1_333,
  ]);
}

/** The Cursor invoice waits, prefilled: its number and Enter. */
async function enterCursorInvoice(page: Page) {
  await page.goto("/invoices?month=2026-10");
  await page.getByLabel("Invoice number of Cursor Teams").fill("CUR-10");
  await press(page, "Enter");
  await expectToast(page, "Invoice CUR-10 of Cursor was entered");
}
