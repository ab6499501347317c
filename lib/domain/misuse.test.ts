import { describe, expect, test } from "vitest";

import type { Purpose, Share } from "./facts";
import { findMisuse } from "./misuse";
import type { AccountCost, MisuseAccount, MisuseFacts, MisuseMember, MisuseSeat } from "./misuse-facts";
import type { MisuseRuleId, MisuseSettings } from "./misuse-rules";
import { seatKinds } from "./seat-kind";

// On 25 November 2026, so that the last whole months are August, September and October. All amounts in US dollars.

const share = (purpose: Purpose, changes: Partial<Share> = {}): Share => ({
  ...{ basisPoints: 10_000, purpose, teamId: null, productId: null, memberId: null },
  ...changes,
});
const PRODUCTION = [share("product_running", { teamId: "growth" })];
const WORK = [share("developer_leverage", { teamId: "platform" })];

type Counting = { readonly since?: string; readonly shares: readonly Share[] };
const account = (
  id: string,
  counting: readonly Counting[],
  changes: Partial<MisuseAccount> = {},
): [string, MisuseAccount] => [
  id,
  {
    ...{ id, parentId: "org", serviceProviderId: "anthropic", kind: "workspace" as const },
    ...{ toolId: null, endsOn: null },
    classifications: counting.map(({ since = "2026-01-01", shares }) => ({ startsOn: since, shares })),
    ...changes,
  },
];
const cost = (
  accountId: string,
  minor: number,
  purpose: Purpose,
  changes: Partial<AccountCost> = {},
): AccountCost => ({
  ...{ accountId, minor, purpose, month: "2026-10", memberId: null },
  ...changes,
});
const used = (accountId: string, memberId: string, days: readonly string[], cents = 300) =>
  days.map((day) => ({ accountId, memberId, day, costNano: BigInt(cents) * 10_000_000n, currency: "USD" }));
const seat = (memberId: string, monthlyMinor: number, changes: Partial<MisuseSeat> = {}): MisuseSeat => ({
  ...{ assignmentId: `${memberId} ${monthlyMinor}`, subscriptionId: `contract ${monthlyMinor}` },
  ...{ planId: `plan ${monthlyMinor}`, serviceProviderId: "anthropic", memberId, startsOn: "2026-01-01" },
  ...{ purpose: "developer_leverage" as const, monthlyMinor },
  kinds: seatKinds({ id: "anthropic", name: "Anthropic" }),
  ...changes,
});
const CURSOR = {
  serviceProviderId: "cursor",
  kinds: seatKinds({ id: "cursor", name: "Cursor" }),
};

const MEMBERS: [string, MisuseMember][] = [
  ["ada", { kind: "person", teamId: "platform" }],
  ["ben", { kind: "person", teamId: "platform" }],
  ["runner", { kind: "service", teamId: "platform" }],
  ["desk", { kind: "shared_account", teamId: "growth" }],
];

const facts = (
  changes: Partial<Omit<MisuseFacts, "accounts">> & { accounts?: [string, MisuseAccount][] },
) => {
  const { accounts = [], ...rest } = changes;
  return {
    ...{ today: "2026-11-25", minorPerUnit: 100, months: ["2026-08", "2026-09", "2026-10"] },
    ...{ costs: [], useDays: [], lastUsed: new Map(), useMonths: [], seats: [] },
    members: new Map(MEMBERS),
    plans: new Map([
      [
        "anthropic",
        [
          { planId: "pro", monthlyMinor: 2_000 },
          { planId: "max", monthlyMinor: 10_000 },
        ],
      ],
    ]),
    toBase: (nano: bigint) => Number(nano / 10_000_000n),
    ...rest,
    accounts: new Map([account("org", [], { parentId: null, kind: "organization" }), ...accounts]),
  } satisfies MisuseFacts;
};

const find = (rule: MisuseRuleId, of: MisuseFacts, settings: MisuseSettings = {}) =>
  findMisuse(of, settings).filter((misuse) => misuse.rule === rule);

describe("a production key", () => {
  const prod = account("prod", [{ shares: PRODUCTION }]);
  const october = ["2026-10-05", "2026-10-06", "2026-10-07"];
  const byAda = {
    accounts: [prod],
    useDays: used("prod", "ada", october),
    lastUsed: new Map([["prod", "2026-10"]]),
  };

  test("that a person uses is found, with the account and the rows of their use", () => {
    expect(find("production_key", facts(byAda))).toEqual([
      {
        ...{ rule: "production_key", subject: "prod", apiAccountId: "prod", memberId: null },
        ...{ teamId: "growth", amountMinor: 900, seenOn: "2026-10-31" },
        evidence: [
          {
            ...{ kind: "account", accountId: "prod", since: "2026-01-01" },
            ...{ purpose: "product_running", toolId: null },
          },
          { kind: "use", accountId: "prod", memberId: "ada", month: "2026-10", days: 3, minor: 900 },
        ],
      },
    ]);
  });

  test("that is set up for a coding tool is found, with what it costs", () => {
    const cline = account("key", [], { parentId: "prod", kind: "key", toolId: "cline" });
    const [found, ...others] = find(
      "production_key",
      facts({ accounts: [prod, cline], costs: [cost("key", 4_200, "product_running")] }),
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject({ subject: "key", amountMinor: 4_200, seenOn: "2026-10-31" });
    expect(found?.evidence.map(({ kind }) => kind)).toEqual(["account", "cost"]);
  });

  test("that moved from development to production is left alone for the days before", () => {
    const moved = account("prod", [
      { since: "2026-01-01", shares: WORK },
      { since: "2026-10-07", shares: PRODUCTION },
    ]);
    // Two of the three days were development; one day is no use yet.
    expect(find("production_key", facts({ ...byAda, accounts: [moved] }))).toEqual([]);
    const later = used("prod", "ada", ["2026-10-07", "2026-10-08"]);
    expect(find("production_key", facts({ ...byAda, accounts: [moved], useDays: later }))).toMatchObject([
      { amountMinor: 600 },
    ]);
  });

  test.each<[string, Partial<typeof byAda>]>([
    ["a service uses", { useDays: used("prod", "runner", october) }],
    ["a shared account uses", { useDays: used("prod", "desk", october) }],
    [
      "people used in September, and in October no more",
      { useDays: used("prod", "ada", ["2026-09-01", "2026-09-02"]) },
    ],
    ["somebody tried once", { useDays: used("prod", "ada", ["2026-10-05"], 5_000) }],
    ["is development", { accounts: [account("prod", [{ shares: WORK }])] }],
    ["has ended", { accounts: [account("prod", [{ shares: PRODUCTION }], { endsOn: "2026-11-01" })] }],
    ["costs less than the threshold", { useDays: used("prod", "ada", october, 100) }],
  ])("that %s is left alone", (_name, changes) => {
    expect(find("production_key", facts({ ...byAda, ...changes }))).toEqual([]);
  });

  test("is found from as many days on as the owner says", () => {
    const settings = { production_key: { thresholds: { days: 4 } } };
    expect(find("production_key", facts(byAda), settings)).toEqual([]);
    expect(find("production_key", facts(byAda), { production_key: { off: true } })).toEqual([]);
  });
});

describe("a seat behind a service", () => {
  test("is found, with the assignment", () => {
    expect(find("seat_behind_service", facts({ seats: [seat("runner", 2_500)] }))).toMatchObject([
      {
        ...{ memberId: "runner", teamId: "platform", amountMinor: 2_500, seenOn: "2026-11-25" },
        evidence: [{ kind: "seat", assignmentId: "runner 2500", covered: false }],
      },
    ]);
  });

  test("is found where somebody's seat counts as product running", () => {
    const seats = [seat("ada", 2_500, { purpose: "product_running" })];
    expect(find("seat_behind_service", facts({ seats }))).toMatchObject([{ memberId: "ada" }]);
  });

  test.each<[string, MisuseSeat]>([
    ["a person's", seat("ada", 2_500)],
    ["a shared account's", seat("desk", 2_500)],
    ["a free trial", seat("runner", 0)],
    ["one without an exchange rate", seat("runner", 1, { monthlyMinor: null })],
  ])("that is %s is left alone", (_name, held) => {
    expect(find("seat_behind_service", facts({ seats: [held] }))).toEqual([]);
  });
});

describe("overlapping seats", () => {
  const both = [seat("ada", 2_500), seat("ada", 4_000, CURSOR)];

  test("of one person are found, with both; what another seat covers could be saved", () => {
    expect(find("overlapping_seats", facts({ seats: both }))).toMatchObject([
      {
        ...{ subject: "ada", memberId: "ada", teamId: "platform", amountMinor: 4_000 },
        evidence: [
          { planId: "plan 4000", covered: true },
          { planId: "plan 2500", covered: false },
        ],
      },
    ]);
  });

  test("of one provider save the cheaper", () => {
    const seats = [seat("ada", 2_500), seat("ada", 10_000)];
    expect(find("overlapping_seats", facts({ seats }))).toMatchObject([{ amountMinor: 2_500 }]);
  });

  test.each<[string, readonly MisuseSeat[]]>([
    ["of two people", [seat("ada", 2_500), seat("ben", 4_000, CURSOR)]],
    // Whoever changes teams hands one back and takes the other: only one of them is held today.
    ["of a person on two teams, one after the other", [seat("ada", 2_500)]],
    ["of a shared account", [seat("desk", 2_500), seat("desk", 4_000, CURSOR)]],
    ["for different things", [seat("ada", 2_500, { kinds: ["chat"] }), seat("ada", 4_000, CURSOR)]],
    ["of which one is new", [seat("ada", 2_500), seat("ada", 4_000, { ...CURSOR, startsOn: "2026-10-27" })]],
    ["of which one is free", [seat("ada", 0), seat("ada", 4_000, CURSOR)]],
  ])("%s are left alone", (_name, seats) => {
    expect(find("overlapping_seats", facts({ seats }))).toEqual([]);
  });

  test("held together for 30 days are found", () => {
    const seats = [seat("ada", 2_500), seat("ada", 4_000, { ...CURSOR, startsOn: "2026-10-26" })];
    expect(find("overlapping_seats", facts({ seats }))).toHaveLength(1);
  });
});

describe("a personal key", () => {
  const own = account("key", [{ shares: [share("developer_leverage", { memberId: "ada" })] }], {
    kind: "key",
  });
  const costs = (minors: readonly number[]) =>
    minors.map((minor, index) =>
      cost("key", minor, "developer_leverage", {
        month: `2026-${String(8 + index).padStart(2, "0")}`,
        memberId: "ada",
      }),
    );

  test("is found where a seat would have cost less, with the plan and the rows", () => {
    // 120.00, 90.00 and 150.00 are 120.00 a month; of the plans below the dearest is 100.00.
    const found = find("personal_key", facts({ accounts: [own], costs: costs([12_000, 9_000, 15_000]) }));
    expect(found).toMatchObject([
      {
        subject: "ada anthropic",
        memberId: "ada",
        teamId: "platform",
        amountMinor: 2_000,
        seenOn: "2026-10-31",
      },
    ]);
    expect(found[0]?.evidence).toEqual([
      { kind: "plan", planId: "max", minor: 10_000 },
      { kind: "cost", accountId: "key", month: "2026-10", purpose: "developer_leverage", minor: 15_000 },
      { kind: "cost", accountId: "key", month: "2026-09", purpose: "developer_leverage", minor: 9_000 },
      { kind: "cost", accountId: "key", month: "2026-08", purpose: "developer_leverage", minor: 12_000 },
    ]);
  });

  const told = (month: string, cents: number, accountId: string | null = "shared") => ({
    ...{ accountId, memberId: "ada", serviceProviderId: "anthropic", month },
    ...{ costNano: BigInt(cents) * 10_000_000n, currency: "USD" },
  });

  test("is found by what files tell of one person on a shared account, from the first month on", () => {
    const shared = account("shared", [{ shares: WORK }]);
    const useMonths = [told("2026-09", 3_100), told("2026-10", 2_901)];
    // 60.01 in two months are 30.00 a month, half to even; Pro is 20.00.
    expect(find("personal_key", facts({ accounts: [shared], useMonths }))).toMatchObject([
      { amountMinor: 1_000, evidence: [{ planId: "pro" }, { kind: "use" }, { kind: "use" }] },
    ]);
  });

  test("counts what the books charge to a person once", () => {
    const useMonths = [told("2026-10", 15_000, "key"), told("2026-09", 9_000, "key")];
    expect(
      find("personal_key", facts({ accounts: [own], costs: costs([12_000, 9_000, 15_000]), useMonths })),
    ).toMatchObject([{ amountMinor: 2_000 }]);
  });

  test.each<[string, Parameters<typeof facts>[0]]>([
    ["of a burst in one month", { accounts: [own], costs: costs([0, 0, 9_000]) }],
    ["that costs less than any seat", { accounts: [own], costs: costs([1_900, 1_800, 2_000]) }],
    [
      "of somebody who holds a seat there",
      { accounts: [own], costs: costs([12_000, 9_000, 15_000]), seats: [seat("ada", 2_500)] },
    ],
    [
      "of a shared account",
      { accounts: [own], costs: costs([12_000, 9_000, 15_000]).map((row) => ({ ...row, memberId: "desk" })) },
    ],
    [
      "of a provider without plans",
      { accounts: [own], costs: costs([12_000, 9_000, 15_000]), plans: new Map() },
    ],
    [
      "that is production now",
      {
        accounts: [account("shared", [{ shares: PRODUCTION }])],
        useMonths: [told("2026-09", 9_000), told("2026-10", 9_000)],
      },
    ],
  ])("%s is left alone", (_name, changes) => {
    expect(find("personal_key", facts(changes))).toEqual([]);
  });

  test("of a burst is found where the owner asks for one month only", () => {
    const burst = facts({ accounts: [own], costs: costs([0, 0, 9_000]) });
    expect(find("personal_key", burst, { personal_key: { thresholds: { months: 1 } } })).toHaveLength(1);
  });
});

describe("a workspace that mixes purposes", () => {
  const key = (id: string, shares: readonly Share[], changes: Partial<MisuseAccount> = {}) =>
    account(id, [{ shares }], { parentId: "space", kind: "key", ...changes });
  const space = account("space", []);
  const mixed = {
    accounts: [space, key("app", PRODUCTION), key("dev", WORK)],
    costs: [cost("app", 30_000, "product_running"), cost("dev", 10_000, "developer_leverage")],
  };

  test("is found once, with the cost of each line and key", () => {
    expect(find("mixed_workspace", facts(mixed))).toMatchObject([
      {
        ...{ subject: "space", amountMinor: 10_000, seenOn: "2026-10-31" },
        evidence: [
          { kind: "account", accountId: "space" },
          { kind: "cost", accountId: "app", minor: 30_000 },
          { kind: "cost", accountId: "dev", minor: 10_000 },
        ],
      },
    ]);
  });

  test("is found by its own shares", () => {
    const shares = [
      share("product_running", { basisPoints: 6_000, teamId: "growth" }),
      share("developer_leverage", { basisPoints: 4_000, teamId: "platform" }),
    ];
    const costs = [cost("space", 6_000, "product_running"), cost("space", 4_000, "developer_leverage")];
    expect(
      find("mixed_workspace", facts({ accounts: [account("space", [{ shares }])], costs })),
    ).toMatchObject([{ amountMinor: 4_000, teamId: "growth" }]);
  });

  test("is left alone where a key moved from development to production", () => {
    const moved = account("dev", [{ shares: WORK }, { since: "2026-10-16", shares: PRODUCTION }], {
      parentId: "space",
      kind: "key",
    });
    const costs = [...mixed.costs, cost("dev", 9_000, "product_running")];
    expect(
      find("mixed_workspace", facts({ accounts: [space, key("app", PRODUCTION), moved], costs })),
    ).toEqual([]);
  });

  test.each<[string, Parameters<typeof facts>[0]]>([
    [
      "by which two teams work",
      {
        accounts: [space, key("one", WORK), key("two", [share("developer_leverage", { teamId: "growth" })])],
        costs: [cost("one", 30_000, "developer_leverage"), cost("two", 10_000, "developer_leverage")],
      },
    ],
    [
      "of which little is the other line's",
      { ...mixed, costs: [cost("app", 30_000, "product_running"), cost("dev", 3_000, "developer_leverage")] },
    ],
    [
      "whose other key has ended",
      { ...mixed, accounts: [space, key("app", PRODUCTION), key("dev", WORK, { endsOn: "2026-11-20" })] },
    ],
    [
      "that is a whole organization",
      {
        ...mixed,
        accounts: [key("app", PRODUCTION, { parentId: "org" }), key("dev", WORK, { parentId: "org" })],
      },
    ],
    [
      "of which nobody knows yet what it is",
      { accounts: [space], costs: [cost("space", 9_000, "unclassified")] },
    ],
  ])("%s is left alone", (_name, changes) => {
    expect(find("mixed_workspace", facts(changes))).toEqual([]);
  });
});

test("the most money stands first", () => {
  const seats = [seat("runner", 2_500), seat("ada", 2_500), seat("ada", 4_000, CURSOR)];
  expect(findMisuse(facts({ seats }), {}).map(({ amountMinor }) => amountMinor)).toEqual([4_000, 2_500]);
});
