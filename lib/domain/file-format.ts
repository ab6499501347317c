/** The kinds of file that can be imported. */
export const FILE_FORMATS = [
  "anthropic_console_cost",
  "anthropic_console_tokens",
  "claude_ai_spend",
  "openai_cost",
  "github_copilot_usage",
  "cursor_usage",
  "ccusage",
  "claude_code_logs",
  "focus",
  "people_and_seats",
  "invoices",
] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** In which order the parts of a date such as 5/1/25 stand. */
export const DATE_ORDERS = ["day_month", "month_day"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** Which sign stands before the decimals of an amount. */
export const DECIMAL_SIGNS = ["point", "comma"] as const;
export type DecimalSign = (typeof DECIMAL_SIGNS)[number];
