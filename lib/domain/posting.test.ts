import { describe, expect, test } from "vitest";

import type { Books } from "./books";
import { NO_CREDITS } from "./credit-grant";
import { postEstimates } from "./estimates";
import type {
  ApiAccount,
  Assignment,
  Charge,
  Invoice,
  Share,
  Subscription,
  SubscriptionTerm,
  TeamMembership,
} from "./facts";
import type { LedgerEntry } from "./ledger-entry";
import type { MeteredDay } from "./metered";
import { postInvoice } from "./posting";
import type { SeatFee } from "./seat-coverage";

/** The acceptance month of the product: four members, two teams, three contracts, four API accounts, four invoices. */
const TODAY = "2026-10-31";

const term = (planId: string, startsOn: string, seats: number, unitPriceMinor: number): SubscriptionTerm => ({
  planId,
  startsOn,
  seats,
  unitPriceMinor,
  currency: "USD",
});
const holds = (
  memberId: string,
  planId: string,
  startsOn: string,
  endsOn: string | null = null,
): Assignment => ({
  memberId,
  planId,
  startsOn,
  endsOn,
  purpose: null,
  productId: null,
});
const contract = (
  changes: Partial<Subscription> &
    Pick<Subscription, "id" | "teamId" | "billingAnchor" | "terms" | "assignments">,
): Subscription => ({
  serviceProviderId: "anthropic",
  billingInterval: "month",
  endsOn: null,
  defaultPurpose: "developer_leverage",
  defaultProductId: null,
  ...changes,
});

const CLAUDE_TEAM = contract({
  id: "claude-team",
  teamId: "platform",
  billingAnchor: "2026-09-01",
  terms: [term("team", "2026-09-01", 5, 2500), term("team", "2026-10-16", 7, 2500)],
  assignments: [
    holds("a", "team", "2026-09-01"),
    holds("b", "team", "2026-09-01"),
    holds("c", "team", "2026-10-11"),
  ],
});
const CURSOR = contract({
  id: "cursor",
  serviceProviderId: "cursor",
  teamId: "growth",
  billingAnchor: "2026-10-01",
  terms: [term("cursor-teams", "2026-10-01", 2, 4000)],
  assignments: [
    holds("c", "cursor-teams", "2026-10-01"),
    holds("d", "cursor-teams", "2026-10-01", "2026-10-21"),
  ],
});
const CLAUDE_PRO = contract({
  id: "claude-pro",
  teamId: "growth",
  billingInterval: "year",
  billingAnchor: "2026-03-08",
  terms: [term("pro", "2026-03-08", 1, 20000)],
  assignments: [holds("d", "pro", "2026-03-08")],
});

const share = (basisPoints: number, changes: Partial<Share>): Share => ({
  basisPoints,
  purpose: "unclassified",
  teamId: null,
  productId: null,
  memberId: null,
  ...changes,
});
const PRODUCT = { purpose: "product_running", teamId: "growth", productId: "checkout" } as const;
const LEVERAGE = { purpose: "developer_leverage", teamId: "platform" } as const;
const account = (id: string, shares: Share[]): ApiAccount => ({
  id,
  parentId: null,
  serviceProviderId: "anthropic",
  classifications: shares.length ? [{ startsOn: "2026-01-01", shares }] : [],
});
const ACCOUNTS = [
  account("prod-backend", [share(10_000, PRODUCT)]),
  account("dev-sandbox", [share(10_000, LEVERAGE)]),
  account("shared", [share(6_000, PRODUCT), share(4_000, LEVERAGE)]),
  account("trial", []),
];

const memberOf = (memberId: string, teamId: string): TeamMembership => ({
  memberId,
  teamId,
  startsOn: "2026-01-01",
  endsOn: null,
});

const BOOKS: Books = {
  baseCurrency: "USD",
  booksStart: "2026-01",
  today: TODAY,
  subscriptions: new Map(
    [CLAUDE_TEAM, CURSOR, CLAUDE_PRO].map((subscription) => [subscription.id, subscription]),
  ),
  usage: [],
  credits: NO_CREDITS,
  apiAccounts: new Map(ACCOUNTS.map((apiAccount) => [apiAccount.id, apiAccount])),
  prorationRules: new Map([
    ["team", "prorated"],
    ["cursor-teams", "prorated"],
    ["pro", "prorated"],
  ]),
  memberships: Map.groupBy(
    [memberOf("a", "platform"), memberOf("b", "platform"), memberOf("c", "growth"), memberOf("d", "growth")],
    ({ memberId }) => memberId,
  ),
  rates: [],
};

let chargeNumber = 0;
const charge = (billedCostMinor: number, changes: Partial<Charge>): Charge => ({
  id: `charge-${++chargeNumber}`,
  chargeCategory: "purchase",
  billedCostMinor,
  chargePeriod: null,
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
const invoice = (
  id: string,
  issueDate: string,
  charges: Charge[],
  changes: Partial<Invoice> = {},
): Invoice => ({
  id,
  serviceProviderId: "anthropic",
  issueDate,
  currency: "USD",
  billedCostMinor: charges.reduce(
    (sum, { billedCostMinor, selfAssessed }) => sum + (selfAssessed ? 0 : billedCostMinor),
    0,
  ),
  reimbursedMinor: null,
  charges,
  ...changes,
});
const OCTOBER = { start: "2026-10-01", end: "2026-11-01" };
const usage = (billedCostMinor: number, apiAccountId: string) =>
  charge(billedCostMinor, { chargeCategory: "usage", apiAccountId, chargePeriod: OCTOBER });

const YEAR = { start: "2026-03-08", end: "2027-03-08" };
const CLAUDE_PRO_INVOICE = invoice("pro-2026", "2026-03-08", [
  charge(20000, { subscriptionId: "claude-pro", planId: "pro", quantity: 1, chargePeriod: YEAR }),
  charge(2040, { chargeCategory: "tax" }),
]);
const SEPTEMBER_INVOICE = invoice("team-09", "2026-09-01", [
  charge(12500, {
    subscriptionId: "claude-team",
    planId: "team",
    quantity: 5,
    chargePeriod: { start: "2026-09-01", end: "2026-10-01" },
  }),
]);
const FIVE_SEATS = charge(12500, {
  subscriptionId: "claude-team",
  planId: "team",
  quantity: 5,
  chargePeriod: OCTOBER,
});
const TWO_ADDED = charge(2581, {
  subscriptionId: "claude-team",
  planId: "team",
  quantity: 2,
  chargePeriod: { start: "2026-10-16", end: "2026-11-01" },
});
const OCTOBER_INVOICE = invoice("team-10", "2026-10-31", [FIVE_SEATS, TWO_ADDED]);
const API_INVOICE = invoice("api-10", "2026-11-01", [
  usage(124011, "prod-backend"),
  usage(31040, "dev-sandbox"),
  usage(9999, "shared"),
  usage(1234, "trial"),
  charge(-5000, { chargeCategory: "credit", apiAccountId: "prod-backend", chargePeriod: OCTOBER }),
  charge(13306, { chargeCategory: "tax" }),
]);
const INVOICES = [CLAUDE_PRO_INVOICE, SEPTEMBER_INVOICE, OCTOBER_INVOICE, API_INVOICE];

/** The whole ledger of some invoices and every contract. */
function ledger(invoices: readonly Invoice[], books: Books = BOOKS): LedgerEntry[] {
  const fees = invoices
    .flatMap(({ charges }) => charges)
    .filter(({ chargeCategory }) => chargeCategory === "purchase");
  const feesOf = (id: string) =>
    fees.filter(({ subscriptionId, chargePeriod }) => subscriptionId === id && chargePeriod) as (Charge &
      SeatFee)[];
  return [
    ...invoices.flatMap((each) => postInvoice(each, books)),
    ...[...books.subscriptions.values()].flatMap((each) => postEstimates(each, feesOf(each.id), books)),
  ];
}

type Filter = Partial<LedgerEntry>;
const sum = (entries: readonly LedgerEntry[], filter: Filter): number =>
  entries
    .filter((entry) =>
      Object.entries(filter).every(([key, value]) => entry[key as keyof LedgerEntry] === value),
    )
    .reduce((total, entry) => total + entry.baseCostMinor, 0);

describe("the acceptance month", () => {
  const entries = ledger(INVOICES);
  const october = (filter: Filter) => sum(entries, { kind: "cost", month: "2026-10", ...filter });

  test.each([
    ["leverage, billed", { purpose: "developer_leverage", state: "billed" }, 54797],
    ["leverage, estimated", { purpose: "developer_leverage", state: "estimated" }, 8000],
    ["leverage, Platform", { purpose: "developer_leverage", teamId: "platform" }, 51232],
    ["leverage, Growth", { purpose: "developer_leverage", teamId: "growth" }, 11565],
    ["leverage, flat", { purpose: "developer_leverage", billingModel: "flat" }, 24953],
    ["leverage, metered", { purpose: "developer_leverage", billingModel: "metered" }, 37844],
    ["product", { purpose: "product_running" }, 135413],
    ["unclassified", { purpose: "unclassified" }, 1333],
    ["total", {}, 199543],
    ["A", { memberId: "a" }, 2500],
    ["B", { memberId: "b" }, 2500],
    ["C", { memberId: "c" }, 5693],
    ["D", { memberId: "d" }, 4453],
    ["unassigned Claude Team", { unassigned: true, subscriptionId: "claude-team" }, 8388],
  ] satisfies [string, Filter, number][])("%s", (_name, filter, expected) => {
    expect(october(filter)).toBe(expected);
  });

  test("September and the year of Claude Pro", () => {
    expect(sum(entries, { kind: "cost", month: "2026-09", purpose: "developer_leverage" })).toBe(14312);
    const pro = (month?: string) => sum(entries, { subscriptionId: "claude-pro", ...(month && { month }) });
    expect([pro("2026-03"), pro("2026-10"), pro("2027-03"), pro()]).toEqual([1449, 1872, 422, 22040]);
  });

  test("billed basis", () => {
    const billed = (billingMonth: string) => sum(entries, { kind: "cost", state: "billed", billingMonth });
    expect(["2026-03", "2026-09", "2026-10", "2026-11"].map(billed)).toEqual([22040, 12500, 15081, 174590]);
  });

  test("without the line of the two added seats, the same amount is estimated", () => {
    const without = ledger([
      CLAUDE_PRO_INVOICE,
      SEPTEMBER_INVOICE,
      invoice("team-10", "2026-10-31", [FIVE_SEATS]),
      API_INVOICE,
    ]);
    expect(sum(without, { state: "estimated", subscriptionId: "claude-team" })).toBe(2581);
    expect(sum(without, { kind: "cost", month: "2026-10" })).toBe(199543);
  });

  test("when the Cursor invoice comes, its estimate goes and no total changes", () => {
    const cursor = invoice("cursor-10", "2026-10-05", [
      charge(8000, { subscriptionId: "cursor", planId: "cursor-teams", quantity: 2, chargePeriod: OCTOBER }),
    ]);
    const all = ledger([...INVOICES, cursor]);
    expect(sum(all, { state: "estimated" })).toBe(0);
    expect(sum(all, { kind: "cost", month: "2026-10" })).toBe(199543);
  });
});

describe("the acceptance month with one usage line on the provider's account, split by what its workspaces used", () => {
  const root = account("organization", []);
  const under = ACCOUNTS.map((each) => ({ ...each, parentId: root.id }));
  const used = (apiAccountId: string, cents: number, day: string): MeteredDay => ({
    day,
    serviceProviderId: "anthropic",
    apiAccountId,
    memberId: null,
    currency: "USD",
    costNano: BigInt(cents) * 10_000_000n,
  });
  const books: Books = {
    ...BOOKS,
    apiAccounts: new Map([root, ...under].map((each) => [each.id, each])),
    usage: [
      used("prod-backend", 100_000, "2026-10-03"),
      used("prod-backend", 24_011, "2026-10-29"),
      used("dev-sandbox", 31_040, "2026-10-12"),
      used("shared", 9_999, "2026-10-31"),
      used("trial", 1_234, "2026-10-01"),
      // Outside the charge's period: it splits nothing of it.
      used("trial", 900_000, "2026-09-30"),
    ],
  };
  const whole = invoice("api-10", "2026-11-01", [
    usage(166_284, root.id),
    charge(-5000, { chargeCategory: "credit", apiAccountId: "prod-backend", chargePeriod: OCTOBER }),
    charge(13306, { chargeCategory: "tax" }),
  ]);
  const entries = ledger([CLAUDE_PRO_INVOICE, SEPTEMBER_INVOICE, OCTOBER_INVOICE, whole], books);
  const october = (filter: Filter) => sum(entries, { kind: "cost", month: "2026-10", ...filter });

  test.each([
    ["leverage, billed", { purpose: "developer_leverage", state: "billed" }, 54797],
    ["leverage, estimated", { purpose: "developer_leverage", state: "estimated" }, 8000],
    ["leverage, Platform", { purpose: "developer_leverage", teamId: "platform" }, 51232],
    ["leverage, Growth", { purpose: "developer_leverage", teamId: "growth" }, 11565],
    ["leverage, flat", { purpose: "developer_leverage", billingModel: "flat" }, 24953],
    ["leverage, metered", { purpose: "developer_leverage", billingModel: "metered" }, 37844],
    ["product", { purpose: "product_running" }, 135413],
    ["unclassified", { purpose: "unclassified" }, 1333],
    ["total", {}, 199543],
  ] satisfies [string, Filter, number][])("%s is the same to within 2 cents", (_name, filter, expected) => {
    expect(Math.abs(october(filter) - expected)).toBeLessThanOrEqual(2);
  });

  test("says that it was split by usage, and still sums to the line", () => {
    const line = entries.filter(({ chargeId }) => chargeId === whole.charges[0]?.id);
    expect(new Set(line.map(({ basis }) => basis))).toEqual(new Set(["usage"]));
    expect(sum(line, {})).toBe(166_284);
  });
});

/** What each target bears in a month, in minor units. */
const bySeatHolder = (entries: readonly LedgerEntry[], month: string) => {
  const sums: Record<string, number> = {};
  for (const entry of entries.filter((each) => each.month === month && each.kind === "cost")) {
    const key = entry.memberId ?? "unassigned";
    sums[key] = (sums[key] ?? 0) + entry.baseCostMinor;
  }
  return sums;
};

describe("ten Standard seats yearly, five upgraded on 1 April", () => {
  const members = Array.from({ length: 10 }, (_, index) => `m${index}`);
  const yearly = contract({
    id: "yearly",
    teamId: "platform",
    billingInterval: "year",
    billingAnchor: "2026-01-01",
    terms: [
      term("standard", "2026-01-01", 10, 24000),
      term("standard", "2026-04-01", 5, 24000),
      term("premium", "2026-04-01", 5, 120000),
    ],
    assignments: members.flatMap((member, index) =>
      index < 5
        ? [holds(member, "standard", "2026-01-01", "2026-04-01"), holds(member, "premium", "2026-04-01")]
        : [holds(member, "standard", "2026-01-01")],
    ),
  });
  const books: Books = {
    ...BOOKS,
    subscriptions: new Map([["yearly", yearly]]),
    prorationRules: new Map([
      ["standard", "prorated"],
      ["premium", "prorated"],
    ]),
    memberships: new Map(),
  };
  const year = { start: "2026-01-01", end: "2027-01-01" };
  const seats = (planId: string | null) =>
    charge(240000, { subscriptionId: "yearly", planId, quantity: 10, chargePeriod: year });
  const upgrade = charge(361644, {
    subscriptionId: "yearly",
    planId: "premium",
    quantity: 5,
    chargePeriod: { start: "2026-04-01", end: "2027-01-01" },
  });

  test.each([
    ["estimated", []],
    [
      "invoiced, the first line naming its plan",
      [invoice("i", "2026-01-01", [seats("standard")]), invoice("u", "2026-04-01", [upgrade])],
    ],
    [
      "invoiced, the first line naming no plan",
      [invoice("i", "2026-01-01", [seats(null)]), invoice("u", "2026-04-01", [upgrade])],
    ],
  ] satisfies [string, Invoice[]][])(
    "April costs 19.73 a Standard holder and 98.62 to 98.64 a Premium one: %s",
    (_name, invoices) => {
      const april = bySeatHolder(ledger(invoices, books), "2026-04");
      // 2,400.00 x 30/365 / 10 = 19.726; 3,616.44 x 30/275 / 5 = 78.904
      for (const member of members.slice(5)) expect([1972, 1973]).toContain(april[member]);
      for (const member of members.slice(0, 5)) expect([9862, 9863, 9864]).toContain(april[member]);
      expect(Object.values(april).reduce((a, b) => a + b, 0)).toBe(19726 + 39452);
    },
  );
});

describe("taxes and credits", () => {
  const net = (billedCostMinor: number, changes: Partial<Charge> = {}) =>
    charge(billedCostMinor, {
      chargeCategory: "usage",
      apiAccountId: "dev-sandbox",
      chargePeriod: OCTOBER,
      ...changes,
    });
  const posted = (charges: Charge[], changes: Partial<Invoice> = {}) =>
    postInvoice(invoice("i", "2026-11-01", charges, changes), BOOKS);

  test("reverse charge: the self-assessed tax that cannot be recovered is cost", () => {
    // 1,000.00 at 21 % = 210.00, of which 62 % is recovered: 130.20; 79.80 is cost
    const entries = posted([
      net(100000),
      charge(21000, { chargeCategory: "tax", selfAssessed: true, recoverableBasisPoints: 6200 }),
    ]);
    expect(sum(entries, { kind: "cost" })).toBe(107980);
    expect(sum(entries, { kind: "recoverable_tax" })).toBe(13020);
    expect(sum(entries, { selfAssessed: false })).toBe(100000);
  });

  test("a yearly charge and its tax count by days", () => {
    const year = { start: "2025-03-08", end: "2026-03-08" };
    const entries = posted([net(21600, { chargePeriod: year }), charge(2203, { chargeCategory: "tax" })]);
    // 216.00 x 24/365 = 14.2027; 22.03 x 24/365 = 1.4485
    expect(sum(entries, { month: "2025-03", chargeCategory: "usage" })).toBe(1420);
    expect(sum(entries, { month: "2025-03", chargeCategory: "tax" })).toBe(145);
    expect(sum(entries, {})).toBe(23803);
  });

  test("a tax follows the lines it names, equally when they cost nothing", () => {
    const free = [net(0, { apiAccountId: "dev-sandbox" }), net(0, { apiAccountId: "prod-backend" })];
    const tax = charge(101, { chargeCategory: "tax", follows: free.map(({ id }) => id) });
    const entries = posted([...free, net(5000, { apiAccountId: "trial" }), tax]).filter(
      (entry) => entry.chargeCategory === "tax",
    );
    expect(sum(entries, { purpose: "developer_leverage" })).toBe(51);
    expect(sum(entries, { purpose: "product_running" })).toBe(50);
  });

  test("a tax without a line goes where it is linked, else is unclassified in its issue month", () => {
    expect(
      sum(posted([charge(500, { chargeCategory: "tax", apiAccountId: "dev-sandbox" })]), {
        purpose: "developer_leverage",
        month: "2026-11",
      }),
    ).toBe(500);
    expect(
      sum(posted([charge(500, { chargeCategory: "tax" })]), { purpose: "unclassified", month: "2026-11" }),
    ).toBe(500);
  });

  test("a linked credit counts in its own period, else in the issue month", () => {
    const credit = (chargePeriod: Charge["chargePeriod"]) =>
      posted([charge(-5000, { chargeCategory: "credit", apiAccountId: "prod-backend", chargePeriod })]);
    expect(sum(credit(OCTOBER), { month: "2026-10", purpose: "product_running" })).toBe(-5000);
    expect(sum(credit(null), { month: "2026-11", purpose: "product_running" })).toBe(-5000);
  });

  test("a credit that names nothing is spread over the lines in proportion", () => {
    const entries = posted([
      net(7500),
      net(2500, { apiAccountId: "trial" }),
      charge(-1000, { chargeCategory: "credit" }),
    ]);
    const credits = entries.filter((entry) => entry.chargeCategory === "credit");
    expect(sum(credits, { purpose: "developer_leverage" })).toBe(-750);
    expect(sum(credits, { purpose: "unclassified" })).toBe(-250);
  });

  test("what is not about AI balances the invoice and counts nowhere, its tax too", () => {
    const entries = posted([
      net(5000),
      charge(15000, { outOfScope: true, chargePeriod: OCTOBER }),
      charge(2000, { chargeCategory: "tax" }),
    ]);
    expect(sum(entries, { kind: "cost" })).toBe(5500);
    expect(sum(entries, { kind: "out_of_scope" })).toBe(16500);
  });

  test("what a member got back is the cost", () => {
    const entries = posted([net(6000), net(2000, { apiAccountId: "trial" })], { reimbursedMinor: 6000 });
    expect(sum(entries, { purpose: "developer_leverage" })).toBe(4500);
    expect(sum(entries, { purpose: "unclassified" })).toBe(1500);
  });

  test("a foreign invoice is converted once, and the converted total is split by the same weights", () => {
    const rates = [{ date: "2026-10-30", from: "EUR", to: "USD", rate: "1.0842" }];
    const entries = postInvoice(
      invoice("i", "2026-11-01", [net(9999, { apiAccountId: "shared" })], { currency: "EUR" }),
      { ...BOOKS, rates },
    );
    // 99.99 EUR x 1.0842 = 108.409... USD; 60 % = 65.046, 40 % = 43.364
    expect(sum(entries, {})).toBe(10841);
    expect(sum(entries, { purpose: "product_running" })).toBe(6505);
    expect(entries[0]).toMatchObject({ rate: "1.0842", rateDate: "2026-10-30", currency: "EUR" });
  });
});

describe("usage on a subscription", () => {
  test("is metered, covers no seat, and follows its named member", () => {
    const extra = charge(1500, {
      chargeCategory: "usage",
      subscriptionId: "cursor",
      memberId: "d",
      chargePeriod: OCTOBER,
    });
    const all = ledger([invoice("x", "2026-11-01", [extra])]);
    expect(sum(all, { billingModel: "metered", memberId: "d", teamId: "growth" })).toBe(1500);
    expect(sum(all, { state: "estimated", subscriptionId: "cursor", month: "2026-10" })).toBe(8000);
  });

  test("without a name it follows the holders like a seat fee", () => {
    const extra = charge(1000, {
      chargeCategory: "usage",
      subscriptionId: "claude-pro",
      chargePeriod: OCTOBER,
    });
    expect(
      sum(ledger([invoice("x", "2026-11-01", [extra])]), { billingModel: "metered", memberId: "d" }),
    ).toBe(1000);
  });
});
