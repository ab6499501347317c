import { describe, expect, test } from "vitest";

import { CSV_CONNECTORS } from "./catalogue";
import { recogniseCsv } from "./csv";
import { TEMPLATES } from "./templates";

const CLAUDE =
  "account_uuid,product,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd";
const COPILOT =
  "date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,username,organization,cost_center_name";
const CURSOR =
  "Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost";
const FOCUS =
  "BilledCost,EffectiveCost,BillingAccountId,BillingAccountName,BillingCurrency,ChargeCategory,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,InvoiceIssuerName,PricingQuantity,ServiceName";

const HEADERS: readonly (readonly [format: string, header: string])[] = [
  ["anthropic_console_cost", "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd"],
  [
    "anthropic_console_tokens",
    "usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,usage_output_tokens",
  ],
  ["claude_ai_spend", `user_email,model,${CLAUDE}`],
  ["claude_ai_spend", `email,model_family,${CLAUDE}`],
  [
    "openai_cost",
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email,api_source",
  ],
  ["github_copilot_usage", COPILOT],
  [
    "github_copilot_usage",
    `${COPILOT},model,total_monthly_quota,aic_quantity,input,output,cache_read,cache_write`,
  ],
  ["github_copilot_usage", "Timestamp,User,Model,Requests Used,Exceeds Monthly Quota,Total Monthly Quota"],
  ["cursor_usage", CURSOR],
  ["cursor_usage", `User,Cloud Agent ID,Automation ID,${CURSOR}`],
  ["focus", `${FOCUS},ProviderName,PublisherName`],
  ["focus", `${FOCUS},ServiceProviderName,InvoiceId,InvoiceDetailId,x_team,Tags`],
  ["people_and_seats", TEMPLATES["people-and-seats.csv"].split("\r\n")[0]!],
  ["people_and_seats", "Full name,E-mail,Department"],
  ["invoices", TEMPLATES["invoices.csv"].split("\r\n")[0]!],
  [
    "invoices",
    "*ContactName,EmailAddress,*InvoiceNumber,*InvoiceDate,*DueDate,Description,*Quantity,*UnitAmount",
  ],
  ["invoices", "RefNumber,Vendor,TxnDate,DueDate,Account,Description,Amount"],
];

describe.each(HEADERS)("a header of %s: %s", (format, text) => {
  const header = text.split(",");

  test.each([
    { order: "as it is", columns: header },
    { order: "backwards", columns: header.toReversed() },
    { order: "with unknown columns", columns: ["Unknown", ...header, "x_more"] },
  ])("is of one format only, $order", ({ columns }) => {
    const recognised = CSV_CONNECTORS.flatMap(
      (connector) => connector.recognise(columns, "export.csv") ?? [],
    );
    expect(recognised.map((each) => each.format)).toEqual([format]);
    expect(recogniseCsv(columns, "export.csv")?.recognised).toEqual(recognised[0]);
  });
});

test.each([
  "date,amount",
  "a,b,c",
  "",
  "__proto__,constructor,toString",
  // The invoice details of FOCUS 1.4 are not its usage.
  "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,InvoiceDetailId,InvoiceId,InvoiceIssuerName",
])("nobody knows %j", (text) => {
  expect(recogniseCsv(text.split(","), "export.csv")).toBeNull();
});
