import { canonicalModel } from "@/lib/domain/model-name";
import { type ExternalIdentity, NO_TOKENS, type UsageFact } from "@/lib/domain/usage";

import { amount, count, day, optionalText, requiredText } from "./cells";
import type { CsvConnector, CsvRecord, Fact } from "./connector";
import { dimensionsOf, fixedFormat, hasAll, WHOLE_ORGANIZATION, workspace } from "./usage-rows";

const REPORT_COLUMNS = ["date", "product", "sku", "quantity", "unit_type", "net_amount"];
const REQUEST_COLUMNS = ["Timestamp", "User", "Model", "Requests Used"];

const DIMENSIONS = [
  "product",
  "sku",
  "organization",
  "repository",
  "workflow_path",
  "cost_center_name",
  "exceeds_quota",
  "applied_cost_per_quantity",
  "unit_type",
];

const COPILOT = /copilot|\bai[ _-]?credit/i;
const SEAT_SKU = /^copilot[ _](?:for[ _])?(?:business|enterprise)$/i;
const SEAT_UNIT = /^(?:seats?|user[ _-]?months?)$/i;

/**
 * GitHub's reports of what Copilot used: of premium requests (until 2026-05), of AI credits (since 2026-06), the
 * detailed and the summarized usage of all of GitHub, of which only Copilot is taken, and the early list of requests,
 * which has no cost. What a seat costs is on the invoice; here is what was charged on top of it, and beside it what the
 * seats included, which the report takes off as a discount.
 */
export const githubCopilotUsage: CsvConnector = {
  recognise(header) {
    const version = versionOf(header);
    return version === null ? null : fixedFormat("github_copilot_usage", version, "GitHub");
  },
  open: ({ version }) => (version === "requests" ? requestFacts : reportFacts),
};

/** The order of the columns varies between exports, so that only their names count. */
function versionOf(header: readonly string[]): string | null {
  if (hasAll(header, REQUEST_COLUMNS)) return "requests";
  if (!hasAll(header, REPORT_COLUMNS)) return null;
  if (header.includes("model")) return header.includes("aic_quantity") ? "AI credits" : "premium requests";
  return header.includes("username") ? "detailed usage" : "summarized usage";
}

function reportFacts(record: CsvRecord): readonly Fact[] {
  const [product, sku, unit] = [record.text("product"), record.text("sku"), record.text("unit_type")];
  if (!COPILOT.test(`${product} ${sku?.replaceAll("_", " ")}`)) return [];
  if (SEAT_SKU.test(sku ?? "") || SEAT_UNIT.test(unit ?? "")) return [];
  const { model, choice } = modelOf(optionalText(record, "model", 100));
  const fact: UsageFact = {
    kind: "usage",
    line: record.line,
    day: day(record, "date"),
    identity: identityOf(record, optionalText(record, "username")),
    model,
    serviceTier: "standard",
    dimensions: `${dimensionsOf(record, DIMENSIONS)}|${choice}`,
    tokens: {
      uncachedInput: count(record, "input"),
      cacheRead: count(record, "cache_read"),
      cacheWrite5m: count(record, "cache_write"),
      cacheWrite1h: 0,
      output: count(record, "output"),
    },
    requests: /request/i.test(unit ?? "") ? count(record, "quantity") : 0,
    cost: amount(record, "net_amount", "USD") ?? { nano: 0n, currency: "USD" },
    costKind: "on_top",
    spreadDays: 1,
  };
  const included = amount(record, "discount_amount", "USD");
  if (included === null || included.nano <= 0n) return [fact];
  // What the seats include has a price too, by which a pool is seen to be used.
  const { dimensions } = fact;
  const within = { tokens: NO_TOKENS, requests: 0, dimensions: `${dimensions}|included`, cost: included };
  return [fact, { ...fact, ...within, costKind: "api_equivalent" }];
}

function requestFacts(record: CsvRecord): readonly Fact[] {
  const { model, choice } = modelOf(optionalText(record, "Model", 100));
  const fact: UsageFact = {
    kind: "usage",
    line: record.line,
    day: day(record, "Timestamp"),
    identity: userOf(requiredText(record, "User")),
    model,
    serviceTier: "standard",
    dimensions: `${dimensionsOf(record, ["Exceeds Monthly Quota"])}|${choice}`,
    tokens: NO_TOKENS,
    requests: count(record, "Requests Used"),
    // The list says nothing of money; without a cost it would be priced, which requests cannot be.
    cost: { nano: 0n, currency: "USD" },
    costKind: "api_equivalent",
    spreadDays: 1,
  };
  return [fact];
}

/** `Auto: GPT-5` is GPT-5, chosen by GitHub. */
function modelOf(text: string | null): { readonly model: string; readonly choice: string } {
  const chosen = /^Auto:\s*(.+)$/i.exec(text ?? "")?.[1];
  return { model: canonicalModel(chosen ?? text ?? ""), choice: chosen === undefined ? "" : "auto" };
}

function identityOf(record: CsvRecord, login: string | null): ExternalIdentity {
  if (login !== null) return userOf(login);
  const organization = optionalText(record, "organization");
  return organization === null ? WHOLE_ORGANIZATION : workspace(organization);
}

const userOf = (login: string): ExternalIdentity => ({
  kind: "user",
  externalId: login.toLowerCase(),
  name: login,
  parent: null,
});
