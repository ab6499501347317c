import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import { costOfTokens, type PriceBook } from "./model-price";
import { NO_TOKENS } from "./usage";

/** Who sees what comes out while it works. */
export const WATCHERS = ["person", "nobody"] as const;

/** What sets it going. */
export const WORKLOAD_STARTS = ["by_hand", "in_product", "queue", "schedule"] as const;

/** What it cannot do without. The first four are control that only the API gives; the last two only a seat. */
export const WORKLOAD_NEEDS = [
  "system_prompt",
  "structured_output",
  "tool_calls",
  "pinned_model",
  "chat_product",
  "coding_tool",
] as const;
export type WorkloadNeed = (typeof WORKLOAD_NEEDS)[number];

/** What matters more of its bill. */
export const WORKLOAD_BILLS = ["predictable", "lowest"] as const;

/** One model at work in it. */
export type WorkloadStep = {
  readonly model: string;
  readonly requestsPerMonth: number;
  /** Of one request. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** How much of the input is read from a cache, in whole percent. */
  readonly cachedPercent: number;
  /** Nobody waits for it, so that it can go in batches at half the price. */
  readonly batch: boolean;
};

/** A workload as its answers describe it. */
export type WorkloadAnswers = {
  readonly watchedBy: (typeof WATCHERS)[number];
  readonly startedBy: (typeof WORKLOAD_STARTS)[number];
  readonly needs: readonly WorkloadNeed[];
  readonly bill: (typeof WORKLOAD_BILLS)[number];
  readonly steps: readonly WorkloadStep[];
  /** Who would need a seat for it; 0 where no person works with it. */
  readonly people: number;
};

export type WorkloadSide = "api" | "subscription";
export type WorkloadVerdict = WorkloadSide | "both";

/** An answer that spoke for a side; one that `decides` rules the other side out for that part of the work. */
export type WorkloadReason = {
  readonly answer: "watchedBy" | "startedBy" | "bill" | "cost" | "steps" | WorkloadNeed;
  readonly side: WorkloadSide;
  readonly decides: boolean;
};

/** What each side would cost a month in the base currency; null: not known. */
export type WorkloadCosts = { readonly apiMinor: number | null; readonly seatsMinor: number | null };

/**
 * Where a workload belongs, with the answers that say so, those that decide first.
 *
 * What runs in a product, or with nobody watching, or needs control over prompt, output, tools or model version needs the
 * API. The chat product itself, or a coding tool that is made for seats, needs a seat. Only where no answer decides does
 * the bill: a predictable one speaks for the seat, and the lowest for what costs less.
 */
export function workloadAdvice(
  answers: WorkloadAnswers,
  costs: WorkloadCosts,
): { readonly verdict: WorkloadVerdict; readonly reasons: WorkloadReason[]; readonly atRisk: boolean } {
  const deciding = decidingReasons(answers);
  const speaking = speakingReasons(answers, costs);
  const sides = new Set(deciding.map(({ side }) => side));
  const verdict =
    sides.size === 2 ? "both" : ([...sides][0] ?? (cheaperOnApi(answers, costs) ? "api" : "subscription"));
  return {
    verdict,
    reasons: [...deciding, ...speaking].filter(({ side, decides }) => decides || verdict === side),
    // A seat is for a person at work: with nobody watching it is the wrong controls, whatever tool sits on it.
    atRisk: answers.watchedBy === "nobody" && answers.needs.some((need) => SEAT_NEEDS.has(need)),
  };
}

const SEAT_NEEDS: ReadonlySet<WorkloadNeed> = new Set(["chat_product", "coding_tool"]);

function decidingReasons({ watchedBy, startedBy, needs, steps }: WorkloadAnswers): WorkloadReason[] {
  const reason = (answer: WorkloadReason["answer"], side: WorkloadSide) => ({ answer, side, decides: true });
  return [
    ...(startedBy === "by_hand" ? [] : [reason("startedBy", "api")]),
    ...(watchedBy === "nobody" ? [reason("watchedBy", "api")] : []),
    ...needs.map((need) => reason(need, SEAT_NEEDS.has(need) ? "subscription" : "api")),
    ...(new Set(steps.map(({ model }) => model)).size > 1 ? [reason("steps", "api")] : []),
  ];
}

function speakingReasons(answers: WorkloadAnswers, costs: WorkloadCosts): WorkloadReason[] {
  const reason = (answer: WorkloadReason["answer"], side: WorkloadSide) => ({ answer, side, decides: false });
  return [
    ...(answers.watchedBy === "person" && answers.startedBy === "by_hand"
      ? [reason("watchedBy", "subscription")]
      : []),
    ...(answers.bill === "predictable" ? [reason("bill", "subscription")] : []),
    ...(costs.apiMinor !== null && costs.seatsMinor !== null && costs.apiMinor !== costs.seatsMinor
      ? [reason("cost", costs.apiMinor < costs.seatsMinor ? "api" : "subscription")]
      : []),
  ];
}

const cheaperOnApi = ({ bill }: WorkloadAnswers, { apiMinor, seatsMinor }: WorkloadCosts): boolean =>
  bill === "lowest" && apiMinor !== null && seatsMinor !== null && apiMinor < seatsMinor;

/**
 * What the steps cost a month at the list prices of a day, in nano-units; half to even once for each step.
 *
 * @returns null when a model has no price that day, or the prices are in several currencies
 */
export function workloadNano(
  book: PriceBook,
  steps: readonly WorkloadStep[],
  day: CalendarDate,
): { readonly nano: bigint; readonly currency: Currency } | null {
  const costs: { readonly nano: bigint; readonly currency: Currency }[] = [];
  for (const { model, requestsPerMonth, inputTokens, outputTokens, cachedPercent, batch } of steps) {
    const input = BigInt(requestsPerMonth) * BigInt(inputTokens);
    const cached = (input * BigInt(cachedPercent)) / 100n;
    const cost = costOfTokens(book, {
      model,
      serviceTier: batch ? "batch" : "standard",
      day,
      tokens: {
        ...NO_TOKENS,
        uncachedInput: Number(input - cached),
        cacheRead: Number(cached),
        output: requestsPerMonth * outputTokens,
      },
    });
    if (cost === null) return null;
    costs.push(cost);
  }
  const [first] = costs;
  if (!first || costs.some(({ currency }) => currency !== first.currency)) return null;
  return { nano: costs.reduce((sum, { nano }) => sum + nano, 0n), currency: first.currency };
}
