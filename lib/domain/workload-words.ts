import type { WorkloadAnswers, WorkloadNeed, WorkloadReason, WorkloadVerdict } from "./workload";

/** The guide's questions and answers, as a person reads them. */

export const WATCHER_NAMES = {
  person: "A person reads along and steers",
  nobody: "Nobody watches while it runs",
} as const satisfies Record<WorkloadAnswers["watchedBy"], string>;

export const START_NAMES = {
  by_hand: "A person starts it, each time",
  in_product: "Our product starts it, for its users",
  queue: "A queue or an event starts it",
  schedule: "A schedule starts it",
} as const satisfies Record<WorkloadAnswers["startedBy"], string>;

export const NEED_NAMES = {
  system_prompt: "Its own system prompt",
  structured_output: "Output in a fixed structure",
  tool_calls: "Calls of our own tools",
  pinned_model: "One version of a model, pinned",
  chat_product: "The chat product itself: projects, memory, artifacts",
  coding_tool: "A coding tool that is made for seats, such as Claude Code",
} as const satisfies Record<WorkloadNeed, string>;

export const BILL_NAMES = {
  predictable: "A bill that is the same each month",
  lowest: "The lowest bill",
} as const satisfies Record<WorkloadAnswers["bill"], string>;

export const VERDICT_NAMES = {
  api: "Use the API",
  subscription: "Use a subscription",
  both: "Use both: a subscription for people, the API for the rest",
} as const satisfies Record<WorkloadVerdict, string>;

/** Why an answer speaks for its side. */
export function reasonText({ answer, side }: WorkloadReason, answers: WorkloadAnswers): string {
  switch (answer) {
    case "watchedBy":
      return answers.watchedBy === "nobody"
        ? "Nobody watches while it runs: a seat is for a person at work."
        : "A person reads along and steers: such work is dear in tokens.";
    case "startedBy":
      return `${START_NAMES[answers.startedBy]}: that is programmatic use.`;
    case "bill":
      return "A predictable bill matters more than the lowest.";
    case "cost":
      return side === "api"
        ? "In tokens it costs less than the seats would."
        : "The seats cost less than the same work in tokens.";
    case "steps":
      return "It mixes several models, each where it fits.";
    default:
      return `${NEED_NAMES[answer]}: only ${side === "api" ? "the API" : "a subscription"} has it.`;
  }
}

export const RISK_TEXT =
  "A subscription behind work that nobody watches is a risk: it stops when limits are reached, and its terms are made for people.";
