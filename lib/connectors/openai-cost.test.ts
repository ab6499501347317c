import { describe, expect, test } from "vitest";

import { readCsvText, usageIn } from "@/lib/testing/csv-text";

const HEADER =
  "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email,api_source";

/** A row by its columns, the rest empty. */
function row(cells: Readonly<Record<string, string | undefined>>): string {
  const all: Readonly<Record<string, string | undefined>> = {
    start_time: "1793491200",
    start_time_iso: "2026-11-01T00:00:00+00:00",
    amount_value: "1",
    amount_currency: "usd",
    ...cells,
  };
  return HEADER.split(",")
    .map((column) => `"${all[column] ?? ""}"`)
    .join(",");
}
const read = (...rows: readonly string[]) => readCsvText([HEADER, ...rows, ""].join("\r\n"));

describe("the cost export of OpenAI", () => {
  test("is usage of a key of a project, to the last of 30 decimals", async () => {
    const { facts, errors, recognised } = await read(
      row({
        amount_value: "0.123456789500000000000000000001",
        quantity: "1250",
        quantity_unit: "tokens",
        line_item: "gpt-6-astra, input_tokens",
        user_id: "user-7",
        api_key_id: "key_1",
        project_id: "proj_1",
        project_name: "Search",
        api_source: "api",
      }),
    );
    expect(errors).toEqual([]);
    expect(recognised).toMatchObject({
      format: "openai_cost",
      version: "2026-09",
      serviceProvider: "OpenAI",
    });
    expect(facts).toEqual([
      {
        kind: "usage",
        line: 2,
        day: "2026-11-01",
        identity: {
          kind: "api_key",
          externalId: "key_1",
          name: "key_1",
          parent: { kind: "workspace", externalId: "proj_1", name: "Search", parent: null },
        },
        model: "gpt-6-astra",
        serviceTier: "standard",
        dimensions: "input_tokens|tokens|api|user-7",
        tokens: { uncachedInput: 1250, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 },
        requests: 0,
        cost: { nano: 123_456_790n, currency: "USD" },
        costKind: "metered",
        spreadDays: 1,
      },
    ]);
  });

  test("has rows without an amount for days without cost", async () => {
    const { facts, errors, records } = await read(row({ amount_value: "" }), row({ amount_value: "0" }));
    expect({ errors, records }).toEqual({ errors: [], records: 2 });
    expect(facts).toMatchObject([{ line: 3, cost: { nano: 0n } }]);
  });

  test.each([
    { item: "gpt-6-astra, input_tokens", unit: "tokens", tokens: { uncachedInput: 12 } },
    { item: "gpt-6-astra, cached_input_tokens", unit: "tokens", tokens: { cacheRead: 12 } },
    { item: "gpt-6-astra, uncached_input_tokens", unit: "tokens", tokens: { uncachedInput: 12 } },
    { item: "gpt-6-astra, input_cache_write_tokens", unit: "tokens", tokens: { cacheWrite5m: 12 } },
    { item: "GPT-4o, cached input", unit: "1000_tokens", tokens: { cacheRead: 12_000 } },
    { item: "gpt-6-astra, output_tokens", unit: "1000_tokens", tokens: { output: 12_000 } },
    { item: "gpt-6-astra, images", unit: "images", tokens: { uncachedInput: 0, output: 0 } },
  ])("counts $unit of $item", async ({ item, unit, tokens }) => {
    const { facts } = await read(row({ line_item: item, quantity: "12.000", quantity_unit: unit }));
    expect(facts).toMatchObject([{ tokens }]);
  });

  test("keeps thousandths of a thousand tokens", async () => {
    const cells = { line_item: "gpt-6, output", quantity: "1.2345", quantity_unit: "1000_tokens" };
    expect(usageIn(await read(row(cells)))[0]?.tokens.output).toBe(1234);
  });

  test("has no model in a line item without a comma, and half-price batches", async () => {
    const { facts } = await read(
      row({ line_item: "web search tool calls" }),
      row({ line_item: "GPT-4o, batch input" }),
    );
    expect(facts).toMatchObject([
      { model: "", dimensions: expect.stringMatching(/^web search tool calls\|/), serviceTier: "standard" },
      { model: "gpt-4o", serviceTier: "batch" },
    ]);
  });

  test.each([
    { cells: { project_id: "p", user_email: "a@b.example" }, kind: "workspace", externalId: "p", name: "p" },
    {
      cells: { user_email: "A@b.example", user_id: "u" },
      kind: "email",
      externalId: "a@b.example",
      name: "A@b.example",
    },
    { cells: { user_id: "u" }, kind: "user", externalId: "u", name: "u" },
    {
      cells: { organization_id: "org-1", organization_name: "Acme" },
      kind: "workspace",
      externalId: "org-1",
      name: "Acme",
    },
    { cells: {}, kind: "workspace", externalId: "organization", name: "Organization" },
  ])("is usage of $kind $externalId", async ({ cells, ...identity }) => {
    const { facts } = await read(row(cells));
    expect(facts).toMatchObject([{ identity }]);
  });

  test("has its day in seconds where there is no ISO day, columns in any order, another currency", async () => {
    const text = "unknown,line_item,amount_currency,amount_value,start_time\nx,,eur,2.5,1793491200\n";
    const { facts, recognised } = await readCsvText(text);
    expect(recognised.version).toBe("without ISO days");
    expect(facts).toMatchObject([{ day: "2026-11-01", cost: { nano: 2_500_000_000n, currency: "EUR" } }]);
  });

  test.each([
    { cells: { amount_value: "1,5,0" }, column: "amount_value", says: "not an amount" },
    { cells: { amount_currency: "credits" }, column: "amount_currency", says: "not a currency" },
    { cells: { start_time_iso: "01/11/2026" }, column: "start_time_iso", says: "Use a day like" },
    { cells: { start_time_iso: "", start_time: "1e9" }, column: "start_time", says: "seconds since 1970" },
    { cells: { quantity: "many", quantity_unit: "tokens" }, column: "quantity", says: "not a quantity" },
    { cells: { quantity: "-1", quantity_unit: "tokens" }, column: "quantity", says: "below zero" },
  ])("refuses at $column what is $says", async ({ cells, column, says }) => {
    const { facts, errors } = await read(row(cells));
    expect(facts).toEqual([]);
    expect(errors).toEqual([{ line: 2, column, message: expect.stringContaining(says) }]);
  });
});
