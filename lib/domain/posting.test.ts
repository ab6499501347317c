import { describe, expect, test } from "vitest";

import type { Books } from "./books";
import { postEstimates } from "./estimates";
import type { ApiAccount, Assignment, Charge, Invoice, Share, Subscription, SubscriptionTerm, TeamMembership } from "./facts";
import type { LedgerEntry } from "./ledger-entry";
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
const holds = (memberId: string, planId: string, startsOn: string, endsOn: string | null = null): Assignment => ({
  memberId,
  planId,
  startsOn,
  endsOn,
  purpose: null,
  productId: null,
});
const contract = (changes: Partial<Subscription> & Pick<Subscription, "id" | "teamId" | "billingAnchor" | "terms" | "assignments">): Subscription => ({
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
  assignments: [holds("a", "team", "2026-09-01"), holds("b", "team", "2026-09-01"), holds("c", "team", "2026-10-11")],
});
const CURSOR = contract({
  id: "cursor",
  serviceProviderId: "cursor",
  teamId: "growth",
  billingAnchor: "2026-10-01",
  terms: [term("cursor-teams", "2026-10-01", 2, 4000)],
  assignments: [holds("c", "cursor-teams", "2026-10-01"), holds("d", "cursor-teams", "2026-10-01", "2026-10-21")],
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
  classifications: shares.length ? [{ startsOn: "2026-01-01", shares }] : [],
});
const ACCOUNTS = [
  account("prod-backend", [share(10_000, PRODUCT)]),
  account("dev-sandbox", [share(10_000, LEVERAGE)]),
  account("shared", [share(6_000, PRODUCT), share(4_000, LEVERAGE)]),
  account("trial", []),
];

const memberOf = (memberId: string, teamId: string): TeamMembership => ({ memberId, teamId, startsOn: "2026-01-01", endsOn: null });

const BOOKS: Books = {
  baseCurrency: "USD",
  booksStart: "2026-01",
  today: TODAY,
  subscriptions: new Map([CLAUDE_TEAM, CURSOR, CLAUDE_PRO].map((subscription) => [subscription.id, subscription])),
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
const invoice = (id: string, issueDate: string, charges: Charge[], changes: Partial<Invoice> = {}): Invoice => ({
  id,
  serviceProviderId: "anthropic",
  issueDate,
  currency: "USD",
  billedCostMinor: charges.reduce((sum, { billedCostMinor, selfAssessed }) => sum + (selfAssessed ? 0 : billedCostMinor), 0),
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
const FIVE_SEATS = charge(12500, { subscriptionId: "claude-team", planId: "team", quantity: 5, chargePeriod: OCTOBER });
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
  const fees = invoices.flatMap(({ charges }) => charges).filter(({ chargeCategory }) => chargeCategory === "purchase");
  const feesOf = (id: string) =>
    fees.filter(({ subscriptionId, chargePeriod }) => subscriptionId === id && chargePeriod) as (Charge & SeatFee)[];
  return [
    ...invoices.flatMap((each) => postInvoice(each, books)),
    ...[...books.subscriptions.values()].flatMap((each) => postEstimates(each, feesOf(each.id), books)),
  ];
}

type Filter = Partial<LedgerEntry>;
const sum = (entries: readonly LedgerEntry[], filter: Filter): number =>
  entries
    .filter((entry) => Object.entries(filter).every(([key, value]) => entry[key as keyof LedgerEntry] === value))
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
    const without = ledger([CLAUDE_PRO_INVOICE, SEPTEMBER_INVOICE, invoice("team-10", "2026-10-31", [FIVE_SEATS]), API_INVOICE]);
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
