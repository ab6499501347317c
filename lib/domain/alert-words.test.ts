import { expect, test } from "vitest";

import { alertMessage } from "@/lib/domain/alert-words";

test("a message of an alert says what was reached, by what, and where to look", () => {
  const raised = {
    ...{ organization: "Northwind Labs", month: "2026-10", address: "https://books.example.test" },
    share: { percent: 80, purpose: "developer_leverage", team: { name: "Plat\nform" } },
    budgeted: { minor: 100_000, currency: "USD" },
    actual: { minor: 81_234, currency: "USD" },
    forecast: null,
  } as const;
  expect(alertMessage(raised)).toEqual({
    // One line, whatever a name holds.
    subject: "80 % of the budget for October 2026 reached: Plat form’s developer leverage",
    text: [
      "Northwind Labs. 80 % of the budget for October 2026 reached: Plat form’s developer leverage.",
      "It has cost 812.34 USD; 1,000.00 USD are budgeted.",
      "https://books.example.test/budget?month=2026-10",
    ].join("\n"),
  });
  const { subject, text } = alertMessage({ ...raised, forecast: { minor: 90_000, currency: "USD" } });
  expect(subject).toMatch(/^Forecast to reach 80 % of the budget for October 2026: /);
  expect(text).toContain("It has cost 812.34 USD and is forecast to cost 900.00 USD; 1,000.00 USD are");
});
