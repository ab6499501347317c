import { describe, expect, test } from "vitest";

import { readCsvText, usageIn } from "@/lib/testing/csv-text";

const PREMIUM =
  "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,exceeds_quota,total_monthly_quota,organization,cost_center_name";
const CREDITS =
  "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,total_monthly_quota,organization,repository,cost_center_name,aic_quantity,aic_gross_amount,input,output,cache_read,cache_write";
const SUMMARIZED =
  "date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount";
const DETAILED = `${SUMMARIZED},username,organization,repository,workflow_path,cost_center_name`;

const read = (...lines: readonly string[]) => readCsvText(`${lines.join("\r\n")}\r\n`);

describe("the report of premium requests", () => {
  test("is charged on top of the seats, after discounts", async () => {
    const { facts, errors, recognised } = await read(
      `\ufeff${PREMIUM}`,
      "2026-05-02,OctoCat,copilot,copilot_premium_request,Claude Sonnet 4.5,12.5,requests,0.04,0.50,0.20,0.30,False,300,acme,Platform",
    );
    expect(errors).toEqual([]);
    expect(recognised).toMatchObject({
      format: "github_copilot_usage",
      version: "premium requests",
      serviceProvider: "GitHub",
    });
    expect(facts).toEqual([
      {
        kind: "usage",
        line: 2,
        day: "2026-05-02",
        identity: { kind: "user", externalId: "octocat", name: "OctoCat", parent: null },
        model: "claude-sonnet-4-5",
        serviceTier: "standard",
        dimensions: "copilot|copilot_premium_request|acme|||Platform|False|0.04|requests|",
        tokens: { uncachedInput: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 },
        requests: 13,
        cost: { nano: 300_000_000n, currency: "USD" },
        costKind: "on_top",
        spreadDays: 1,
      },
      {
        kind: "usage",
        line: 2,
        day: "2026-05-02",
        identity: { kind: "user", externalId: "octocat", name: "OctoCat", parent: null },
        model: "claude-sonnet-4-5",
        serviceTier: "standard",
        dimensions: "copilot|copilot_premium_request|acme|||Platform|False|0.04|requests||included",
        tokens: { uncachedInput: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 },
        requests: 0,
        cost: { nano: 200_000_000n, currency: "USD" },
        costKind: "api_equivalent",
        spreadDays: 1,
      },
    ]);
  });

  test("keeps several rows of a day, person and model apart by what they say", async () => {
    const start = "2026-05-02,octocat,copilot,copilot_premium_request,GPT-5";
    const { facts } = await read(
      PREMIUM,
      `${start},1,requests,0.04,0.04,0.04,0,False,300,acme,`,
      `${start},2,requests,0.04,0.08,0,0.08,True,300,acme,`,
    );
    expect(new Set(usageIn({ facts }).map(({ dimensions }) => dimensions)).size).toBe(3);
  });
});

describe("the report of AI credits", () => {
  test("has tokens, and no requests among its credits", async () => {
    const { facts, errors, recognised } = await read(
      CREDITS,
      '2026-06-30,octocat,copilot,copilot_ai_credit,Auto: GPT-6 Astra,"1,200",ai-credits,0.01,"1,012.00",1000,12.00,1900,acme,acme/app,,1200,12.00,"1,000",200,30,4',
    );
    expect({ errors, version: recognised.version }).toEqual({ errors: [], version: "AI credits" });
    expect(facts).toMatchObject([
      {
        model: "gpt-6-astra",
        dimensions: "copilot|copilot_ai_credit|acme|acme/app||||0.01|ai-credits|auto",
        tokens: { uncachedInput: 1000, cacheRead: 30, cacheWrite5m: 4, cacheWrite1h: 0, output: 200 },
        requests: 0,
        cost: { nano: 12_000_000_000n },
      },
      { costKind: "api_equivalent", requests: 0, cost: { nano: 1_000_000_000_000n } },
    ]);
  });

  test("names the organization where nobody is named", async () => {
    const cells = "coding_agent_ai_credit,Coding Agent model,1,ai-credits,0.01,0.01,0,0.01,0";
    const { facts } = await read(
      CREDITS,
      `2026-06-30,,copilot,${cells},acme,,,,,,,,`,
      `2026-06-30,NULL,copilot,${cells},,,,,,,,,`,
    );
    expect(facts).toMatchObject([
      { identity: { kind: "workspace", externalId: "acme" }, model: "coding-agent-model" },
      { identity: { kind: "workspace", externalId: "organization" } },
    ]);
  });
});

describe("the usage report of all of GitHub", () => {
  test("has Copilot among other products, and seats that are no usage", async () => {
    const { facts, errors, records, recognised } = await read(
      DETAILED,
      "2026-06-01,actions,actions_linux,100,minutes,0.008,0.8,0,0.8,octocat,acme,app,.github/workflows/ci.yml,",
      "2026-06-01,copilot,copilot_business,1,seats,19,19,0,19,octocat,acme,,,",
      "2026-06-01,copilot,Copilot Enterprise,1,user-months,39,39,0,39,octocat,acme,,,",
      "2026-06-01,Copilot,Copilot Premium Request,3,Requests,0.04,0.12,0,0.12,octocat,acme,app,.github/workflows/ci.yml,R&D",
    );
    expect({ errors, records, version: recognised.version }).toEqual({
      errors: [],
      records: 4,
      version: "detailed usage",
    });
    expect(facts).toMatchObject([
      {
        line: 5,
        model: "",
        requests: 3,
        dimensions: "Copilot|Copilot Premium Request|acme|app|.github/workflows/ci.yml|R&D||0.04|Requests|",
      },
    ]);
  });

  test("names nobody when it is summarized; its columns come in any order", async () => {
    const header = SUMMARIZED.split(",").reverse().join(",");
    const { facts, recognised } = await read(
      header,
      "0.12,0,0.12,0.04,requests,3,copilot_premium_request,copilot,2026-06-01",
    );
    expect(recognised.version).toBe("summarized usage");
    expect(facts).toMatchObject([{ identity: { name: "Organization" }, cost: { nano: 120_000_000n } }]);
  });
});

describe("the early list of requests", () => {
  test("has no cost", async () => {
    const { facts, recognised } = await read(
      "Timestamp,User,Model,Requests Used,Exceeds Monthly Quota,Total Monthly Quota",
      "2025-06-11T05:13:27.8766440Z,OctoCat,gpt-4.1-2025-04-14,2.00,False,300",
      "2025-06-11T23:59:59Z,octocat,Claude Sonnet 4,1,True,Unlimited",
    );
    expect(recognised.version).toBe("requests");
    expect(facts).toMatchObject([
      {
        day: "2025-06-11",
        identity: { kind: "user", externalId: "octocat" },
        model: "gpt-4.1",
        dimensions: "False|",
        requests: 2,
        cost: { nano: 0n, currency: "USD" },
        costKind: "api_equivalent",
      },
      { model: "claude-sonnet-4", dimensions: "True|", requests: 1 },
    ]);
  });
});

test.each([
  {
    cells: "06/31/26,octocat,copilot,copilot_ai_credit,,1,requests,0,0,0,0",
    column: "date",
    says: "Use a day like",
  },
  {
    cells: "2026-06-01,octocat,copilot,copilot_ai_credit,,-1,requests,0,0,0,0",
    column: "quantity",
    says: "not a count",
  },
  {
    cells: "2026-06-01,octocat,copilot,copilot_ai_credit,,1,requests,0,0,0,x",
    column: "net_amount",
    says: "not an amount",
  },
])("refuses at $column what is $says", async ({ cells, column, says }) => {
  const { facts, errors } = await read(PREMIUM, `${cells},,,acme,`);
  expect(facts).toEqual([]);
  expect(errors).toEqual([{ line: 2, column, message: expect.stringContaining(says) }]);
});
