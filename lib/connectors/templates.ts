/** Files to fill in, by name: the header, and two rows that show what belongs under it. */
export const TEMPLATES = {
  "people-and-seats.csv": textOf([
    "name,email,team,member_since,subscription,plan,seat_from,seat_until",
    "Ada Example,ada@example.com,Platform,2026-01-01,Claude Team,Team Standard,2026-10-01,",
    "Ben Example,ben@example.com,Growth,2026-03-15,Claude Team,Team Standard,2026-10-01,2026-12-31",
  ]),
  "invoices.csv": textOf([
    "service_provider,invoice_number,issue_date,due_date,currency,category,description,period_start,period_end," +
      "quantity,unit_price,amount,tax,subscription,plan,api_account",
    'Anthropic,EXAMPLE-0001,2026-10-31,2026-11-30,USD,purchase,"Claude Team, 5 seats",2026-10-01,2026-10-31,' +
      "5,25.00,125.00,26.25,Claude Team,Team Standard,",
    "Anthropic,EXAMPLE-0001,2026-10-31,2026-11-30,USD,usage,API usage of October,2026-10-01,2026-10-31," +
      ",,310.40,65.18,,,prod",
  ]),
} as const;

function textOf(lines: readonly string[]): string {
  return `${lines.join("\r\n")}\r\n`;
}
