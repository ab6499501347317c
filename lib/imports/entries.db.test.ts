import { beforeAll, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { TEMPLATES } from "@/lib/connectors/templates";
import { invoiceFilter } from "@/lib/invoices/schema";
import { listInvoices } from "@/lib/invoices/service";
import { memberFilter } from "@/lib/members/schema";
import { listMembers } from "@/lib/members/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { commitFile, sendFile, undoFile } from "@/lib/testing/imports";
import { anOrganization } from "@/lib/testing/organization";

// People, seats and invoices through the same three steps as usage.

let ctx: Ctx;
let books: SomeBooks;
beforeAll(async () => {
  ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
});

const names = async () =>
  (await listMembers(ctx, memberFilter.parse({ limit: 200 }))).data.map(({ name }) => name).sort();

test("people and their seats are tried, entered, and taken back", async () => {
  const before = await names();
  const text =
    "name,email,team,member_since,subscription,plan,seat_from,seat_until\nDora Lind,dora@example.test,Platform,2026-10-01,Claude Team,Team Standard,2026-10-05,\n";
  const sent = await sendFile(ctx, { fileName: "people.csv" }, text);
  expect(sent).toMatchObject({
    state: "ready",
    format: "people_and_seats",
    errorCount: 0,
    preview: { newRows: 1 },
  });
  expect(await names()).toEqual(before);
  const done = await commitFile(ctx, sent);
  expect(done).toMatchObject({ state: "committed", report: { newRows: 1 } });
  expect(await names()).toEqual([...before, "Dora Lind"].sort());
  const again = await sendFile(ctx, { fileName: "again.csv" }, text);
  expect(again.preview).toMatchObject({ newRows: 0, unchangedRows: 1 });
  expect(await undoFile(ctx, done)).toMatchObject({ state: "undone" });
  expect(await names()).toEqual(before);
});

test("invoices with day-first dates are entered as such, and ambiguous ones are asked about", async () => {
  const row = (number: string, date: string) =>
    `Anthropic,${number},${date},,USD,usage,October,01/10/2026,12/10/2026,,,"1.240,11",,,,prod\n`;
  const header = `${TEMPLATES["invoices.csv"].split(/\r?\n/)[0]}\n`;
  const asked = await sendFile(ctx, { fileName: "a.csv" }, header + row("F-1", "05/11/2026"));
  expect(asked).toMatchObject({ state: "asking", question: "date_order" });
  const sent = await sendFile(
    ctx,
    { fileName: "b.csv" },
    header + row("F-1", "05/11/2026") + row("F-2", "25/10/2026"),
  );
  expect(sent.errors).toEqual([]);
  expect(sent).toMatchObject({ state: "ready", preview: { newRows: 2 } });
  await commitFile(ctx, sent);
  const { data } = await listInvoices(ctx, invoiceFilter.parse({ limit: 200 }));
  expect(
    data.map(({ number, issueDate, billedCost }) => [number, issueDate, billedCost.minor]).sort(),
  ).toEqual([
    ["F-1", "2026-11-05", 124_011],
    ["F-2", "2026-10-25", 124_011],
  ]);
  expect(books.accounts.prod).toBeDefined();
});

test("a row that the books refuse is named with its line, and nothing is entered", async () => {
  const before = await names();
  const sent = await sendFile(ctx, { fileName: "c.csv" }, "name,email,team\nEve,eve@example.test,Nowhere\n");
  expect(sent).toMatchObject({ state: "ready", errorCount: 1, errors: [{ line: 2, column: "team" }] });
  await expect(commitFile(ctx, sent)).rejects.toMatchObject({ code: "import_has_errors" });
  expect(await names()).toEqual(before);
});
