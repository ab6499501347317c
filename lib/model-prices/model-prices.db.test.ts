import { text as textOf } from "node:stream/consumers";
import { describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { createServiceProvider } from "@/lib/catalogue/service";
import { read, transact, write } from "@/lib/db/client";
import { costOfTokens } from "@/lib/domain/model-price";
import { NO_TOKENS } from "@/lib/domain/usage";
import { everyPage } from "@/lib/fields/every-page";
import { readLedger } from "@/lib/ledger/read";
import { ensureModelPrices, loadPriceBook } from "@/lib/model-prices/data";
import { priceUnknown } from "@/lib/model-prices/price-unknown";
import { type ModelPriceRow, modelPriceFilter, modelPriceInput } from "@/lib/model-prices/schema";
import {
  createModelPrice,
  exportModelPrices,
  listModelPrices,
  replaceModelPrices,
} from "@/lib/model-prices/service";
import { someBooks } from "@/lib/testing/books";
import { importFile } from "@/lib/testing/imports";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser } from "@/lib/testing/tenant-tables";

const HEADER =
  "service_provider,model,service_tier,starts_on,currency,input,cache_read,cache_write_5m,cache_write_1h,output,source,as_of";
const list = (...lines: string[]) => [HEADER, ...lines].join("\r\n");

/** An organization that buys from one provider. */
async function aBuyer() {
  const ctx = await anOrganization();
  const { id } = await createServiceProvider(ctx, { name: "Anthropic", website: null });
  const price = (changes: object = {}) =>
    modelPriceInput.parse({
      serviceProviderId: id,
      model: "Claude Opus 9",
      startsOn: "2026-01-01",
      currency: "USD",
      perMillion: {
        uncachedInput: "5",
        cacheRead: "0.0125",
        cacheWrite5m: "6.25",
        cacheWrite1h: "10",
        output: "25",
      },
      source: "price page",
      ...changes,
    });
  return { ctx, id, price };
}

const all = (ctx: Ctx): Promise<ModelPriceRow[]> => everyPage((page) => listModelPrices(ctx, page));
const seed = (ctx: Ctx) => write(ctx, (db) => ensureModelPrices(db, ctx));

describe("the prices to start with", () => {
  test("are given once to each provider that has none", async () => {
    const { ctx, id } = await aBuyer();
    expect(await seed(ctx)).toBe(true);
    const given = await all(ctx);
    expect(given.length).toBeGreaterThan(20);
    expect(new Set(given.map(({ serviceProvider }) => serviceProvider.id))).toEqual(new Set([id]));
    expect(given.find(({ model }) => model === "claude-opus-4-8")).toMatchObject({
      serviceTier: "standard",
      startsOn: "2000-01-01",
      currency: "USD",
      perMillion: {
        uncachedInput: "5",
        cacheRead: "0.5",
        cacheWrite5m: "6.25",
        cacheWrite1h: "10",
        output: "25",
      },
      source: "Anthropic models page",
    });

    expect(await seed(ctx)).toBe(false);
    await createServiceProvider(ctx, { name: "OpenAI", website: null });
    expect(await seed(ctx)).toBe(true);
    const later = await all(ctx);
    expect(later.filter(({ serviceProvider }) => serviceProvider.name === "Anthropic")).toEqual(given);
    expect(later.length).toBeGreaterThan(given.length + 50);
  });

  test("leave a provider alone whose prices somebody entered", async () => {
    const { ctx, price } = await aBuyer();
    await createModelPrice(ctx, price());
    expect(await seed(ctx)).toBe(false);
    expect(await all(ctx)).toHaveLength(1);
  });
});

describe("a price", () => {
  test("stands under the model's one name, and is found by any of its names", async () => {
    const { ctx, id, price } = await aBuyer();
    await createModelPrice(ctx, price());
    await createModelPrice(ctx, price({ model: "claude-haiku-9" }));
    const found = await listModelPrices(
      ctx,
      modelPriceFilter.parse({ serviceProviderId: id, model: "anthropic/claude-opus-9-20260101" }),
    );
    expect(found.data).toMatchObject([
      { model: "claude-opus-9", asOf: "2026-11-23", perMillion: { cacheRead: "0.0125" } },
    ]);
  });

  test("stands once a provider, model, tier and day", async () => {
    const { ctx, price } = await aBuyer();
    await createModelPrice(ctx, price());
    await expectRefusal(createModelPrice(ctx, price({ model: "claude-opus-9" })), "name_taken", "startsOn");
    await createModelPrice(ctx, price({ startsOn: "2026-02-01" }));
    await createModelPrice(ctx, price({ serviceTier: "batch" }));
    const other = await createServiceProvider(ctx, { name: "Reseller", website: null });
    await createModelPrice(ctx, price({ serviceProviderId: other.id }));
    expect(await all(ctx)).toHaveLength(4);
  });

  test.each(["-1", "1,5", "", "NaN", "1e3", "0.0000000001", "10000000"])("is never %j", async (output) => {
    const { price } = await aBuyer();
    const perMillion = { ...price().perMillion, output };
    expect(modelPriceInput.safeParse({ ...price(), perMillion }).success).toBe(false);
  });

  test("is in the book that prices usage, to the last decimal", async () => {
    const { ctx, id, price } = await aBuyer();
    const perMillion = { ...price().perMillion, output: "0.000000001" };
    await createModelPrice(ctx, price({ perMillion }));
    const book = await read(ctx, (db) => loadPriceBook(db, ctx, id));
    const tokens = { ...NO_TOKENS, cacheRead: 2, output: 1_000_000 };
    const use = { model: "claude-opus-9", serviceTier: "standard" as const, day: "2026-01-01", tokens };
    expect(costOfTokens(book, use)).toEqual({ nano: 26n, currency: "USD" });
  });

  test("is read by everybody, and written by owner and finance", async () => {
    const { ctx, price } = await aBuyer();
    await createModelPrice(await anActor(ctx, { roles: ["finance"] }), price());
    for (const role of ["lead", "member", "auditor"] as const) {
      const actor = await anActor(ctx, { roles: [role] });
      expect(await all(actor)).toHaveLength(1);
      await expectRefusal(createModelPrice(actor, price({ startsOn: "2026-02-01" })), "forbidden");
      await expectRefusal(replaceModelPrices(actor, { text: HEADER }), "forbidden");
    }
  });

  test("is not there for another organization", async () => {
    const { ctx, id, price } = await aBuyer();
    await createModelPrice(ctx, price());
    const stranger = await anOrganization();
    expect(await all(stranger)).toEqual([]);
    await expectRefusal(createModelPrice(stranger, price({ startsOn: "2026-02-01" })), "not_found");
    expect((await read(stranger, (db) => loadPriceBook(db, stranger, id))).size).toBe(0);
  });
});

describe("a list of prices", () => {
  const OPUS = "anthropic,Claude Opus 9,,2026-01-01,USD,5,0.0125,6.250,10,25,price page,";

  test("comes back in as it went out, without a change", async () => {
    const { ctx } = await aBuyer();
    await createServiceProvider(ctx, { name: 'Evil "Corp", Inc', website: null });
    await createServiceProvider(ctx, { name: "OpenAI", website: null });
    await createServiceProvider(ctx, { name: "Google", website: null });
    await seed(ctx);
    await replaceModelPrices(ctx, {
      text: list('"Evil ""Corp"", Inc",gpt-9,batch,2026-05-01,EUR,1,1,1,1,1,=1+1,2026-05-02'),
    });
    const before = await all(ctx);
    const { fileName, rows } = await exportModelPrices(ctx);
    const text = await textOf(rows);
    expect(fileName).toBe("model-prices-2026-11-23.csv");
    expect(text).toContain('"Evil ""Corp"", Inc",gpt-9,batch,2026-05-01,EUR,1,1,1,1,1,\'=1+1,2026-05-02\r\n');
    expect(await replaceModelPrices(ctx, { text })).toEqual({
      added: 0,
      replaced: 0,
      unchanged: before.length,
    });
    expect(await all(ctx)).toEqual(before);
  });

  test("adds what is new, replaces what is not in force yet, and leaves the rest", async () => {
    const { ctx, price } = await aBuyer();
    await createModelPrice(ctx, price());
    const coming = await createModelPrice(ctx, price({ startsOn: "2026-11-24" }));
    const result = await replaceModelPrices(ctx, {
      text: list(
        OPUS,
        "Anthropic,claude-opus-9,standard,2026-11-24,USD,4,0.0125,6.25,10,20,price page,2026-11-20",
        "Anthropic,claude-haiku-9,fast,2026-11-23,USD,$1,0.1,1.25,2,5,price page,2026-11-20",
      ),
    });
    expect(result).toEqual({ added: 1, replaced: 1, unchanged: 1 });
    const prices = await all(ctx);
    expect(prices.find(({ id }) => id === coming.id)).toMatchObject({
      perMillion: { uncachedInput: "4", output: "20" },
      asOf: "2026-11-20",
    });
    expect(prices.find(({ serviceTier }) => serviceTier === "fast")?.perMillion.uncachedInput).toBe("1");
  });

  test("takes semicolons, a byte order mark and any order of columns", async () => {
    const { ctx } = await aBuyer();
    const text =
      "\ufeffoutput;model;service_provider;starts_on;currency;input;cache_read;cache_write_5m;cache_write_1h;source\n" +
      "25;claude-opus-9;Anthropic;2026-01-01;USD;5;0.5;6.25;10;page\n\n";
    expect(await replaceModelPrices(ctx, { text })).toEqual({ added: 1, replaced: 0, unchanged: 0 });
    expect(await all(ctx)).toMatchObject([
      { serviceTier: "standard", asOf: "2026-11-23", perMillion: { output: "25" } },
    ]);
  });

  test("is refused as a whole, with what is wrong in each line", async () => {
    const { ctx, price } = await aBuyer();
    await createModelPrice(ctx, price());
    const text = list(
      OPUS,
      "Anthropic,claude-opus-9,standard,2026-02-01,USD,5,0.5,6.25,10,25,page,",
      "Anthropic,claude-opus-9,standard,2026-01-01,USD,6,0.0125,6.25,10,25,page,",
      "Nobody,claude-opus-9,standard,2026-03-01,USD,5,0.5,6.25,10,25,page,",
      "Anthropic,claude-opus-9,slow,2026-03-01,USD,5,0.5,6.25,10,25,page,",
      "Anthropic,claude-opus-9,standard,2026-02-30,USD,5,0.5,6.25,10,25,page,",
      "Anthropic,claude-opus-9,standard,2026-03-01,USD,5,0.5,,10,25,page,",
      "Anthropic,claude-opus-9,standard,2026-03-01,dollars,5,0.5,6.25,10,25,page,",
      "Anthropic,claude-opus-9,standard",
      'Anthropic,"a, b",standard,2026-03-01,USD,5,0.5,6.25,10,25,page,',
    );
    await expect(replaceModelPrices(ctx, { text })).rejects.toMatchObject({
      code: "invalid_input",
      details: {
        fields: {
          "text.4": "Line 2 has this price already. Leave one of them out.",
          "text.5.service_provider": expect.stringContaining("Nobody"),
          "text.6.service_tier": expect.any(String),
          "text.7.starts_on": expect.any(String),
          "text.8.cache_write_5m": expect.any(String),
          "text.9.currency": expect.any(String),
          "text.10": expect.stringContaining("3 cells"),
          "text.11.model": expect.any(String),
        },
      },
    });
    expect(await all(ctx)).toHaveLength(1);
  });

  test.each(["2026-01-01", "2026-11-23"])(
    "never changes a price that was in force on %s",
    async (startsOn) => {
      const { ctx, price } = await aBuyer();
      await createModelPrice(ctx, price({ startsOn }));
      const text = list(`Anthropic,claude-opus-9,standard,${startsOn},USD,5,0.0125,6.25,10,24,page,`);
      await expect(replaceModelPrices(ctx, { text })).rejects.toMatchObject({
        details: {
          fields: {
            "text.2.starts_on": "A price that was in force is not changed; add one from a later day.",
          },
        },
      });
    },
  );

  test.each([
    ["no price", HEADER, "text.1"],
    ["no column that it needs", "service_provider,model\nAnthropic,x", "text.1"],
    ["a column of something else", `${HEADER},note\n`, "text.1"],
    ["an open quote", `${HEADER}\n"Anthropic,x`, "text.2"],
  ])("is refused with %s", async (_, text, field) => {
    const { ctx } = await aBuyer();
    await expectRefusal(replaceModelPrices(ctx, { text }), "invalid_input", field);
  });
});

describe("use whose price was unknown", () => {
  const USE = [
    "usage_date_utc,model_version,workspace,api_key,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,web_search_count,usage_output_tokens",
    "2026-09-30,claude-opus-9,prod,ci,standard,≤ 200k,0,0,0,0,0,1000000",
    "2026-10-01,claude-opus-9,prod,ci,standard,≤ 200k,1000000,0,0,0,0,0",
    "2026-10-02,claude-opus-9,prod,ci,batch,≤ 200k,0,0,0,0,0,1000000",
    "2026-10-03,claude-opus-9,prod,ci,priority,≤ 200k,0,0,0,0,0,1000000",
    "2026-10-04,claude-opus-8,prod,ci,standard,≤ 200k,0,0,0,0,0,1000000",
  ].join("\r\n");

  /** Books with use of models that have no price. */
  async function used() {
    const ctx = await anOrganization({ now: new Date("2026-11-24T12:00:00Z") });
    const books = await someBooks(ctx);
    expect(await importFile(ctx, "claude_api_tokens_2026_10.csv", USE)).toMatchObject({ state: "committed" });
    const price = (changes: object = {}) =>
      modelPriceInput.parse({
        serviceProviderId: books.providers.anthropic,
        model: "claude-opus-9",
        startsOn: "2026-10-01",
        currency: "USD",
        perMillion: {
          uncachedInput: "5",
          cacheRead: "0",
          cacheWrite5m: "0",
          cacheWrite1h: "0",
          output: "25",
        },
        source: "price page",
        ...changes,
      });
    return { ctx, books, price };
  }

  const query = <T extends object>(ctx: Ctx, sql: string) =>
    asSuperuser(async (client) => (await client.query<T>(sql, [ctx.organization.id])).rows);
  const costs = async (ctx: Ctx) =>
    (
      await query<{ nano: string | null }>(
        ctx,
        "SELECT cost_nano::text AS nano FROM usage WHERE organization_id = $1 ORDER BY day",
      )
    ).map(({ nano }) => nano);
  const months = (ctx: Ctx) =>
    query(
      ctx,
      `SELECT month, model, cost_nano::text AS nano, unpriced_tokens::int AS unpriced FROM usage_month
       WHERE organization_id = $1 ORDER BY month, model`,
    );

  test("is priced by a new price, counted and posted anew; what has a cost keeps it", async () => {
    const { ctx, price } = await used();
    expect(await costs(ctx)).toEqual([null, null, null, null, null]);
    await createModelPrice(ctx, price());
    const five = "5000000000";
    const half = "12500000000";
    expect(await costs(ctx)).toEqual([null, five, half, null, null]);
    expect(await months(ctx)).toEqual([
      { month: "2026-09", model: "claude-opus-9", nano: "0", unpriced: 1_000_000 },
      { month: "2026-10", model: "claude-opus-8", nano: "0", unpriced: 1_000_000 },
      { month: "2026-10", model: "claude-opus-9", nano: "17500000000", unpriced: 1_000_000 },
    ]);
    const posted = await query<{ minor: number }>(
      ctx,
      `SELECT sum(cost_minor)::int AS minor FROM ledger_entry
       WHERE organization_id = $1 AND month = '2026-10' AND state = 'estimated' AND kind = 'cost' AND billing_model = 'metered'`,
    );
    await readLedger(ctx, async () => {});
    expect(posted).toEqual([{ minor: 1_750 }]);

    await createModelPrice(
      ctx,
      price({ startsOn: "2026-09-01", perMillion: { ...price().perMillion, output: "50" } }),
    );
    expect(await costs(ctx)).toEqual(["50000000000", five, half, null, null]);
  });

  test("is priced by a list of prices", async () => {
    const { ctx } = await used();
    await replaceModelPrices(ctx, {
      text: list(
        "Anthropic,claude-opus-9,priority,2026-10-01,USD,5,0,0,0,30,page,",
        "Anthropic,claude-opus-8,standard,2026-10-01,USD,5,0,0,0,20,page,",
      ),
    });
    expect(await costs(ctx)).toEqual([null, null, null, "30000000000", "20000000000"]);
  });

  test("is found however many rows there are, and says whose and which days changed", async () => {
    const { ctx, books } = await used();
    // Beyond one page of rows, on days of which every second one is before the price.
    await asSuperuser((client) =>
      client.query(
        `INSERT INTO usage SELECT organization_id, identity_id, d.day, n, import_id, source, model, service_tier, cost_kind,
           0, 0, 0, 0, n, 0, NULL, currency, spread_days
         FROM usage, generate_series(1, 4000) n, (VALUES ('2026-08-01'::date), ('2026-10-20')) d (day)
         WHERE organization_id = $1 AND usage.day = '2026-10-01'`,
        [ctx.organization.id],
      ),
    );
    await asSuperuser((client) =>
      client.query(
        `INSERT INTO model_price SELECT $1, gen_random_uuid(), $2, 'claude-opus-9', 'standard', '2026-10-05', 'USD', 0, 0, 0, 0, 2, 'x', now(), now()`,
        [ctx.organization.id, books.providers.anthropic],
      ),
    );
    const changed = await write(ctx, (db) => priceUnknown(db, ctx, books.providers.anthropic));
    expect(changed).toMatchObject({ firstDay: "2026-10-20", lastDay: "2026-10-20" });
    expect(changed?.identityIds).toHaveLength(1);
    const [sum] = await query(
      ctx,
      `SELECT count(*)::int AS rows, sum(cost_nano)::int AS nano FROM usage WHERE organization_id = $1 AND cost_nano IS NOT NULL`,
    );
    expect(sum).toEqual({ rows: 4_000, nano: 4_000 * 4_001 });
    expect(await write(ctx, (db) => priceUnknown(db, ctx, books.providers.anthropic))).toBeNull();
    const stranger = await anOrganization();
    expect(
      await transact({ organizationId: stranger.organization.id }, (db) =>
        priceUnknown(db, stranger, books.providers.anthropic),
      ),
    ).toBeNull();
  });
});
