import { expect, test } from "vitest";

import { reminderMessage } from "./reminder-words";

test("a reminder says which invoice, since when and who enters it", () => {
  const message = reminderMessage({
    ...{ organization: "Northwind Labs", contract: "Cursor\nTeams", serviceProvider: "Anysphere" },
    ...{ month: "2026-10", dueOn: "2026-11-05", responsible: "Mira", address: "https://books.example" },
  });
  expect(message).toEqual({
    subject: "No invoice yet: Cursor Teams, October 2026",
    text:
      "Northwind Labs. No invoice of Anysphere for Cursor Teams in October 2026 is here yet.\n" +
      "It was due by 5 Nov 2026, and Mira enters it.\nhttps://books.example/invoices?month=2026-10",
  });
});
