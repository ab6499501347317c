import { expect, type Page, test } from "@playwright/test";

import { apiOf, expectAccessible, expectToast, press, signIn } from "./support";

const MONTH = new Date().toISOString().slice(0, 7);

type Named = { readonly id: string; readonly name: string };
type Ledger = {
  readonly data: readonly { readonly member: Named | null; readonly baseCost: object }[];
  readonly total: object;
};

/** Somebody who came in twice: as an import called them, with a seat, and as a colleague typed them. */
async function enterTwice(page: Page): Promise<{ readonly twin: Named; readonly subscriptionId: string }> {
  const api = apiOf(page);
  const first = `${MONTH}-01`;
  const team = (await api.get<{ data: Named[] }>("teams?limit=200")).data[0]!;
  const person = { kind: "person", teamId: team.id, startsOn: first };
  const twin = await api.post<Named>("members", { ...person, name: "zoe.w", email: "zoe@corp.test" });
  await api.post("members", { ...person, name: "Zoe Winter" });
  const plan = (await api.get<{ data: (Named & { serviceProvider: Named })[] }>("plans?limit=200")).data[0]!;
  const seat = { planId: plan.id, startsOn: first };
  const { id: subscriptionId } = await api.post("subscriptions", {
    name: `Seats of ${Date.now()}`,
    serviceProviderId: plan.serviceProvider.id,
    teamId: team.id,
    billingInterval: "month",
    billingAnchor: first,
    terms: [{ ...seat, seats: 2, unitPrice: { minor: 3_000, currency: "USD" } }],
    assignments: [{ ...seat, memberId: twin.id }],
  });
  return { twin, subscriptionId };
}

test("a person who was entered twice becomes one, and what was paid stays what it was", async ({ page }) => {
  await signIn(page);
  const api = apiOf(page);
  const { twin, subscriptionId } = await enterTwice(page);
  const paid = () => api.get<Ledger>(`ledger?month=${MONTH}&subscriptionId=${subscriptionId}`);
  const before = await paid();
  expect(before.data.map(({ member }) => member?.name)).toContain("zoe.w");

  await page.goto(`/people?member=${twin.id}`);
  await page.getByRole("dialog", { name: "zoe.w" }).getByRole("button", { name: "Merge into…" }).click();
  const dialog = page.getByRole("dialog", { name: "Merge zoe.w into…" });
  await expect(dialog.getByLabel("Who stays")).toBeFocused();
  await press(page, "Enter");
  await expect(dialog.getByText("Choose who stays.")).toBeVisible();
  await page.keyboard.type("Zoe Win");
  await press(page, "Enter");
  await expect(dialog.getByText(/of zoe\.w become those of Zoe Winter/)).toBeVisible();
  await expectAccessible(page, "merging two members");
  await dialog.getByRole("button", { name: "Merge into Zoe Winter" }).click();
  await expectToast(page, "zoe.w was merged into Zoe Winter");

  const stays = page.getByRole("dialog", { name: "Zoe Winter" });
  await expect(stays.getByLabel("E-mail")).toHaveValue("zoe@corp.test");
  await expect(stays.getByLabel("Also known as")).toHaveValue("zoe.w");
  expect(await stays.evaluate((sheet) => sheet.contains(document.activeElement))).toBe(true);
  await press(page, "Escape");
  await expect(page.getByRole("button", { name: "Zoe Winter" })).toBeVisible();
  await expect(page.getByRole("button", { name: "zoe.w" })).toHaveCount(0);

  const seats = await api.get<{ data: { member: Named }[] }>(`assignments?subscriptionId=${subscriptionId}`);
  expect(seats.data.map(({ member }) => member.name)).toEqual(["Zoe Winter"]);
  const after = await paid();
  expect(after.total).toEqual(before.total);
  // Rows of the same amount stand in the order in which they were written.
  const names = ({ data }: typeof after) => data.map(({ member }) => member?.name ?? "").sort();
  const merged = names(before).map((name) => (name === "zoe.w" ? "Zoe Winter" : name));
  expect(names(after)).toEqual(merged.sort());
  expect(await api.get(`members/${twin.id}`)).toMatchObject({ mergedInto: { name: "Zoe Winter" } });
});
