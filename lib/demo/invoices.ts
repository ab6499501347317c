import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Cast, idOf } from "@/lib/demo/cast";
import {
  ACCOUNTS,
  type Calendar,
  CONTRACTS,
  CREDIT,
  DEMO_MONTHS,
  NOT_INVOICED,
  type StoryAccount,
  TAX_BASIS_POINTS,
} from "@/lib/demo/story";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { divideHalfEven } from "@/lib/domain/money";
import { firstDayOf, periodOfMonth } from "@/lib/domain/month";
import { listExpectedInvoices } from "@/lib/expected-invoices/service";
import { type InvoiceBody, invoiceInput } from "@/lib/invoices/schema";
import { postInvoice } from "@/lib/invoices/service";

/** Fourteen months of invoices: what the contracts should bring, and what the API accounts came to. */
export async function buildInvoices(
  ctx: Ctx,
  calendar: Calendar,
  cast: Cast,
  account: ReadonlyMap<string, string>,
): Promise<void> {
  for (let month = 0; month < DEMO_MONTHS; month++) {
    for (const body of await seatInvoices(ctx, calendar, month)) await post(ctx, body);
    for (const body of apiInvoices(calendar, cast, account, month)) {
      if (body.issueDate <= utcDateOf(ctx.now)) await post(ctx, body);
    }
  }
}

async function post(ctx: Ctx, body: InvoiceBody): Promise<void> {
  await postInvoice(ctx, invoiceInput.parse(body));
}

async function seatInvoices(ctx: Ctx, calendar: Calendar, month: number): Promise<InvoiceBody[]> {
  const missing = new Set(
    CONTRACTS.filter(({ notInvoiced = [] }) => notInvoiced.includes(month)).map(({ name }) => name),
  );
  const { data } = await listExpectedInvoices(ctx, { month: calendar.month(month) });
  return data
    .filter(({ kind, contract }) => kind === "subscription" && !missing.has(contract.name))
    .filter(({ body }) => body.issueDate <= utcDateOf(ctx.now))
    .map(({ body, currency, contract }) => ({
      ...body,
      number: `${initialsOf(contract.name)}-${calendar.month(month).replace("-", "")}`,
      billedCost: body.billedCost ?? { minor: 0, currency },
      charges: body.charges.map((charge) => ({
        ...charge,
        billedCost: charge.billedCost ?? { minor: 0, currency },
      })),
    }));
}

const initialsOf = (name: string): string => name.replaceAll(/[^A-Z]/g, "");

/** An API is invoiced on the first of the next month, with sales tax. */
function apiInvoices(
  calendar: Calendar,
  cast: Cast,
  account: ReadonlyMap<string, string>,
  month: number,
): InvoiceBody[] {
  const providers = [...new Set(ACCOUNTS.map(({ provider }) => provider))];
  return providers
    .filter((provider) => month !== NOT_INVOICED[provider])
    .map((provider) => {
      const used = ACCOUNTS.filter((one) => one.provider === provider && one.from[0] <= month);
      const charges = [
        ...used.map((one) => usageCharge(calendar, account, one, month)),
        ...creditCharge(calendar, account, provider, month),
      ];
      const netMinor = charges.reduce((sum, { billedCost }) => sum + billedCost.minor, 0);
      const tax = divideHalfEven(BigInt(netMinor) * BigInt(TAX_BASIS_POINTS), 10_000n);
      return {
        number: `${provider.slice(0, 1)}API-${calendar.month(month).replace("-", "")}`,
        serviceProviderId: idOf(cast.provider, provider),
        issueDate: firstDayOf(calendar.month(month + 1)),
        billedCost: usd(netMinor + tax),
        charges: [
          ...charges,
          { chargeCategory: "tax" as const, description: "Sales tax 8.25 %", billedCost: usd(tax) },
        ],
      };
    });
}

const usd = (minor: number) => ({ minor, currency: "USD" });

const usageCharge = (
  calendar: Calendar,
  account: ReadonlyMap<string, string>,
  { name, costMinor }: StoryAccount,
  month: number,
) => ({
  chargeCategory: "usage" as const,
  description: `API usage, ${name}`,
  chargePeriod: periodOfMonth(calendar.month(month)),
  billedCost: usd(costMinor(month)),
  apiAccountId: idOf(account, name),
});

const creditCharge = (
  calendar: Calendar,
  account: ReadonlyMap<string, string>,
  provider: StoryAccount["provider"],
  month: number,
) =>
  provider === "Anthropic" && month === CREDIT.month
    ? [
        {
          chargeCategory: "credit" as const,
          description: "Credit for an outage",
          chargePeriod: periodOfMonth(calendar.month(month)),
          billedCost: usd(CREDIT.billedCostMinor),
          apiAccountId: idOf(account, CREDIT.account),
        },
      ]
    : [];
