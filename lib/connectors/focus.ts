import { type CalendarDate, dayNumber } from "@/lib/domain/calendar-date";
import type { DateOrder } from "@/lib/domain/file-format";
import type { ExternalIdentity, NanoMoney } from "@/lib/domain/usage";

import { amount, currency, optionalText, requiredText, shown } from "./cells";
import { type CsvConnector, type CsvRecord, FileProblem, RowProblem } from "./connector";
import { isAiService, modelIn, tierIn, tokensIn } from "./focus-services";
import { styledDay } from "./styled-cells";
import { dimensionsOf, hasAll, SPREAD_DAYS_MAX, spreadOver, workspace } from "./usage-rows";

const COLUMNS = ["BillingCurrency", "ChargePeriodStart", "ChargeCategory"];
const DATES = ["ChargePeriodStart", "ChargePeriodEnd"];

/** Not the invoice or its lines: a charge has none until it is invoiced, and is the same charge then. */
const DIMENSIONS = [
  "ChargeClass",
  "ServiceName",
  "SkuId",
  "SkuMeter",
  "SkuPriceId",
  "PricingCategory",
  "ConsumedUnit",
  "RegionId",
  "HostProviderName",
];

/** Which columns came with which version, the newest first; a provider leaves out what it has no use for. */
const SINCE: readonly (readonly [version: string, columns: readonly string[]])[] = [
  ["1.4", ["InvoiceDetailId", "CommitmentProgramEligibilityDetails"]],
  [
    "1.3",
    [
      "ServiceProviderName",
      "HostProviderName",
      "ContractApplied",
      "AllocatedMethodId",
      "AllocatedMethodDetails",
      "AllocatedResourceId",
      "AllocatedResourceName",
      "AllocatedTags",
    ],
  ],
  [
    "1.2",
    [
      "InvoiceId",
      "BillingAccountType",
      "SubAccountType",
      "PricingCurrency",
      "PricingCurrencyListUnitPrice",
      "PricingCurrencyContractedUnitPrice",
      "PricingCurrencyEffectiveCost",
    ],
  ],
  [
    "1.1",
    [
      "ServiceSubcategory",
      "SkuMeter",
      "SkuPriceDetails",
      "CapacityReservationId",
      "CapacityReservationStatus",
      "CommitmentDiscountQuantity",
      "CommitmentDiscountUnit",
    ],
  ],
];

const PROVIDERS = ["ServiceProviderName", "ProviderName", "InvoiceIssuerName", "InvoiceIssuer"];

/**
 * FOCUS cost and usage, 1.0 to 1.4, of AI services. Only rows of usage count: purchases, taxes, credits and adjustments
 * are on invoices. The provider of the rows is what the person who imports says, so that a file has one only.
 */
export const focus: CsvConnector = {
  recognise(header) {
    if (!hasAll(header, COLUMNS)) return null;
    if (!header.includes("EffectiveCost") && !header.includes("BilledCost")) return null;
    return {
      format: "focus",
      version: versionOf(header),
      serviceProvider: null,
      dateColumns: DATES.filter((column) => header.includes(column)),
      amountColumns: [],
    };
  },
  open(_recognised, { style }) {
    const assertProvider = oneProvider();
    return (record) => {
      if (!isUsage(record) || !isAiService(record)) return [];
      assertProvider(record);
      const { start, days } = periodOf(record, style.dateOrder);
      return spreadOver(
        {
          kind: "usage",
          line: record.line,
          day: start,
          identity: identityOf(record),
          model: modelIn(record),
          serviceTier: tierIn(record),
          dimensions: dimensionsOf(record, DIMENSIONS),
          tokens: tokensIn(record),
          requests: 0,
          cost: costOf(record),
          costKind: "metered",
          spreadDays: 1,
        },
        days,
      );
    };
  },
};

function versionOf(header: readonly string[]): string {
  // 1.4 took these two away for good; until then every file had them.
  const withoutProvider = !header.includes("ProviderName") && !header.includes("PublisherName");
  if (withoutProvider && header.includes("ServiceProviderName")) return "1.4";
  const [version = "1.0 or 1.1"] =
    SINCE.find(([, columns]) => columns.some((column) => header.includes(column))) ?? [];
  return version;
}

function isUsage(record: CsvRecord): boolean {
  const category = record.text("ChargeCategory");
  return category === null || category.toLowerCase() === "usage";
}

/** Remembers whose the first row was, and refuses a file with rows of somebody else. */
function oneProvider(): (record: CsvRecord) => void {
  let first: string | null = null;
  return (record) => {
    const column = PROVIDERS.find((name) => record.text(name) !== null);
    const name = column === undefined ? null : record.text(column);
    if (column === undefined || name === null) return;
    first ??= name;
    if (name.toLowerCase() === first.toLowerCase()) return;
    const message = `The file has usage of ${shown(first)} and of ${shown(name)}. Split the file by provider.`;
    throw new FileProblem(message, record.line, column);
  };
}

/** The first day, and how many days until the end, which is exclusive; hours of a day are that day. */
function periodOf(
  record: CsvRecord,
  order: DateOrder | null,
): { readonly start: CalendarDate; readonly days: number } {
  const start = styledDay(record, "ChargePeriodStart", order);
  if (start === null)
    throw new RowProblem("ChargePeriodStart", "This is empty. Fill in the day of the charge.");
  const end = styledDay(record, "ChargePeriodEnd", order);
  if (end === null) return { start, days: 1 };
  const days = dayNumber(end) - dayNumber(start) + (startsDay(record.text("ChargePeriodEnd") ?? "") ? 0 : 1);
  if (end < start || days > SPREAD_DAYS_MAX) {
    throw new RowProblem(
      "ChargePeriodEnd",
      `The period must end after it starts, and within ${SPREAD_DAYS_MAX} days. Correct one of the two.`,
    );
  }
  return { start, days: Math.max(1, days) };
}

const TIME = /[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(?:Z|UTC|([-+]\d{2}):?(\d{2}))?$/;
const MILLISECONDS_PER_DAY = 86_400_000;

/** Whether a time is the first moment of a UTC day, as is a day without a time. */
function startsDay(text: string): boolean {
  const parts = TIME.exec(text);
  if (!parts) return true;
  const [, time = "", hours = "+00", minutes = "00"] = parts;
  return Date.parse(`2000-01-02T${time}${hours}:${minutes}`) % MILLISECONDS_PER_DAY === 0;
}

function costOf(record: CsvRecord): NanoMoney {
  const code = currency(record, "BillingCurrency");
  if (code === null) throw new RowProblem("BillingCurrency", "This is empty. Fill in a code like USD.");
  const cost = amount(record, "EffectiveCost", code) ?? amount(record, "BilledCost", code);
  if (cost === null)
    throw new RowProblem("BilledCost", "This row has no cost. Fill it in, or leave the row out.");
  return cost;
}

/** A resource as a key of its sub-account; a sub-account, or else the billing account, as a workspace. */
function identityOf(record: CsvRecord): ExternalIdentity {
  const account =
    accountOf(record, "SubAccountId", "SubAccountName") ??
    accountOf(record, "BillingAccountId", "BillingAccountName");
  const resource = optionalText(record, "ResourceId", 420);
  if (resource === null) return account ?? workspace(requiredText(record, "BillingAccountId"));
  const name = optionalText(record, "ResourceName") ?? resource.slice(0, 200);
  return { kind: "api_key", externalId: resource, name, parent: account };
}

function accountOf(record: CsvRecord, idColumn: string, nameColumn: string): ExternalIdentity | null {
  const id = optionalText(record, idColumn);
  return id === null ? null : workspace(id, optionalText(record, nameColumn) ?? id);
}
