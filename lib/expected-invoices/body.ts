import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import { type ExpectedSeatFee, meteredIssueDate, seatIssueDate } from "@/lib/domain/expected-invoice";
import { money, sumMinor, toDecimal } from "@/lib/domain/money";
import { type Month, periodOfMonth } from "@/lib/domain/month";
import { type TaxDefaults, type TaxLine, taxLine } from "@/lib/domain/tax";
import type { ExpectedInvoice, ExpectedInvoiceCharge } from "@/lib/expected-invoices/schema";
import type { Named } from "@/lib/fields/schema";

type Prefilled = Pick<ExpectedInvoice, "currency" | "body">;
type Contract = Named & { readonly serviceProvider: Named };

/**
 * The invoice that a seat contract should bring, line by line.
 *
 * @param fees of one currency, at least one
 */
export function seatBody(
  contract: Contract,
  fees: readonly ExpectedSeatFee[],
  planNames: ReadonlyMap<string, string>,
  defaults: TaxDefaults | null,
): Prefilled {
  const currency = fees[0]?.currency ?? "";
  const net = sumMinor(fees.map(({ amountMinor }) => amountMinor));
  const tax = taxLine(defaults, net);
  const asked = tax && !tax.selfAssessed ? (tax.amountMinor ?? 0) : 0;
  return {
    currency,
    body: {
      type: "invoice",
      serviceProviderId: contract.serviceProvider.id,
      issueDate: seatIssueDate(fees),
      billedCost: money(net + asked, currency),
      charges: [
        ...fees.map((fee) => seatCharge(contract, fee, planNames.get(fee.planId) ?? contract.name)),
        ...taxCharges(tax, currency),
      ],
    },
  };
}

/** The tax as the provider's invoices usually have it. */
function taxCharges(tax: TaxLine | null, currency: Currency): ExpectedInvoiceCharge[] {
  if (tax === null) return [];
  const { amountMinor, ...line } = tax;
  return [
    {
      chargeCategory: "tax",
      billedCost: amountMinor === null ? null : money(amountMinor, currency),
      ...line,
    },
  ];
}

const WHAT: Record<ExpectedSeatFee["kind"], string> = {
  cycle_start: "",
  addition: " added",
  upgrade: " upgraded",
};

function seatCharge({ id }: Contract, fee: ExpectedSeatFee, planName: string): ExpectedInvoiceCharge {
  const { planId, kind, seats, period, amountMinor, unitPriceMinor, currency } = fee;
  return {
    chargeCategory: "purchase",
    description: `${planName}, ${seats} ${seats === 1 ? "seat" : "seats"}${WHAT[kind]}`,
    chargePeriod: period,
    quantity: String(seats),
    // Of a part of a cycle no price is printed that we could know.
    unitPrice: unitPriceMinor * seats === amountMinor ? toDecimal(money(unitPriceMinor, currency)) : null,
    billedCost: money(amountMinor, currency),
    subscriptionId: id,
    planId,
  };
}

type ChargedAccount = Named & { readonly charged: readonly { readonly currency: string }[] };

/** The invoice that an account tree should bring: a line for each account that was charged lately, amounts open. */
export function meteredBody(
  { serviceProvider, accounts }: Contract & { readonly accounts: readonly ChargedAccount[] },
  { month, today, defaults }: { month: Month; today: CalendarDate; defaults: TaxDefaults | null },
): Prefilled {
  const currency = accounts.flatMap(({ charged }) => charged).at(-1)?.currency ?? "";
  return {
    currency,
    body: {
      type: "invoice",
      serviceProviderId: serviceProvider.id,
      issueDate: meteredIssueDate(month, today),
      billedCost: null,
      charges: [
        ...accounts.map(({ id, name }) => ({
          chargeCategory: "usage" as const,
          description: `${name}, usage`,
          chargePeriod: periodOfMonth(month),
          billedCost: null,
          apiAccountId: id,
        })),
        ...taxCharges(taxLine(defaults, null), currency),
      ],
    },
  };
}
