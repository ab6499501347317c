import { dateText } from "@/lib/domain/date-text";
import type { FileFormat } from "@/lib/domain/file-format";
import { TOKEN_TYPES, type TokenCounts, type UsageCostKind } from "@/lib/domain/usage";
import type { Import, ImportState } from "@/lib/imports/schema";
import type { UsageGroup, UsageRowGroup } from "@/lib/usage/schema";

/** What the values of usage are called on the screen. */

export const GROUP_NAMES: Readonly<Record<UsageGroup, string>> = {
  member: "Person",
  model: "Model",
  service_provider: "Provider",
  api_account: "Account",
  product: "Product",
  day: "Day",
};

const NONE_NAMES: Readonly<Record<UsageGroup, string>> = {
  member: "nobody known",
  model: "model not said",
  service_provider: "no provider",
  api_account: "no account",
  product: "no product",
  day: "no day",
};

/** What a group of use is called. */
export function groupText({ kind, group }: UsageRowGroup, groupBy: UsageGroup): string {
  if (kind === "people") return "other people together";
  if (group === null || group.name === "") return NONE_NAMES[groupBy];
  return groupBy === "day" ? dateText(group.name) : group.name;
}

export const COST_KIND_NAMES: Readonly<Record<UsageCostKind, string>> = {
  metered: "Metered",
  on_top: "On top of seats",
  api_equivalent: "API-equivalent",
};

export const FORMAT_NAMES: Readonly<Record<FileFormat, string>> = {
  anthropic_console_cost: "Anthropic Console, cost",
  anthropic_console_tokens: "Anthropic Console, tokens",
  claude_ai_spend: "claude.ai spend report",
  openai_cost: "OpenAI cost",
  github_copilot_usage: "GitHub Copilot usage",
  cursor_usage: "Cursor usage",
  ccusage: "ccusage report",
  claude_code_logs: "Claude Code logs",
  focus: "FOCUS",
  people_and_seats: "People and seats",
  invoices: "Invoices",
};

export const STATE_NAMES: Readonly<Record<ImportState, string>> = {
  receiving: "arriving",
  reading: "being read",
  asking: "needs an answer",
  ready: "ready to import",
  refused: "refused",
  committing: "being imported",
  committed: "imported",
  undoing: "being undone",
  undone: "undone",
};

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat("en");

export const countText = (count: number): string => plain.format(count);
export const tokensText = (tokens: number): string =>
  tokens < 10_000 ? plain.format(tokens) : compact.format(tokens);

export const allTokens = (tokens: TokenCounts): number =>
  TOKEN_TYPES.reduce((sum, type) => sum + tokens[type], 0);

/** Which part of the input was read from the cache, in words; null where there was no input. */
export function cacheShareText({
  uncachedInput,
  cacheRead,
  cacheWrite5m,
  cacheWrite1h,
}: TokenCounts): string | null {
  const input = uncachedInput + cacheRead + cacheWrite5m + cacheWrite1h;
  return input === 0 ? null : `${Math.round((cacheRead / input) * 100)} %`;
}

/** An exact decimal to cents, for reading; finer amounts are shown as such. */
export function costText(cost: string): string {
  const [whole = "0", decimals = ""] = cost.replace("-", "").split(".");
  const cents = Math.round(Number(`0.${decimals || "0"}`) * 100);
  const carried = cents === 100 ? BigInt(whole) + 1n : BigInt(whole);
  const sign = cost.startsWith("-") && (carried !== 0n || cents % 100 !== 0) ? "−" : "";
  return `${sign}${plain.format(carried)}.${String(cents % 100).padStart(2, "0")}`;
}

/** What a million tokens came to; null without tokens. */
export function perMillionText(cost: string, tokens: number): string | null {
  return tokens === 0 ? null : costText(((Number(cost) / tokens) * 1_000_000).toFixed(6));
}

/** Why the books did not take the file as a whole, although its rows are right; null: they did not refuse it. */
export const setbackOf = ({ errors }: Pick<Import, "errors">): string | null => {
  const [first] = errors;
  return first?.line === 0 ? first.message : null;
};

export const commitText = (file: Pick<Import, "errors" | "errorCount">): string => {
  if (file.errorCount === 0 || setbackOf(file) !== null) return "Import";
  if (file.errorCount === 1) return "Import without the wrong row";
  return `Import without the ${countText(file.errorCount)} wrong rows`;
};
