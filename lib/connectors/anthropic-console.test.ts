import { describe, expect, test } from "vitest";

import { readCsvText } from "@/lib/testing/csv-text";

const COST_2024 = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd";
const COST_2025 =
  "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type";
const COST_2026_03 =
  "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed";
const TOKENS =
  "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count";

const read = (...lines: readonly string[]) => readCsvText(`${lines.join("\r\n")}\r\n`);

describe("the cost export", () => {
  test("is usage of a key of a workspace, in dollars", async () => {
    const { facts, errors, recognised } = await read(
      `\ufeff${COST_2025}`,
      '2026-01-31,Claude Opus 4.5,prod,claude_code_key_ada_wxyz,message,≤ 200k,input_cache_write_1h,"1,234.56",token',
    );
    expect(errors).toEqual([]);
    expect(recognised).toEqual({
      format: "anthropic_console_cost",
      version: "2025-12",
      serviceProvider: "Anthropic",
      dateColumns: [],
      amountColumns: [],
    });
    expect(facts).toEqual([
      {
        kind: "usage",
        line: 2,
        day: "2026-01-31",
        identity: {
          kind: "api_key",
          externalId: "prod/claude_code_key_ada_wxyz",
          name: "claude_code_key_ada_wxyz",
          parent: { kind: "workspace", externalId: "prod", name: "prod", parent: null },
        },
        model: "claude-opus-4-5",
        serviceTier: "standard",
        dimensions: "message|≤ 200k|input_cache_write_1h|token||",
        tokens: { uncachedInput: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 },
        requests: 0,
        cost: { nano: 1_234_560_000_000n, currency: "USD" },
        costKind: "metered",
        spreadDays: 1,
      },
    ]);
  });

  test.each([
    {
      version: "2024",
      header: COST_2024,
      cells: "2024-06-01,Claude 3.5 Sonnet,,k,message,output,0.00",
      fact: {
        model: "claude-sonnet-3-5",
        dimensions: "message||output|||",
        cost: { nano: 0n },
        identity: { externalId: "Default/k", parent: { externalId: "Default" } },
      },
    },
    {
      version: "2026-02",
      header: `${COST_2025},inference_geo,speed`,
      cells: "2026-02-01,Claude Opus 4.6,prod,k,message,≤ 200k,output,6.00,token,us,fast",
      fact: {
        serviceTier: "fast",
        dimensions: "message|≤ 200k|output|token|us|fast",
        cost: { nano: 6_000_000_000n },
      },
    },
    {
      version: "2026-03",
      header: COST_2026_03,
      cells: "2026-03-01,Claude Opus 4.6,prod,,message,,,0.02,0.03,web search,global,standard",
      fact: {
        identity: { kind: "workspace", externalId: "prod" },
        dimensions: "message|||web search|global|standard",
        cost: { nano: 20_000_000n },
      },
    },
    {
      version: "2026-08",
      header: `${COST_2026_03},api_key_id,api_key_status`,
      cells:
        "2026-08-01,Claude Sonnet 5.5,prod,k,batch,≤ 200k,output,-0.01,0.00,token,global,standard,apikey_1,active",
      fact: {
        serviceTier: "batch",
        model: "claude-sonnet-5-5",
        cost: { nano: -10_000_000n },
        identity: { externalId: "prod/k" },
      },
    },
  ])("of $version is known by its columns", async ({ version, header, cells, fact }) => {
    const { facts, errors, recognised } = await read(header, cells);
    expect({ errors, version: recognised.version }).toEqual({ errors: [], version });
    expect(facts).toMatchObject([fact]);
  });

  test("takes its columns in any order, beside unknown ones, and rows without a model", async () => {
    const { facts } = await read(
      `new_column,${COST_2024.split(",").reverse().join(",")}`,
      "x,1.5,output,message,NULL,prod,NULL,2024-06-01",
    );
    expect(facts).toMatchObject([
      { model: "", identity: { kind: "workspace" }, cost: { nano: 1_500_000_000n } },
    ]);
  });

  test.each([
    {
      cells: "2025-02-29,m,w,k,message,output,1",
      column: "usage_date_utc",
      says: '"2025-02-29" is not a day',
    },
    { cells: ",m,w,k,message,output,1", column: "usage_date_utc", says: "This is empty" },
    { cells: "2024-06-01,m,w,k,message,output,1.2.3", column: "cost_usd", says: '"1.2.3" is not an amount' },
    { cells: `2024-06-01,${"m".repeat(101)},w,k,message,output,1`, column: "model", says: "longer than 100" },
    { cells: "2024-06-01,m,w,k,message,output", column: null, says: "6 cells, the header 7" },
  ])("refuses what $says", async ({ cells, column, says }) => {
    const { facts, errors } = await read(COST_2024, "2024-06-01,m,w,k,message,output,1", cells);
    expect(facts).toHaveLength(1);
    expect(errors).toEqual([{ line: 3, column, message: expect.stringContaining(says) }]);
  });
});

describe("the token export", () => {
  test("has no cost, in 12 columns", async () => {
    const { facts, errors, recognised } = await read(
      TOKENS,
      '2026-01-31,claude-opus-4-5-20251101,k,prod,standard,≤ 200k,"1,000",2,3,4,5,6',
    );
    expect({ errors, version: recognised.version }).toEqual({ errors: [], version: "12 columns" });
    expect(facts).toMatchObject([
      {
        day: "2026-01-31",
        identity: { kind: "api_key", externalId: "prod/k" },
        model: "claude-opus-4-5",
        dimensions: "standard|≤ 200k||",
        tokens: { uncachedInput: 1000, cacheWrite5m: 2, cacheWrite1h: 3, cacheRead: 4, output: 5 },
        cost: null,
        costKind: "metered",
      },
    ]);
  });

  test("has geography and speed in 14 columns", async () => {
    const { facts, recognised } = await read(
      `${TOKENS},inference_geo,speed`,
      "2026-04-01,claude-sonnet-5-5,k,,batch,≤ 200k,1,0,0,0,1,0,us,standard",
    );
    expect(recognised).toMatchObject({ format: "anthropic_console_tokens", version: "14 columns" });
    expect(facts).toMatchObject([
      { serviceTier: "batch", dimensions: "batch|≤ 200k|us|standard", identity: { externalId: "Default/k" } },
    ]);
  });

  test("refuses half a token below zero", async () => {
    const { errors } = await read(TOKENS, "2026-04-01,m,k,w,standard,,-0.5,0,0,0,1,0");
    expect(errors).toEqual([
      {
        line: 2,
        column: "usage_input_tokens_no_cache",
        message: '"-0.5" is not a count. Use a whole number.',
      },
    ]);
  });
});
