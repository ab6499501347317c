import type { BillingInterval, ProrationRule } from "@/lib/domain/facts";

/** List prices per seat and billing interval in whole dollars and cents, as published on a day. */
export type SeedPrice = {
  readonly startsOn: string;
  readonly billingInterval: BillingInterval;
  readonly unitPriceMinor: number;
  readonly source: string;
};

export type SeedPlan = {
  readonly name: string;
  readonly prorationRule: ProrationRule;
  readonly minimumSeats?: number;
  readonly includedAllowance?: string;
  readonly prices: readonly SeedPrice[];
};

export type SeedProvider = {
  readonly name: string;
  readonly website: string;
  readonly plans: readonly SeedPlan[];
};

const price = (
  startsOn: string,
  billingInterval: BillingInterval,
  dollars: number,
  source: string,
): SeedPrice => ({
  startsOn,
  billingInterval,
  unitPriceMinor: Math.round(dollars * 100),
  source,
});

/** A price a month, and a year paid at once at its monthly price times twelve. */
const both = (startsOn: string, source: string, monthly: number, yearlyPerMonth: number): SeedPrice[] => [
  price(startsOn, "month", monthly, source),
  price(startsOn, "year", yearlyPerMonth * 12, source),
];

const CLAUDE = "claude.com/pricing, 2026-03-17";
const CLAUDE_TEAM = "support.claude.com, 2026-03-22";
const CLAUDE_MAX = "release notes, 2026-10-31";
const OPENAI = "openai.com/business/pricing, 2026-09-22";
const CHATGPT = "public price lists, 2026-10";
const CURSOR = "cursor.com/pricing, 2026-10-07";
const CURSOR_HELP = "cursor.com/help, 2026-10";
const COPILOT = "github/docs copilot.yml, 2026-10";
const GOOGLE = "public price lists, 2026-10";

/**
 * The providers and plans that a new organization starts with, in US dollars. Team and business plans bill a seat by
 * the days of its cycle; a personal plan is one seat that is bought or left at a cycle's start, so its rule never
 * matters within one and is the same. What is negotiated has no list price.
 */
export const CATALOGUE: readonly SeedProvider[] = [
  {
    name: "Anthropic",
    website: "https://claude.com/pricing",
    plans: [
      { name: "Claude Free", prorationRule: "prorated", prices: [price("2026-03-17", "month", 0, CLAUDE)] },
      {
        name: "Claude Pro",
        prorationRule: "prorated",
        // $17 a month is how the $200 paid up front are advertised.
        prices: [price("2026-03-17", "month", 20, CLAUDE), price("2026-03-17", "year", 200, CLAUDE)],
      },
      {
        name: "Claude Max",
        prorationRule: "prorated",
        includedAllowance: "API credits each period since 2026-10-07, which lapse",
        prices: [price("2026-03-17", "month", 100, CLAUDE), price("2026-10-31", "month", 100, CLAUDE_MAX)],
      },
      {
        name: "Claude Ultra",
        prorationRule: "prorated",
        includedAllowance: "API credits each period since 2026-10-07, which lapse",
        prices: [price("2026-03-17", "month", 200, CLAUDE), price("2026-10-31", "month", 200, CLAUDE_MAX)],
      },
      {
        name: "Claude Team Standard",
        prorationRule: "prorated",
        minimumSeats: 5,
        prices: both("2026-03-22", CLAUDE_TEAM, 25, 20),
      },
      {
        name: "Claude Team Premium",
        prorationRule: "prorated",
        minimumSeats: 5,
        prices: both("2026-03-22", CLAUDE_TEAM, 125, 100),
      },
      {
        name: "Claude Enterprise",
        prorationRule: "prorated",
        includedAllowance: "none: all use at API rates",
        prices: [price("2026-03-17", "year", 20 * 12, CLAUDE)],
      },
    ],
  },
  {
    name: "OpenAI",
    website: "https://openai.com/business/pricing",
    plans: [
      {
        name: "ChatGPT Plus",
        prorationRule: "prorated",
        prices: [price("2026-10-01", "month", 20, CHATGPT)],
      },
      {
        name: "ChatGPT Pro 100",
        prorationRule: "prorated",
        prices: [price("2026-10-01", "month", 100, CHATGPT)],
      },
      {
        name: "ChatGPT Pro 200",
        prorationRule: "prorated",
        prices: [price("2026-10-01", "month", 200, CHATGPT)],
      },
      {
        name: "ChatGPT Pro 500",
        prorationRule: "prorated",
        prices: [price("2026-10-01", "month", 500, CHATGPT)],
      },
      {
        name: "ChatGPT Business Standard",
        prorationRule: "prorated",
        minimumSeats: 2,
        prices: both("2026-09-22", OPENAI, 25, 20),
      },
      {
        name: "ChatGPT Business Premium",
        prorationRule: "prorated",
        minimumSeats: 2,
        prices: both("2026-09-22", OPENAI, 125, 100),
      },
      { name: "ChatGPT Enterprise", prorationRule: "as_billed", prices: [] },
    ],
  },
  {
    name: "Cursor",
    website: "https://cursor.com/pricing",
    plans: [
      {
        name: "Cursor Pro",
        prorationRule: "prorated",
        includedAllowance: "$20 of use a month",
        prices: both("2026-10-01", CURSOR_HELP, 20, 16),
      },
      {
        name: "Cursor Pro+",
        prorationRule: "prorated",
        includedAllowance: "$70 of use a month",
        prices: both("2026-10-01", CURSOR_HELP, 60, 48),
      },
      {
        name: "Cursor Ultra",
        prorationRule: "prorated",
        includedAllowance: "$400 of use a month",
        prices: both("2026-10-01", CURSOR_HELP, 200, 160),
      },
      {
        name: "Cursor Teams Standard",
        prorationRule: "prorated",
        prices: both("2026-10-07", CURSOR, 40, 32),
      },
      {
        name: "Cursor Teams Premium",
        prorationRule: "prorated",
        prices: both("2026-10-07", CURSOR, 120, 96),
      },
    ],
  },
  {
    name: "GitHub",
    website: "https://github.com/features/copilot/plans",
    plans: [
      {
        name: "Copilot Pro",
        prorationRule: "prorated",
        includedAllowance: "1,500 credits a month",
        prices: [price("2026-10-01", "month", 10, COPILOT)],
      },
      {
        name: "Copilot Pro+",
        prorationRule: "prorated",
        includedAllowance: "7,000 credits a month",
        prices: [price("2026-10-01", "month", 39, COPILOT)],
      },
      {
        name: "Copilot Max",
        prorationRule: "prorated",
        includedAllowance: "20,000 credits a month",
        prices: [price("2026-10-01", "month", 100, COPILOT)],
      },
      {
        name: "Copilot Business",
        prorationRule: "prorated",
        includedAllowance: "1,900 credits per seat and month, pooled",
        prices: [price("2026-10-01", "month", 19, COPILOT)],
      },
      {
        name: "Copilot Enterprise",
        prorationRule: "prorated",
        includedAllowance: "3,900 credits per seat and month, pooled",
        prices: [price("2026-10-01", "month", 39, COPILOT)],
      },
    ],
  },
  {
    name: "Google",
    website: "https://one.google.com/about/google-ai-plans",
    plans: [
      {
        name: "Google AI Plus",
        prorationRule: "prorated",
        prices: [price("2026-10-01", "month", 4.99, GOOGLE)],
      },
      {
        name: "Google AI Pro",
        prorationRule: "prorated",
        prices: [price("2026-10-01", "month", 19.99, GOOGLE)],
      },
      {
        name: "Google AI Ultra 100",
        prorationRule: "prorated",
        prices: [price("2026-10-01", "month", 99.99, GOOGLE)],
      },
      {
        name: "Google AI Ultra 200",
        prorationRule: "prorated",
        prices: [price("2026-10-01", "month", 199.99, GOOGLE)],
      },
    ],
  },
];

/** Programs that spend: some ride a seat, some burn a key, some do either. */
export const TOOLS = [
  { name: "Claude Code", ridesSeat: true, burnsKey: true },
  { name: "Cline", ridesSeat: false, burnsKey: true },
  { name: "Codex", ridesSeat: true, burnsKey: true },
  { name: "Cursor", ridesSeat: true, burnsKey: true },
  { name: "GitHub Copilot", ridesSeat: true, burnsKey: false },
] as const;
