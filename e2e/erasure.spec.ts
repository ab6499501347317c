import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";

import { anOwner, apiOf, expectAccessible, expectToast } from "./support";

type Person = { readonly id: string; readonly name: string; readonly email: string | null };

test("a person takes out what is kept about them, and is forgotten while the books stay", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const page = await anOwner(browser, "Era Owner");
  const api = apiOf(page);
  const { data: people } = await api.get<{ data: Person[] }>("members?limit=200");
  const { data: seats } = await api.get<{ data: { member: { id: string } }[] }>("assignments?limit=200");
  const person = people.find(
    ({ id, name }) =>
      name.includes(" ") && name !== "Era Owner" && seats.some(({ member }) => member.id === id),
  );
  if (!person) throw new Error("nobody of the made-up books has a seat");
  const total = async () =>
    (await page.request.get("/api/v1/reports/budget.csv?from=2026-01&to=2026-10")).text();
  const before = await total();
  expect(before).toContain(person.name);
  const pseudonym = `Erased person ${person.id.slice(-8)}`;

  await page.goto(`/people?member=${person.id}`);
  await page.waitForLoadState("networkidle");
  const sheet = page.getByRole("dialog", { name: person.name });
  const waits = page.waitForEvent("download");
  await sheet.getByRole("button", { name: "Take it out" }).click();
  const kept = JSON.parse(String(await readFile(await (await waits).path())));
  expect(kept.members).toMatchObject([{ id: person.id, name: person.name, email: person.email }]);
  expect(kept.records.assignment.length).toBeGreaterThan(0);

  await sheet.getByRole("button", { name: "Erase…" }).click();
  const question = page.getByRole("dialog", { name: `Erase ${person.name}?` });
  await expectAccessible(page, "erasure");
  await question.getByLabel("Why").fill(`${person.name} asked for it`);
  await question.getByRole("button", { name: `Erase ${person.name}` }).click();
  await expectToast(page, `${person.name} is now ${pseudonym}`);

  // The books call them by the pseudonym, to the cent what they were.
  const after = await total();
  expect(after).not.toContain(person.name);
  expect(after).toContain(pseudonym);
  const sums = (text: string) =>
    text
      .split("\n")
      .map((line) => line.split(",").at(-2))
      .sort();
  expect(sums(after)).toEqual(sums(before));
  await page.goto("/people");
  await expect(page.getByText(person.name)).toHaveCount(0);

  await page.goto("/settings/audit");
  const trail = page.getByRole("table", { name: "Audit trail" });
  await expect(trail.getByText(/erased/).first()).toBeVisible();
  const { data: events } = await api.get<{ data: { after: { grounds: string } }[] }>(
    "audit?action=member.erase",
  );
  expect(events).toMatchObject([{ after: { grounds: `${pseudonym} asked for it` } }]);
  await page.context().close();
});
