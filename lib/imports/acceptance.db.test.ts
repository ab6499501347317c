import { beforeAll, describe, expect, test } from "vitest";

import { accountInput } from "@/lib/accounts/schema";
import { createAccount } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { getBudget } from "@/lib/budget/service";
import { createServiceProvider } from "@/lib/catalogue/service";
import { invoiceFacts } from "@/lib/invoices/schema";
import { postInvoice } from "@/lib/invoices/service";
import { createProduct } from "@/lib/products/service";
import { createTeam } from "@/lib/teams/service";
import { importFile, sendFile } from "@/lib/testing/imports";
import { anOrganization } from "@/lib/testing/organization";

// The Anthropic invoice of the acceptance month as one line of 1,662.84 on the provider's account, and a console export
// whose workspaces cost 1,240.11, 310.40, 99.99 and 12.34. By hand: tax of 133.06 follows the line; the credit of 50.00
// is on prod-backend. shared is 60 % product and 40 % leverage.
//   product   1240.11 + 0.6 x 99.99 = 1300.104; tax 133.06 x 1300.104 / 1662.84 = 104.034; less 50.00: 1354.14
//   leverage   310.40 + 0.4 x 99.99 =  350.396; tax 28.038: 378.43
//   unclassified 12.34 + 0.99 = 13.33
const HEADER =
  "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type\n";
const row = (day: string, workspace: string, cost: string) =>
  `2026-10-${day},Claude Opus 4.5,${workspace},,message,≤ 200k,output,${cost},token\n`;
const EXPORT = [
  HEADER,
  row("03", "prod-backend", "1000.00"),
  row("29", "prod-backend", "240.11"),
  row("12", "dev-sandbox", "310.40"),
  row("31", "shared", "99.99"),
  row("01", "trial", "12.34"),
].join("");
const usd = (minor: number) => ({ minor, currency: "USD" });

let ctx: Ctx;
let platform = "";
let growth = "";

beforeAll(async () => {
  ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  platform = (await createTeam(ctx, { name: "Platform", code: "PLAT" })).id;
  growth = (await createTeam(ctx, { name: "Growth", code: "GROW" })).id;
  const product = {
    purpose: "product_running",
    teamId: growth,
    productId: (await createProduct(ctx, { name: "Checkout", endsOn: null })).id,
  };
  const developer = { purpose: "developer_leverage", teamId: platform };
  const serviceProviderId = (await createServiceProvider(ctx, { name: "Anthropic", website: null })).id;
  const account = async (name: string, parentId: string | null, shares: object[]) =>
    (
      await createAccount(
        ctx,
        accountInput.parse({
          name,
          parentId,
          serviceProviderId,
          kind: parentId ? "workspace" : "organization",
          classification: shares.length > 0 ? { startsOn: "2026-01-01", shares } : null,
        }),
      )
    ).id;
  const root = await account("Anthropic organization", null, []);
  const prod = await account("prod-backend", root, [{ basisPoints: 10_000, ...product }]);
  await account("dev-sandbox", root, [{ basisPoints: 10_000, ...developer }]);
  await account("shared", root, [
    { basisPoints: 6_000, ...product },
    { basisPoints: 4_000, ...developer },
  ]);
  await account("trial", root, []);
  const chargePeriod = { start: "2026-10-01", end: "2026-11-01" };
  await postInvoice(
    ctx,
    invoiceFacts.parse({
      number: "API-10",
      serviceProviderId,
      issueDate: "2026-11-01",
      billedCost: usd(174_590),
      charges: [
        {
          chargeCategory: "usage",
          description: "Usage",
          apiAccountId: root,
          chargePeriod,
          billedCost: usd(166_284),
        },
        {
          chargeCategory: "credit",
          description: "Credit",
          apiAccountId: prod,
          chargePeriod,
          billedCost: usd(-5_000),
        },
        { chargeCategory: "tax", description: "Tax", billedCost: usd(13_306) },
      ],
    }),
  );
});

describe("the acceptance month's API invoice as one line", () => {
  const lines = async () => {
    const budget = await getBudget(ctx, { from: "2026-10", to: "2026-10", basis: "effective", groupBy: [] });
    return Object.fromEntries(budget.lines.map(({ purpose, total }) => [purpose, total.actual.minor]));
  };

  test("is unclassified before the export, but for the credit", async () => {
    expect(await lines()).toMatchObject({ unclassified: 166_284 + 13_306, product_running: -5_000 });
    expect(await sendFile(ctx, { fileName: "cost.csv" }, EXPORT)).toMatchObject({
      preview: { unmatchedCount: 0 },
    });
  });

  test("splits itself by what the workspaces used, to within two cents", async () => {
    await importFile(ctx, "cost.csv", EXPORT);
    const { product_running, developer_leverage, unclassified } = await lines();
    for (const [actual, byHand] of [
      [product_running, 135_414],
      [developer_leverage, 37_843],
      [unclassified, 1_333],
    ] as const) {
      expect(Math.abs((actual ?? 0) - byHand)).toBeLessThanOrEqual(2);
    }
    expect((product_running ?? 0) + (developer_leverage ?? 0) + (unclassified ?? 0)).toBe(174_590);
  });
});
