import { describe, expect, test } from "vitest";

import { readCsvText, usageIn } from "@/lib/testing/csv-text";

const UUID = "3f2a9c1e-1111-4222-8333-123456789012";
const options = (range = "2026-11-01-to-2026-11-03") => ({ fileName: `spend-report-${UUID}-${range}.csv` });

const NINE =
  "user_email,account_uuid,product,model,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd";
const SEVENTEEN = `${NINE},user_id,total_uncached_input_tokens,total_cache_read_tokens,total_cache_write_5m_tokens,total_cache_write_1h_tokens,total_web_search_count,slack_channel_id,teams_channel_id`;

describe("a spend report with 17 columns", () => {
  test("is one row for each day of the range, and nothing is lost", async () => {
    const read = await readCsvText(
      `\ufeff${SEVENTEEN}\r\nAda@Example.com,0012,claude_code,claude_opus_4_5,"1,000",9000,100,"1,000.50","2,000.00",user_1,7,2,3,4,1,,\r\n`,
      options(),
    );
    expect(read).toMatchObject({
      errors: [],
      recognised: { format: "claude_ai_spend", version: "17 columns", serviceProvider: "Anthropic" },
    });
    const facts = usageIn(read);
    expect(facts[0]).toEqual({
      kind: "usage",
      line: 2,
      day: "2026-11-01",
      identity: { kind: "email", externalId: "ada@example.com", name: "Ada@Example.com", parent: null },
      model: "claude-opus-4-5",
      serviceTier: "standard",
      dimensions: "claude_code||",
      tokens: { uncachedInput: 3, cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 2, output: 34 },
      requests: 334,
      cost: { nano: 333_500_000_000n, currency: "USD" },
      costKind: "on_top",
      spreadDays: 3,
    });
    expect(facts.map(({ day }) => day)).toEqual(["2026-11-01", "2026-11-02", "2026-11-03"]);
    expect(facts.map(({ tokens }) => tokens.uncachedInput)).toEqual([3, 2, 2]);
    expect(facts.map(({ requests }) => requests)).toEqual([334, 333, 333]);
    expect(facts.reduce((sum, { cost }) => sum + cost!.nano, 0n)).toBe(1_000_500_000_000n);
  });

  test("gives odd nano-units to the earlier days", async () => {
    const row = "a@b.example,1,chat,Claude Opus 4.5,1,0,0,0.000000002,1,u,0,0,0,0,0,C1,";
    const facts = usageIn(await readCsvText(`${SEVENTEEN}\n${row}\n`, options()));
    expect(facts.map(({ cost }) => cost?.nano)).toEqual([1n, 1n, 0n]);
    expect(facts[0]?.dimensions).toBe("chat|C1|");
  });

  test("names what the organization itself used, and who has no address", async () => {
    const rows =
      "(org service usage),(org service),chat,,1,0,0,5,5,,0,0,0,0,0,,\n,0042,chat,,1,0,0,5,5,,0,0,0,0,0,,\n";
    const { facts, errors } = await readCsvText(`${SEVENTEEN}\n${rows}`, options("2026-11-01-to-2026-11-01"));
    expect(errors).toEqual([]);
    expect(facts).toMatchObject([
      { identity: { kind: "workspace", externalId: "org service usage" }, model: "", spreadDays: 1 },
      { identity: { kind: "user", externalId: "0042" }, dimensions: "chat||" },
    ]);
  });
});

describe("an older spend report", () => {
  test("has 9 columns, in any order and beside unknown ones", async () => {
    const header = `extra,${NINE.split(",").reverse().join(",")}`;
    const read = await readCsvText(
      `${header}\nx,2.00,1.5,20,10,3,claude-sonnet-4-5-20250929,chat,1,ada@example.com\n`,
      options("2026_11_30-to-2026_11_30"),
    );
    expect(read.recognised.version).toBe("9 columns");
    expect(read.facts).toMatchObject([
      {
        day: "2026-11-30",
        model: "claude-sonnet-4-5",
        tokens: { uncachedInput: 10, cacheRead: 0, output: 20 },
        cost: { nano: 1_500_000_000n },
        spreadDays: 1,
      },
    ]);
  });

  test("has e-mail and model family", async () => {
    const header = NINE.replace("user_email", "email").replace(",model,", ",model_family,");
    const read = await readCsvText(`${header}\nAda@example.com,1,chat,Opus,1,2,3,NULL,0\n`, options());
    expect(read.recognised.version).toBe("model families");
    expect(read.facts).toMatchObject([
      { model: "opus", identity: { externalId: "ada@example.com" }, cost: { nano: 0n } },
      {},
      {},
    ]);
  });
});

describe("the name of the file", () => {
  const text = `${NINE}\na@b.example,1,chat,,1,2,3,4,5\n`;

  test.each([
    { fileName: "report.csv", says: "Keep the name of the export" },
    { fileName: `spend-report-${UUID}-2026-11-03-to-2026-11-01.csv`, says: "2026-11-03 to 2026-11-01" },
    { fileName: `spend-report-${UUID}-2026-02-30-to-2026-03-01.csv`, says: "no range" },
    { fileName: `spend-report-${UUID}-2020-01-01-to-2026-03-01.csv`, says: "up to 400 days" },
  ])("is refused: $fileName", async ({ fileName, says }) => {
    await expect(readCsvText(text, { fileName })).rejects.toThrow(says);
  });

  test("is understood in a second copy", async () => {
    const { facts } = await readCsvText(text, {
      fileName: `spend-report-${UUID}-2026-10-31-to-2026-11-01 (1).csv`,
    });
    expect(facts).toMatchObject([{ day: "2026-10-31" }, { day: "2026-11-01" }]);
  });
});

test.each([
  { cells: "a@b.example,1,chat,,many,2,3,4,5", column: "total_requests", says: '"many" is not a count' },
  {
    cells: "a@b.example,1,chat,,1,2,3,free,5",
    column: "total_net_spend_usd",
    says: '"free" is not an amount',
  },
  { cells: ",,chat,,1,2,3,4,5", column: "user_email", says: "This is empty" },
])("refuses at $column: $says", async ({ cells, column, says }) => {
  const { facts, errors } = await readCsvText(`${NINE}\n${cells}\n`, options());
  expect(facts).toEqual([]);
  expect(errors).toEqual([{ line: 2, column, message: expect.stringContaining(says) }]);
});
