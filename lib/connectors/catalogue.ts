import { anthropicConsoleCost, anthropicConsoleTokens } from "./anthropic-console";
import { claudeAiSpend } from "./claude-ai-spend";
import type { CsvConnector } from "./connector";
import { invoiceLines } from "./invoice-lines";
import { peopleAndSeats } from "./people-and-seats";

/** Every CSV format that can be read, in the order in which a header is tried. */
export const CSV_CONNECTORS: readonly CsvConnector[] = [
  anthropicConsoleCost,
  anthropicConsoleTokens,
  claudeAiSpend,
  invoiceLines,
  peopleAndSeats,
];
