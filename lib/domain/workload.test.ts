import { describe, expect, test } from "vitest";

import { priceBook } from "./model-price";
import { type WorkloadAnswers, type WorkloadStep, workloadAdvice, workloadNano } from "./workload";
import { reasonText } from "./workload-words";

const STEP: WorkloadStep = {
  model: "claude-haiku-4-5",
  requestsPerMonth: 100_000,
  inputTokens: 2_000,
  outputTokens: 300,
  cachedPercent: 0,
  batch: false,
};

/** Somebody drafts and researches by hand, and nothing else is asked. */
const DRAFTING: WorkloadAnswers = {
  watchedBy: "person",
  startedBy: "by_hand",
  needs: [],
  bill: "predictable",
  steps: [],
  people: 1,
};

const UNKNOWN = { apiMinor: null, seatsMinor: null };
const verdictOf = (
  changes: Partial<WorkloadAnswers>,
  costs = UNKNOWN as Parameters<typeof workloadAdvice>[1],
) => workloadAdvice({ ...DRAFTING, ...changes }, costs).verdict;

describe("where a workload belongs", () => {
  test.each<[string, Partial<WorkloadAnswers>, string]>([
    ["drafting and research by a person", {}, "subscription"],
    ["an agentic coding tool made for seats", { needs: ["coding_tool"] }, "subscription"],
    ["the chat product itself", { needs: ["chat_product"] }, "subscription"],
    ["a feature of a product", { startedBy: "in_product", watchedBy: "nobody", people: 0 }, "api"],
    ["a nightly job", { startedBy: "schedule", watchedBy: "nobody", people: 0 }, "api"],
    ["a queue that a person looks through", { startedBy: "queue" }, "api"],
    ["control over the output", { needs: ["structured_output"] }, "api"],
    ["a pinned version", { needs: ["pinned_model"] }, "api"],
    ["several models in one workflow", { steps: [STEP, { ...STEP, model: "claude-opus-4-5" }] }, "api"],
    ["a coding tool and a nightly job", { needs: ["coding_tool"], startedBy: "schedule" }, "both"],
    ["the chat product and own tools", { needs: ["chat_product", "tool_calls"] }, "both"],
  ])("%s", (_, changes, verdict) => {
    expect(verdictOf(changes)).toBe(verdict);
  });

  test("where no answer decides, the lowest bill goes to what costs less", () => {
    const costs = { apiMinor: 400, seatsMinor: 2_000 };
    expect(verdictOf({ bill: "lowest" }, costs)).toBe("api");
    expect(verdictOf({ bill: "predictable" }, costs)).toBe("subscription");
    expect(verdictOf({ bill: "lowest" }, { apiMinor: 4_000, seatsMinor: 2_000 })).toBe("subscription");
    expect(verdictOf({ bill: "lowest" }, { apiMinor: 400, seatsMinor: null })).toBe("subscription");
  });

  test("price never overrules what decides", () => {
    expect(verdictOf({ startedBy: "in_product" }, { apiMinor: 9_000, seatsMinor: 2_000 })).toBe("api");
  });

  test("names the answers that decided, before those that only speak for it", () => {
    const answers = { ...DRAFTING, needs: ["chat_product" as const] };
    const { reasons } = workloadAdvice(answers, { apiMinor: 4_000, seatsMinor: 2_000 });
    expect(reasons.map((reason) => [reason.decides, reasonText(reason, answers)])).toEqual([
      [true, "The chat product itself: projects, memory, artifacts: only a subscription has it."],
      [false, "A person reads along and steers: such work is dear in tokens."],
      [false, "A predictable bill matters more than the lowest."],
      [false, "The seats cost less than the same work in tokens."],
    ]);
  });

  test("a seat behind work that nobody watches is a risk", () => {
    const atRisk = (changes: Partial<WorkloadAnswers>) =>
      workloadAdvice({ ...DRAFTING, ...changes }, UNKNOWN).atRisk;
    expect(atRisk({ watchedBy: "nobody", needs: ["coding_tool"] })).toBe(true);
    expect(atRisk({ watchedBy: "nobody" })).toBe(false);
    expect(atRisk({ needs: ["coding_tool"] })).toBe(false);
  });
});

describe("what it costs in tokens", () => {
  const price = (model: string, input: string, cacheRead: string, output: string) => ({
    ...{ model, serviceTier: "standard" as const, startsOn: "2025-10-01", currency: "USD" },
    nanoPerToken: { uncachedInput: input, cacheRead, cacheWrite5m: "0", cacheWrite1h: "0", output },
  });
  // Claude Haiku 4.5: 1.00 / 0.10 / 5.00 dollars a million tokens; Claude Opus 4.5: 5.00 / 0.50 / 25.00.
  const book = priceBook([
    price("claude-haiku-4-5", "1000", "100", "5000"),
    price("claude-opus-4-5", "5000", "500", "25000"),
  ]);
  const costOf = (steps: readonly WorkloadStep[]) => workloadNano(book, steps, "2026-11-24");

  test("100,000 requests of 2,000 tokens in and 300 out", () => {
    // In: 200 M x 1.00 = 200.00. Out: 30 M x 5.00 = 150.00. Together 350.00.
    expect(costOf([STEP])).toEqual({ nano: 350_000_000_000n, currency: "USD" });
  });

  test("nine tenths of the input from the cache, and in batches", () => {
    // Uncached 20 M x 1.00 = 20.00, cached 180 M x 0.10 = 18.00, out 150.00: 188.00. In batches half: 94.00.
    expect(costOf([{ ...STEP, cachedPercent: 90 }])?.nano).toBe(188_000_000_000n);
    expect(costOf([{ ...STEP, cachedPercent: 90, batch: true }])?.nano).toBe(94_000_000_000n);
  });

  test("cheap to classify, strong to write", () => {
    // Opus: 1,000 x 2,000 in x 5.00 a million = 10.00, 1,000 x 300 out x 25.00 = 7.50.
    const write = { ...STEP, model: "claude-opus-4-5", requestsPerMonth: 1_000 };
    expect(costOf([STEP, write])?.nano).toBe(367_500_000_000n);
  });

  test("a model without a price makes the whole unknown, never cheaper", () => {
    expect(costOf([STEP, { ...STEP, model: "gpt-9" }])).toBeNull();
    expect(costOf([])).toBeNull();
  });
});
