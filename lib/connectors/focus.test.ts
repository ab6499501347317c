import { describe, expect, test } from "vitest";

import type { FileStyle } from "@/lib/connectors/connector";
import { readCsvText, usageIn } from "@/lib/testing/csv-text";

const MANDATORY =
  "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,ContractedCost,EffectiveCost,InvoiceIssuerName,ListCost,PricingQuantity,PricingUnit,ServiceCategory,ServiceName";
const RESOURCES =
  "ConsumedQuantity,ConsumedUnit,ResourceId,ResourceName,SkuId,SkuPriceId,SubAccountId,SubAccountName";
const V10 = `${MANDATORY},ProviderName,PublisherName,${RESOURCES}`;
const V12 = `${V10},ServiceSubcategory,SkuMeter,PricingCurrency,InvoiceId`;
const V14 = `${MANDATORY},ServiceProviderName,HostProviderName,InvoiceDetailId,${RESOURCES},SkuMeter`;

type Cells = Readonly<Record<string, string | undefined>>;

/** A row of usage of one million tokens for $5.00; each test changes what it is about. */
function row(header: string, cells: Cells = {}): string {
  const all: Cells = {
    BilledCost: "5",
    EffectiveCost: "4.50",
    BillingAccountId: "acct-1",
    BillingCurrency: "USD",
    ChargeCategory: "Usage",
    ChargePeriodStart: "2026-11-01T00:00:00Z",
    ChargePeriodEnd: "2026-11-02T00:00:00Z",
    ServiceCategory: "AI and Machine Learning",
    ServiceName: "Claude API",
    ProviderName: "Anthropic",
    ServiceProviderName: "Anthropic",
    ConsumedQuantity: "1000000",
    ConsumedUnit: "Tokens",
    SkuId: "claude-opus-4-5-20251101",
    SkuMeter: "output",
    ...cells,
  };
  return header
    .split(",")
    .map((column) => `"${all[column] ?? ""}"`)
    .join(",");
}

const read = (header: string, rows: readonly Cells[], style: Partial<FileStyle> = {}) =>
  readCsvText([header, ...rows.map((cells) => row(header, cells)), ""].join("\r\n"), {
    style: { dateOrder: null, decimalSign: null, ...style },
  });

describe("a FOCUS file", () => {
  test("is usage of a key of a sub-account, at its effective cost", async () => {
    const cells = {
      ResourceId: "key-1",
      ResourceName: "Search",
      SubAccountId: "ws-1",
      SubAccountName: "Production",
    };
    const { facts, errors, recognised } = await read(V14, [cells]);
    expect(errors).toEqual([]);
    expect(recognised).toEqual({
      format: "focus",
      version: "1.4",
      serviceProvider: null,
      dateColumns: ["ChargePeriodStart", "ChargePeriodEnd"],
      amountColumns: [],
    });
    expect(facts).toEqual([
      {
        kind: "usage",
        line: 2,
        day: "2026-11-01",
        identity: {
          kind: "api_key",
          externalId: "key-1",
          name: "Search",
          parent: { kind: "workspace", externalId: "ws-1", name: "Production", parent: null },
        },
        model: "claude-opus-4-5",
        serviceTier: "standard",
        dimensions: "|Claude API|claude-opus-4-5-20251101|output|||Tokens||",
        tokens: { uncachedInput: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 1_000_000 },
        requests: 0,
        cost: { nano: 4_500_000_000n, currency: "USD" },
        costKind: "metered",
        spreadDays: 1,
      },
    ]);
  });

  test.each([
    { header: V10, version: "1.0 or 1.1" },
    { header: `${V10},ServiceSubcategory`, version: "1.1" },
    { header: V12, version: "1.2" },
    { header: `${V12},ServiceProviderName,HostProviderName`, version: "1.3" },
    { header: V14, version: "1.4" },
    { header: `${MANDATORY},ServiceProviderName`, version: "1.4" },
  ])("is of version $version by its columns", async ({ header, version }) => {
    expect((await read(header, [{}])).recognised.version).toBe(version);
  });

  test("has a mark, NULL, blanks, currency signs, dates of a country and columns of its own, in any order", async () => {
    const text =
      "\ufeffx_team,EffectiveCost,BilledCost,ChargePeriodEnd,ChargePeriodStart,BillingCurrency,InvoiceIssuer,ChargeCategory,BillingAccountId,ServiceName\n" +
      'x,NULL,"$10,000.00 ",5/2/25,5/1/25,USD,Anthropic,Usage,12345,NULL\n' +
      "x,1,2,2025-05-02 00:00:00,2025-05-01 00:00:00,USD,Anthropic,NULL,12345,NULL\n";
    const { facts, errors } = await readCsvText(text, {
      style: { dateOrder: "month_day", decimalSign: null },
    });
    expect(errors).toEqual([]);
    expect(facts).toMatchObject([
      { day: "2025-05-01", cost: { nano: 10_000_000_000_000n }, spreadDays: 1, model: "" },
      { day: "2025-05-01", cost: { nano: 1_000_000_000n }, identity: { externalId: "12345" } },
    ]);
  });

  test("says which dates can be read in two ways", async () => {
    const { errors } = await read(V10, [{ ChargePeriodStart: "5/1/25" }]);
    expect(errors).toEqual([
      { line: 2, column: "ChargePeriodStart", message: expect.stringContaining("two ways") },
    ]);
  });

  test("spreads a period of several days, exactly", async () => {
    const cells = { ChargePeriodEnd: "2026-11-04T00:00:00Z", EffectiveCost: "10", ConsumedQuantity: "100" };
    const facts = usageIn(await read(V12, [cells]));
    expect(facts.map(({ day, spreadDays }) => [day, spreadDays])).toEqual([
      ["2026-11-01", 3],
      ["2026-11-02", 3],
      ["2026-11-03", 3],
    ]);
    expect(facts.map(({ cost }) => cost?.nano)).toEqual([3_333_333_334n, 3_333_333_333n, 3_333_333_333n]);
    expect(facts.map(({ tokens }) => tokens.output)).toEqual([34, 33, 33]);
  });

  test.each([
    { start: "2026-11-01T05:00:00Z", end: "2026-11-01T06:00:00Z", days: ["2026-11-01"] },
    { start: "2026-11-01T23:00:00Z", end: "2026-11-02T00:00:00.000Z", days: ["2026-11-01"] },
    { start: "2026-11-01T23:00:00+02:00", end: "2026-11-02T02:00:00+02:00", days: ["2026-11-01"] },
    { start: "2026-11-01T12:00:00Z", end: "2026-11-02T12:00:00Z", days: ["2026-11-01", "2026-11-02"] },
    { start: "2026-11-01", end: "2026-11-01", days: ["2026-11-01"] },
    { start: "2026-11-01", end: "", days: ["2026-11-01"] },
  ])("counts $start to $end as UTC days", async ({ start, end, days }) => {
    const facts = usageIn(await read(V10, [{ ChargePeriodStart: start, ChargePeriodEnd: end }]));
    expect(facts.map(({ day }) => day)).toEqual(days);
  });

  test("has purchases, taxes, credits and adjustments that are on invoices", async () => {
    const rows = ["Purchase", "Tax", "Credit", "Adjustment"].map((ChargeCategory) => ({ ChargeCategory }));
    const { facts, errors, records } = await read(V12, rows);
    expect({ facts, errors, records }).toEqual({ facts: [], errors: [], records: 4 });
  });

  test("keeps a correction apart, with its sign; it has no tokens", async () => {
    const correction = { ChargeClass: "Correction", EffectiveCost: "-4.50", ConsumedQuantity: "-1000000" };
    const facts = usageIn(await read(V12, [{}, correction]));
    expect(facts.map(({ cost }) => cost?.nano)).toEqual([4_500_000_000n, -4_500_000_000n]);
    expect(facts[1]).toMatchObject({
      dimensions: expect.stringMatching(/^Correction\|/),
      tokens: { output: 0 },
    });
  });
});

describe("the services of a FOCUS file", () => {
  const other = {
    ServiceCategory: "Databases",
    ServiceName: "AwesomeDB",
    ProviderName: "AWS",
    SkuId: "U-123",
    SkuMeter: "",
  };

  test.each([
    { what: "another category", cells: other, taken: 0 },
    { what: "the category", cells: { ...other, ServiceCategory: "AI and Machine Learning" }, taken: 1 },
    { what: "no category", cells: { ...other, ServiceCategory: "" }, taken: 1 },
    {
      what: "a marketplace name",
      cells: { ...other, ServiceName: "Claude Opus 5.5 (Amazon Bedrock Edition)" },
      taken: 1,
    },
    { what: "a meter", cells: { ...other, SkuId: "vertex-ai-gemini-2.5-pro" }, taken: 1 },
    { what: "a vendor", cells: { ...other, ProviderName: "OpenAI, LLC" }, taken: 1 },
    { what: "a word that has a name in it", cells: { ...other, ServiceName: "Precursor" }, taken: 0 },
  ])("are taken or left by $what", async ({ cells, taken }) => {
    expect((await read(V12, [cells])).facts).toHaveLength(taken);
  });

  test.each([
    { cells: { SkuId: "claude-3-5-haiku-20241022" }, model: "claude-haiku-3-5" },
    { cells: { SkuId: "anthropic.claude-opus-4-5-20251101-v1:0" }, model: "claude-opus-4-5" },
    {
      cells: { SkuId: "U-1", ServiceName: "Claude Opus 5.5 (Amazon Bedrock Edition)" },
      model: "claude-opus-5-5",
    },
    { cells: { SkuId: "gpt-6-astra-input-tokens" }, model: "gpt-6-astra" },
    { cells: { SkuId: "U-1", ChargeDescription: "GPT-4o, input" }, model: "gpt-4o" },
    { cells: { SkuId: "o3-mini" }, model: "o3-mini" },
    { cells: { SkuId: "gemini-2.5-pro" }, model: "gemini-2.5-pro" },
    { cells: { SkuId: "U-1", ServiceName: "Claude Team" }, model: "" },
  ])("name $model", async ({ cells, model }) => {
    expect((await read(V12, [cells])).facts).toMatchObject([{ model }]);
  });

  test.each([
    { meter: "uncached_input_tokens", unit: "Tokens", quantity: "1,000", tokens: { uncachedInput: 1000 } },
    { meter: "input_no_cache", unit: "tokens", quantity: "12.0", tokens: { uncachedInput: 12 } },
    { meter: "cache_read_input_tokens", unit: "1K tokens", quantity: "1.5", tokens: { cacheRead: 1500 } },
    {
      meter: "cache_creation.ephemeral_5m_input_tokens",
      unit: "Tokens",
      quantity: "7",
      tokens: { cacheWrite5m: 7 },
    },
    {
      meter: "cache_creation.ephemeral_1h_input_tokens",
      unit: "Tokens",
      quantity: "7",
      tokens: { cacheWrite1h: 7 },
    },
    { meter: "Output", unit: "Millions of tokens", quantity: "0.000001", tokens: { output: 1 } },
    { meter: "output", unit: "MTok", quantity: "2.5", tokens: { output: 2_500_000 } },
    { meter: "requests", unit: "Requests", quantity: "9", tokens: { output: 0, uncachedInput: 0 } },
  ])("count $quantity $unit of $meter", async ({ meter, unit, quantity, tokens }) => {
    const cells = { SkuMeter: meter, ConsumedUnit: unit, ConsumedQuantity: quantity };
    expect((await read(V12, [cells])).facts).toMatchObject([{ tokens }]);
  });

  test("are half price in batches", async () => {
    expect((await read(V12, [{ SkuMeter: "batch output" }])).facts).toMatchObject([{ serviceTier: "batch" }]);
  });

  test.each([
    {
      cells: { ResourceId: "k" },
      identity: { kind: "api_key", name: "k", parent: { externalId: "acct-1" } },
    },
    {
      cells: { SubAccountId: "007" },
      identity: { kind: "workspace", externalId: "007", name: "007", parent: null },
    },
    {
      cells: { BillingAccountName: "Acme" },
      identity: { kind: "workspace", externalId: "acct-1", name: "Acme" },
    },
  ])("are used by $identity.kind $identity.name", async ({ cells, identity }) => {
    expect((await read(V12, [cells])).facts).toMatchObject([{ identity }]);
  });
});

describe("a FOCUS file is refused", () => {
  test("as a whole, when its AI services are of two providers", async () => {
    const rows = [{ ProviderName: "anthropic " }, { ProviderName: "Anthropic" }, { ProviderName: "OpenAI" }];
    await expect(read(V10, rows)).rejects.toMatchObject({
      message: "The file has usage of anthropic and of OpenAI. Split the file by provider.",
      line: 4,
      column: "ProviderName",
    });
  });

  test("not for other services of other providers", async () => {
    const database = {
      ServiceCategory: "Databases",
      ServiceName: "AwesomeDB",
      ProviderName: "AWS",
      SkuId: "U-1",
    };
    expect((await read(V10, [database, {}])).facts).toHaveLength(1);
  });

  test.each([
    { cells: { ChargePeriodStart: "" }, column: "ChargePeriodStart", says: "This is empty" },
    { cells: { ChargePeriodStart: "2025-02-29" }, column: "ChargePeriodStart", says: "Use a day like" },
    { cells: { ChargePeriodEnd: "2026-10-01" }, column: "ChargePeriodEnd", says: "must end after it starts" },
    { cells: { ChargePeriodEnd: "2028-10-01" }, column: "ChargePeriodEnd", says: "within 400 days" },
    { cells: { BillingCurrency: "Token" }, column: "BillingCurrency", says: "not a currency" },
    { cells: { BillingCurrency: "" }, column: "BillingCurrency", says: "This is empty" },
    { cells: { EffectiveCost: "", BilledCost: "NULL" }, column: "BilledCost", says: "has no cost" },
    { cells: { EffectiveCost: "abc" }, column: "EffectiveCost", says: "not an amount" },
    { cells: { ConsumedQuantity: "abc" }, column: "ConsumedQuantity", says: "not a quantity" },
    { cells: { BillingAccountId: "" }, column: "BillingAccountId", says: "This is empty" },
  ])("at $column, for what $says", async ({ cells, column, says }) => {
    const { facts, errors } = await read(V10, [cells]);
    expect(facts).toEqual([]);
    expect(errors).toEqual([{ line: 2, column, message: expect.stringContaining(says) }]);
  });
});
