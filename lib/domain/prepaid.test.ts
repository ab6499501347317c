import { describe, expect, test } from "vitest";

import type { Books } from "./books";
import { bridge } from "./bridge";
import { NO_CREDITS } from "./credit-grant";
import { fractionDigits } from "./currency";
import { nanoOfMinor } from "./decimal";
import type { ApiAccount, Charge, CreditGrant, Invoice, Share, Subscription } from "./facts";
import type { LedgerEntry } from "./ledger-entry";
import type { MeteredDay } from "./metered";
import { postCreditEstimates, postMeteredEstimates, withCredits } from "./metered-estimates";
import { postInvoice } from "./posting";

const PRODUCT: Share = {
  basisPoints: 10_000,
  purpose: "product_running",
  teamId: "growth",
  productId: "checkout",
  memberId: null,
};
const PROD: ApiAccount = {
  id: "prod",
  parentId: null,
  serviceProviderId: "anthropic",
  classifications: [{ startsOn: "2026-01-01", shares: [PRODUCT] }],
};
const grant = (changes: Partial<CreditGrant> = {}): CreditGrant => ({
  id: "grant",
  kind: "purchase",
  serviceProviderId: "anthropic",
  amountMinor: 100_000,
  currency: "USD",
  apiAccountId: null,
  subscriptionId: null,
  pooled: false,
  startsOn: "2026-01-01",
  expiresOn: null,
  chargeId: "credit",
  ...changes,
});
const used = (day: string, minor: number, currency = "USD"): MeteredDay => ({
  day,
  serviceProviderId: "anthropic",
  apiAccountId: "prod",
  memberId: null,
  currency,
  costNano: nanoOfMinor(minor, fractionDigits(currency)),
});
const charge = (id: string, billedCostMinor: number, changes: Partial<Charge> = {}): Charge => ({
  id,
  chargeCategory: "purchase",
  billedCostMinor,
  chargePeriod: { start: "2026-01-05", end: "2026-01-06" },
  quantity: null,
  subscriptionId: null,
  planId: null,
  apiAccountId: null,
  memberId: null,
  outOfScope: false,
  shares: [],
  follows: [],
  recoverableBasisPoints: 0,
  selfAssessed: false,
  ...changes,
});
const invoice = (charges: Charge[], changes: Partial<Invoice> = {}): Invoice => ({
  id: "invoice",
  serviceProviderId: "anthropic",
  issueDate: "2026-01-05",
  currency: "USD",
  billedCostMinor: charges.reduce((sum, { billedCostMinor }) => sum + billedCostMinor, 0),
  reimbursedMinor: null,
  charges,
  ...changes,
});

type Given = { grants?: CreditGrant[]; usage?: MeteredDay[]; invoices?: Invoice[]; changes?: Partial<Books> };

/** The whole ledger of one provider. */
function ledger({ grants = [grant()], usage = [], invoices = [], changes = {} }: Given): LedgerEntry[] {
  const books = withCredits(
    {
      baseCurrency: "USD",
      booksStart: "2026-01",
      today: "2026-06-30",
      subscriptions: new Map(),
      apiAccounts: new Map([[PROD.id, PROD]]),
      prorationRules: new Map([["business", "prorated"]]),
      memberships: new Map(),
      rates: [],
      usage,
      credits: { ...NO_CREDITS, grants },
      ...changes,
    },
    new Map(),
  );
  return [
    ...invoices.flatMap((each) => postInvoice(each, books)),
    ...postMeteredEstimates(usage, [], books),
    ...postCreditEstimates("anthropic", books),
  ];
}

function sum(
  entries: readonly LedgerEntry[],
  wanted: Partial<LedgerEntry>,
  of: "costMinor" | "baseCostMinor" = "costMinor",
) {
  const keys = Object.keys(wanted) as (keyof LedgerEntry)[];
  return entries
    .filter((entry) => keys.every((key) => entry[key] === wanted[key]))
    .reduce((total, entry) => total + entry[of], 0);
}

describe("credit that was bought", () => {
  const bought = invoice([charge("credit", 100_000)]);

  test("is no cost until it is drawn, and then counts where its use does", () => {
    // 1,000.00 bought in January; 250.00 used in February, 50.00 in March.
    const usage = [used("2026-02-10", 25_000), used("2026-03-01", 5_000)];
    const entries = ledger({ invoices: [bought], usage });
    expect(sum(entries, { kind: "cost", month: "2026-01" })).toBe(0);
    expect(
      sum(entries, { kind: "cost", month: "2026-02", purpose: "product_running", teamId: "growth" }),
    ).toBe(25_000);
    expect(sum(entries, { kind: "cost", month: "2026-03" })).toBe(5_000);
    expect(sum(entries, { state: "estimated" })).toBe(0);
    expect(sum(entries, { chargeId: "credit" })).toBe(100_000);
    expect(entries.find(({ kind }) => kind === "cost")).toMatchObject({
      billingModel: "metered",
      apiAccountId: "prod",
    });

    expect(bridge(entries, "2026-01")).toMatchObject({
      invoicesIssued: 100_000,
      prepaidOpened: -100_000,
      creditsDrawn: 0,
    });
    expect(bridge(entries, "2026-02")).toMatchObject({
      invoicesIssued: 0,
      prepaidOpened: 0,
      creditsDrawn: 25_000,
    });
  });

  test("leaves what it does not pay for to be estimated", () => {
    const entries = ledger({ invoices: [bought], usage: [used("2026-02-10", 130_000)] });
    expect(sum(entries, { kind: "cost", state: "billed" })).toBe(100_000);
    expect(sum(entries, { kind: "cost", state: "estimated" })).toBe(30_000);
  });

  test("costs what was paid for it, tax on it included", () => {
    // 1,000.00 of credit for 900.00 and 10 % tax, of which nothing is recovered: a quarter of it costs 225.00 + 22.50.
    const invoices = [invoice([charge("credit", 90_000), charge("tax", 9_000, { chargeCategory: "tax" })])];
    const entries = ledger({ invoices, usage: [used("2026-02-10", 25_000)] });
    expect(sum(entries, { kind: "cost", chargeId: "credit" })).toBe(22_500);
    expect(sum(entries, { kind: "cost", chargeId: "tax" })).toBe(2_250);
    expect(sum(entries, { chargeId: "tax" })).toBe(9_000);
  });

  test("is cost in the month of its last day when it expires, in the line of its account", () => {
    const scoped = grant({ apiAccountId: "prod", startsOn: "2028-01-05", expiresOn: "2028-03-01" });
    const usage = [used("2028-02-10", 30_000), used("2028-02-29", 5_000)];
    const on = (today: string) =>
      ledger({
        grants: [scoped],
        invoices: [bought],
        usage: usage.filter(({ day }) => day <= today),
        changes: { today },
      });
    // On 29 February 2028 it still pays: 300.00 and 50.00. A day later the 650.00 left are February's.
    expect(sum(on("2028-02-29"), { kind: "cost", month: "2028-02" })).toBe(35_000);
    const after = on("2028-03-01");
    expect(sum(after, { kind: "cost", month: "2028-02", purpose: "product_running" })).toBe(100_000);
    expect(sum(after, { kind: "cost", month: "2028-03" })).toBe(0);
    // Of no account in particular it is nobody's.
    const anywhere = ledger({
      grants: [{ ...scoped, apiAccountId: null }],
      invoices: [bought],
      usage,
      changes: { today: "2028-03-01" },
    });
    expect(sum(anywhere, { kind: "cost", month: "2028-02", purpose: "unclassified" })).toBe(65_000);
  });

  test("never moves an earlier month: yen are rounded on what is drawn so far", () => {
    // 33.4 JPY a month of 10,000: 33.4 is 33, 66.8 is 67 (34 more), 100.2 is 100 (33 more).
    const yen = { amountMinor: 10_000, currency: "JPY" };
    const usage = ["2026-02-01", "2026-03-01", "2026-04-01"].map((day) => ({
      ...used(day, 0, "JPY"),
      costNano: 33_400_000_000n,
    }));
    const entries = ledger({
      grants: [grant(yen)],
      invoices: [invoice([charge("credit", 10_000)], { currency: "JPY" })],
      usage,
      changes: { baseCurrency: "JPY" },
    });
    expect(["2026-02", "2026-03", "2026-04"].map((month) => sum(entries, { kind: "cost", month }))).toEqual([
      33, 34, 33,
    ]);
  });

  test("counts the fils of a dinar", () => {
    // 0.0125 KWD are 12.5 fils of 50.000: 13 (the earlier part on a tie), then 25 in all (12 more).
    const usage = ["2026-02-01", "2026-03-01"].map((day) => ({
      ...used(day, 0, "KWD"),
      costNano: 12_500_000n,
    }));
    const entries = ledger({
      grants: [grant({ amountMinor: 50_000, currency: "KWD" })],
      invoices: [invoice([charge("credit", 50_000)], { currency: "KWD" })],
      usage,
      changes: { baseCurrency: "KWD" },
    });
    expect(["2026-02", "2026-03"].map((month) => sum(entries, { kind: "cost", month }))).toEqual([13, 12]);
  });

  test("keeps the rate of the day on which it was bought", () => {
    // 100.00 EUR at 1.10 are 110.00 USD; a third of it, 33.33, is 36.66 (36.663), whatever the rate is by then.
    const rates = [
      { date: "2026-01-05", from: "EUR", to: "USD", rate: "1.1" },
      { date: "2026-02-27", from: "EUR", to: "USD", rate: "2" },
    ];
    const entries = ledger({
      grants: [grant({ amountMinor: 10_000, currency: "EUR" })],
      invoices: [invoice([charge("credit", 10_000)], { currency: "EUR" })],
      usage: [used("2026-02-10", 3_333, "EUR")],
      changes: { rates },
    });
    expect(sum(entries, { kind: "cost" }, "baseCostMinor")).toBe(3_666);
    expect(sum(entries, {}, "baseCostMinor")).toBe(11_000);
  });

  test("is estimated as it is drawn, and as it expires, while its invoice is not there", () => {
    const unbought = grant({ chargeId: null, expiresOn: "2026-04-01", apiAccountId: "prod" });
    const entries = ledger({ grants: [unbought], usage: [used("2026-02-10", 25_000)] });
    expect(sum(entries, { kind: "cost", state: "estimated", month: "2026-02" })).toBe(25_000);
    expect(
      sum(entries, { kind: "cost", state: "estimated", month: "2026-03", purpose: "product_running" }),
    ).toBe(75_000);
    expect(entries.every(({ state }) => state === "estimated")).toBe(true);
  });
});

describe("credit that was given", () => {
  test("makes what it covers cost nothing, shown apart, and costs nothing when it expires", () => {
    // 100.00 given; 130.00 used: 30.00 cost, 130.00 before credits.
    const gift = grant({ kind: "gift", amountMinor: 10_000, chargeId: null, expiresOn: "2026-05-01" });
    const entries = ledger({ grants: [gift], usage: [used("2026-02-10", 13_000)] });
    expect(sum(entries, { kind: "cost" })).toBe(3_000);
    expect(sum(entries, { kind: "covered", month: "2026-02", purpose: "product_running" })).toBe(10_000);
    const steps = Object.values(bridge(entries, "2026-02")).reduce((a, b) => a + b, 0);
    expect(steps).toBe(3_000);

    const unused = ledger({ grants: [gift], usage: [] });
    expect(unused).toEqual([]);
  });
});

describe("usage beyond a pool", () => {
  const MEMBERS = ["ada", "ben", "cem"];
  const COPILOT: Subscription = {
    id: "copilot",
    serviceProviderId: "github",
    teamId: "platform",
    billingInterval: "month",
    billingAnchor: "2026-06-01",
    endsOn: null,
    defaultPurpose: "developer_leverage",
    defaultProductId: null,
    terms: [
      { planId: "business", startsOn: "2026-06-01", seats: 14, unitPriceMinor: 1_900, currency: "USD" },
    ],
    assignments: MEMBERS.map((memberId) => ({
      memberId,
      planId: "business",
      startsOn: "2026-06-01",
      endsOn: null,
      purpose: null,
      productId: null,
    })),
  };
  const overage = invoice(
    [
      charge("overage", 4_400, {
        chargeCategory: "usage",
        subscriptionId: "copilot",
        chargePeriod: { start: "2026-06-01", end: "2026-07-01" },
      }),
    ],
    { serviceProviderId: "github", issueDate: "2026-07-01" },
  );
  const pool = grant({
    kind: "allowance",
    serviceProviderId: "github",
    subscriptionId: "copilot",
    pooled: true,
    amountMinor: 1_900,
    startsOn: "2026-06-01",
    chargeId: null,
  });
  const of = (memberId: string, minor: number, onTop = false) => ({
    ...used("2026-06-10", minor),
    onTop,
    serviceProviderId: "github",
    apiAccountId: null,
    memberId,
  });

  test("is split by what each holder used above the share of a seat", () => {
    // Ada 50.00, Ben 40.00, Cem 15.00 of 19.00 each: 31.00 and 21.00 above. 44.00 x 31/52 = 26.23, x 21/52 = 17.77.
    const entries = ledger({
      grants: [],
      invoices: [overage],
      changes: {
        subscriptions: new Map([["copilot", COPILOT]]),
        credits: {
          ...NO_CREDITS,
          grants: [pool],
          seatUse: [of("ada", 5_000), of("ben", 4_000), of("cem", 1_500)],
        },
      },
    });
    expect(MEMBERS.map((memberId) => sum(entries, { memberId }))).toEqual([2_623, 1_777, 0]);
    expect(entries.every(({ basis, billingModel }) => basis === "usage" && billingModel === "metered")).toBe(
      true,
    );
  });

  test("is split by what each used on top where nothing is said of use within the seats", () => {
    // 30.00 and 10.00 on top: three quarters of 44.00 and one.
    const seatUse = [of("ada", 3_000, true), of("ben", 1_000, true)];
    const entries = ledger({
      grants: [],
      invoices: [overage],
      changes: {
        subscriptions: new Map([["copilot", COPILOT]]),
        credits: { ...NO_CREDITS, grants: [pool], seatUse },
      },
    });
    expect(MEMBERS.map((memberId) => sum(entries, { memberId }))).toEqual([3_300, 1_100, 0]);
  });

  test("follows the seats while nobody's use is known", () => {
    const entries = ledger({
      grants: [],
      invoices: [overage],
      changes: { subscriptions: new Map([["copilot", COPILOT]]), credits: { ...NO_CREDITS, grants: [pool] } },
    });
    // A fourteenth each, 314.29 cents; eleven seats that nobody holds 3,457.14. The odd cent goes to the first.
    expect(sum(entries, { memberId: "ada" })).toBe(315);
    expect(sum(entries, {})).toBe(4_400);
  });
});
