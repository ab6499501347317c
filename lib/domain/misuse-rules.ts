/**
 * The two costly mistakes and their kin: the API for a person's work, a subscription behind automation, and what lies
 * between. From the guide that the product applies; each rule looks at facts of the books, none at how somebody works.
 */
export const MISUSE_RULE_IDS = [
  "production_key",
  "seat_behind_service",
  "overlapping_seats",
  "personal_key",
  "mixed_workspace",
] as const;
export type MisuseRuleId = (typeof MISUSE_RULE_IDS)[number];

/** What a threshold is counted in; `amount` is whole units of the base currency a month. */
export type ThresholdUnit = "amount" | "days" | "months" | "percent";

export type MisuseThreshold = {
  readonly id: string;
  readonly unit: ThresholdUnit;
  readonly usual: number;
  readonly least: number;
  readonly most: number;
};

export type MisuseRule = {
  readonly id: MisuseRuleId;
  readonly thresholds: readonly MisuseThreshold[];
  /** Whether a finding's amount is what it is about costs a month, or what could be saved of it. */
  readonly amount: "cost" | "saving";
};

const AMOUNT_MOST = 1_000_000;
const amountFrom = (usual: number): MisuseThreshold => ({
  ...{ id: "amount", unit: "amount", usual, least: 0, most: AMOUNT_MOST },
});

/** The rules as data: what each asks for before it finds anything, and within which bounds an owner may set that. */
export const MISUSE_RULES: readonly MisuseRule[] = [
  {
    id: "production_key",
    amount: "cost",
    // One look at what a key does is no use of it.
    thresholds: [amountFrom(5), { id: "days", unit: "days", usual: 2, least: 1, most: 31 }],
  },
  { id: "seat_behind_service", amount: "cost", thresholds: [amountFrom(1)] },
  {
    id: "overlapping_seats",
    amount: "saving",
    // Who changes tools holds two seats for a while.
    thresholds: [amountFrom(5), { id: "days", unit: "days", usual: 30, least: 0, most: 365 }],
  },
  {
    id: "personal_key",
    amount: "saving",
    // One busy month is no reason for a contract.
    thresholds: [amountFrom(5), { id: "months", unit: "months", usual: 2, least: 1, most: 3 }],
  },
  {
    id: "mixed_workspace",
    amount: "cost",
    thresholds: [amountFrom(20), { id: "percent", unit: "percent", usual: 10, least: 1, most: 50 }],
  },
];

/** What an owner set differently: whether a rule is looked at, and its thresholds. */
export type MisuseSettings = {
  readonly [Rule in MisuseRuleId]?: {
    readonly off?: boolean;
    readonly thresholds?: Readonly<Record<string, number>>;
  };
};

export const isRuleOn = (settings: MisuseSettings, rule: MisuseRuleId): boolean => !settings[rule]?.off;

/** What counts: as an owner set it, or as it comes. */
export function thresholdOf(settings: MisuseSettings, rule: MisuseRuleId, id: string): number {
  const usual = MISUSE_RULES.find((each) => each.id === rule)?.thresholds.find(
    (each) => each.id === id,
  )?.usual;
  return settings[rule]?.thresholds?.[id] ?? usual ?? 0;
}
