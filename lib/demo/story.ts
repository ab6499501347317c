import type { PlannedPurpose } from "@/lib/domain/budget-plan";
import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import type { MemberKind, Purpose } from "@/lib/domain/facts";
import { firstDayOf, type Month, shiftMonth } from "@/lib/domain/month";

/** How many months the made-up books hold, the running one included. */
export const DEMO_MONTHS = 14;
const RUNNING = DEMO_MONTHS - 1;

/** A day of the story: the day of the month in the given month, 0 being the first one of the books. */
export type StoryDay = readonly [month: number, day: number];

export type Calendar = {
  readonly booksStart: Month;
  readonly month: (index: number) => Month;
  readonly day: (day: StoryDay) => CalendarDate;
};

/** Lays the story out so that it ends in the running month. */
export function calendarOf(runningMonth: Month): Calendar {
  const month = (index: number) => shiftMonth(runningMonth, index - RUNNING);
  return {
    booksStart: month(0),
    month,
    day: ([index, day]) => addDays(firstDayOf(month(index)), day - 1),
  };
}

export const TEAMS = [
  { key: "platform", name: "Platform", code: "CC-410" },
  { key: "product", name: "Product", code: "CC-420" },
  { key: "data", name: "Data", code: "CC-430" },
] as const;
export type TeamKey = (typeof TEAMS)[number]["key"];

export const PRODUCTS = ["Checkout assistant", "Support triage", "Nightly reports"] as const;
export type ProductName = (typeof PRODUCTS)[number];

/** What a month of the running fiscal year may cost, by line and the name of a team or product. */
export const PLANS: Readonly<Record<PlannedPurpose, Readonly<Record<string, number>>>> = {
  developer_leverage: { Platform: 125_000, Product: 60_000, Data: 16_000 },
  product_running: { "Checkout assistant": 450_000, "Support triage": 200_000, "Nightly reports": 4_000 },
};

export type StoryMember = {
  readonly name: string;
  readonly team: TeamKey;
  readonly from: StoryDay;
  readonly kind?: MemberKind;
  /** From a day on in another team. */
  readonly moves?: { readonly on: StoryDay; readonly to: TeamKey };
};

/** Eleven beside whoever looks around, who is the twelfth. */
export const MEMBERS: readonly StoryMember[] = [
  { name: "Amara Okafor", team: "platform", from: [0, 1] },
  { name: "Jonas Lindqvist", team: "platform", from: [0, 1] },
  { name: "Mei Tanaka", team: "platform", from: [2, 15] },
  { name: "Rafael Duarte", team: "product", from: [0, 1] },
  { name: "Ines Moreau", team: "product", from: [0, 1], moves: { on: [9, 1], to: "data" } },
  { name: "Tomasz Zielinski", team: "product", from: [0, 1] },
  { name: "Priya Raman", team: "product", from: [5, 1] },
  { name: "Lena Fischer", team: "data", from: [0, 1] },
  { name: "Samuel Adeyemi", team: "data", from: [3, 1] },
  { name: "Noor Haddad", team: "data", from: [7, 16] },
  { name: "Report runner", team: "data", from: [4, 1], kind: "service" },
];

export type StoryContract = {
  readonly name: string;
  readonly provider: string;
  readonly plan: string;
  readonly team: TeamKey;
  readonly interval: "month" | "year";
  readonly currency: "USD" | "EUR";
  readonly noticeDays?: number;
  /** After so many months, counted from its start. */
  readonly renewsAfterMonths?: number;
  readonly terms: readonly {
    readonly on: StoryDay;
    readonly seats: number;
    readonly unitPriceMinor: number;
  }[];
  readonly holders: readonly {
    readonly name: string;
    readonly from: StoryDay;
    readonly until?: StoryDay;
    readonly purpose?: Purpose;
    readonly product?: ProductName;
  }[];
  /** Months in which its invoice has not come yet. */
  readonly notInvoiced?: readonly number[];
};

export const CONTRACTS: readonly StoryContract[] = [
  {
    name: "Claude Team",
    provider: "Anthropic",
    plan: "Claude Team Standard",
    team: "platform",
    interval: "month",
    currency: "USD",
    terms: [
      { on: [0, 1], seats: 6, unitPriceMinor: 2_500 },
      { on: [5, 1], seats: 8, unitPriceMinor: 2_500 },
      { on: [9, 12], seats: 10, unitPriceMinor: 2_500 },
    ],
    holders: [
      { name: "Amara Okafor", from: [0, 1] },
      { name: "Jonas Lindqvist", from: [0, 1] },
      { name: "Rafael Duarte", from: [0, 1] },
      { name: "Lena Fischer", from: [0, 1] },
      { name: "Mei Tanaka", from: [2, 15] },
      { name: "Samuel Adeyemi", from: [3, 1] },
      { name: "Priya Raman", from: [5, 1] },
      {
        name: "Report runner",
        from: [5, 1],
        purpose: "product_running",
        product: "Nightly reports",
      },
      { name: "Noor Haddad", from: [9, 12] },
    ],
  },
  {
    name: "Claude Max, Jonas",
    provider: "Anthropic",
    plan: "Claude Max",
    team: "platform",
    interval: "month",
    currency: "USD",
    terms: [{ on: [6, 8], seats: 1, unitPriceMinor: 10_000 }],
    holders: [{ name: "Jonas Lindqvist", from: [6, 8] }],
  },
  {
    name: "Cursor Teams",
    provider: "Cursor",
    plan: "Cursor Teams Standard",
    team: "product",
    interval: "month",
    currency: "USD",
    noticeDays: 30,
    renewsAfterMonths: 12,
    terms: [
      { on: [3, 1], seats: 3, unitPriceMinor: 4_000 },
      { on: [8, 1], seats: 5, unitPriceMinor: 4_000 },
    ],
    holders: [
      { name: "Rafael Duarte", from: [3, 1] },
      { name: "Tomasz Zielinski", from: [3, 1] },
      { name: "Ines Moreau", from: [3, 1], until: [9, 1] },
      { name: "Priya Raman", from: [8, 1] },
      { name: "Mei Tanaka", from: [8, 1] },
    ],
    notInvoiced: [RUNNING],
  },
  {
    name: "GitHub Copilot",
    provider: "GitHub",
    plan: "Copilot Business",
    team: "data",
    interval: "month",
    currency: "USD",
    terms: [
      { on: [0, 1], seats: 5, unitPriceMinor: 1_900 },
      { on: [9, 1], seats: 3, unitPriceMinor: 1_900 },
    ],
    holders: [
      { name: "Lena Fischer", from: [0, 1] },
      { name: "Tomasz Zielinski", from: [0, 1] },
      { name: "Ines Moreau", from: [0, 1], until: [9, 1] },
      { name: "Samuel Adeyemi", from: [3, 1] },
    ],
  },
  {
    name: "ChatGPT Business",
    provider: "OpenAI",
    plan: "ChatGPT Business Standard",
    team: "product",
    interval: "year",
    currency: "EUR",
    noticeDays: 60,
    renewsAfterMonths: 12,
    terms: [{ on: [4, 11], seats: 2, unitPriceMinor: 24_000 }],
    holders: [
      { name: "Rafael Duarte", from: [4, 11] },
      { name: "Lena Fischer", from: [4, 11] },
    ],
  },
];

/** The rate on the day on which the yearly contract in euros was invoiced. */
export const RATE = { on: [4, 11] as StoryDay, from: "EUR", to: "USD", rate: "1.0842" } as const;

export type StoryShare = {
  readonly basisPoints: number;
  readonly purpose: Purpose;
  readonly team?: TeamKey;
  readonly product?: ProductName;
  readonly member?: string;
};

export type StoryAccount = {
  readonly name: string;
  readonly provider: "Anthropic" | "OpenAI";
  readonly from: StoryDay;
  readonly shares?: readonly StoryShare[];
  readonly tool?: string;
  /** Cost of month i in cents, for as long as the account exists. */
  readonly costMinor: (month: number) => number;
};

/** A made-up month: growth over time and a little unevenness that is the same in every demo. */
const around = (startMinor: number, growthPercent: number, unevenPercent: number) => (month: number) => {
  const uneven = (((month * 37 + startMinor) % 21) - 10) / 10;
  return Math.round(startMinor * (1 + (growthPercent * month) / 100) * (1 + (uneven * unevenPercent) / 100));
};

const whole = (share: Omit<StoryShare, "basisPoints">): StoryShare[] => [{ basisPoints: 10_000, ...share }];

export const ACCOUNTS: readonly StoryAccount[] = [
  {
    name: "prod-checkout",
    provider: "Anthropic",
    from: [0, 1],
    shares: whole({ purpose: "product_running", team: "product", product: "Checkout assistant" }),
    costMinor: around(214_300, 9, 6),
  },
  {
    name: "prod-triage",
    provider: "Anthropic",
    from: [2, 1],
    shares: whole({ purpose: "product_running", team: "data", product: "Support triage" }),
    costMinor: around(98_450, 5, 9),
  },
  {
    name: "dev-sandbox",
    provider: "Anthropic",
    from: [0, 1],
    shares: whole({ purpose: "developer_leverage", team: "platform" }),
    tool: "Claude Code",
    costMinor: around(46_900, 6, 14),
  },
  {
    name: "cline-tomasz",
    provider: "Anthropic",
    from: [6, 1],
    shares: whole({ purpose: "developer_leverage", team: "product", member: "Tomasz Zielinski" }),
    tool: "Cline",
    costMinor: around(18_240, 7, 22),
  },
  {
    name: "evaluations",
    provider: "Anthropic",
    from: [1, 1],
    shares: [
      { basisPoints: 6_000, purpose: "product_running", team: "product", product: "Checkout assistant" },
      { basisPoints: 4_000, purpose: "developer_leverage", team: "platform" },
    ],
    costMinor: around(31_120, 2, 30),
  },
  { name: "trial-agents", provider: "Anthropic", from: [12, 1], costMinor: around(3_960, 4, 5) },
  {
    name: "embeddings",
    provider: "OpenAI",
    from: [0, 1],
    shares: whole({ purpose: "product_running", team: "data", product: "Support triage" }),
    costMinor: around(27_800, 3, 8),
  },
];

/** A credit that the provider once gave, in cents, and the recurring sales tax. */
export const CREDIT = { month: 8, account: "prod-checkout", billedCostMinor: -15_000 } as const;
export const TAX_BASIS_POINTS = 825;
/** The last full month of OpenAI's API has no invoice yet. */
export const NOT_INVOICED: Readonly<Record<StoryAccount["provider"], number>> = {
  Anthropic: RUNNING,
  OpenAI: RUNNING - 1,
};
