import { anthropicConsoleCost, anthropicConsoleTokens } from "./anthropic-console";
import { claudeAiSpend } from "./claude-ai-spend";
import type { CsvConnector } from "./connector";
import { cursorUsage } from "./cursor-usage";
import { focus } from "./focus";
import { githubCopilotUsage } from "./github-copilot-usage";
import { invoiceLines } from "./invoice-lines";
import { openaiCost } from "./openai-cost";
import { peopleAndSeats } from "./people-and-seats";

/**
 * Every CSV format that can be read, in the order in which a header is tried: exports, whose columns are fixed, before
 * what people write themselves.
 */
export const CSV_CONNECTORS: readonly CsvConnector[] = [
  anthropicConsoleCost,
  anthropicConsoleTokens,
  claudeAiSpend,
  openaiCost,
  githubCopilotUsage,
  cursorUsage,
  focus,
  invoiceLines,
  peopleAndSeats,
];
