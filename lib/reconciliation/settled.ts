import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadRates } from "@/lib/books/rates-data";
import type { Db } from "@/lib/db/client";
import { convert, findRate } from "@/lib/domain/exchange-rate";
import { money, sumMinor } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import type { SettledDifference } from "@/lib/domain/reconciliation";
import { settledDifferences } from "@/lib/domain/settlement";
import {
  type BilledLine,
  findInvoiceParts,
  findPayments,
  type InvoicePart,
  type Payment,
} from "@/lib/reconciliation/data";

type Wanted = {
  readonly subscriptionId: string | null;
  readonly accountIds: readonly string[];
  readonly month: Month;
};

type PaidPart = { readonly part: InvoicePart; readonly difference: SettledDifference };

/** What was paid for the invoices of a month, contract by contract. */
export type Settled = {
  readonly payments: readonly (Payment & { readonly invoiceNumber: string })[];
  readonly of: (wanted: Wanted) => {
    readonly differences: readonly SettledDifference[];
    readonly payments: Settled["payments"];
  };
};

export async function findSettled(db: Db, ctx: Ctx, lines: readonly BilledLine[]): Promise<Settled> {
  const invoices = new Map(lines.map((line) => [line.invoiceId, line]));
  const ids = [...invoices.keys()];
  const { baseCurrency } = ctx.organization;
  const parts = Map.groupBy(await findInvoiceParts(db, ctx, ids), ({ invoiceId }) => invoiceId);
  const paid = Map.groupBy(await findPayments(db, ctx, ids), ({ invoiceId }) => invoiceId);
  const currencies = [...invoices.values()].map(({ invoiceCurrency }) => invoiceCurrency);
  const rates = await loadRates(db, ctx, [...new Set(currencies)]);

  const found: PaidPart[] = [...paid].flatMap(([invoiceId, payments]) => {
    const own = parts.get(invoiceId) ?? [];
    const currency = invoices.get(invoiceId)?.invoiceCurrency ?? baseCurrency;
    const last = payments.at(-1);
    // The rate of the last payment: of what is paid in parts it says the most.
    const rate = last && findRate(rates, { from: currency, to: baseCurrency, date: last.paidOn });
    const asked = sumMinor(own.map(({ amount }) => amount.costMinor));
    const differences = settledDifferences(
      {
        askedMinor: sumMinor(own.map(({ amount }) => amount.baseCostMinor)),
        paidMinor: sumMinor(payments.map(({ amountMinor }) => amountMinor)),
        bankFeeMinor: sumMinor(payments.map(({ bankFeeMinor }) => bankFeeMinor)),
        askedAtPaymentMinor: rate ? convert(money(asked, currency), rate).minor : null,
      },
      own.map(({ amount }) => amount.baseCostMinor),
    );
    return own.flatMap((part, index) => {
      const difference = differences[index];
      return difference ? [{ part, difference }] : [];
    });
  });
  const payments = [...paid.values()].flat().map((payment) => ({
    ...payment,
    invoiceNumber: invoices.get(payment.invoiceId)?.invoiceNumber ?? "",
  }));
  return {
    payments,
    of: (wanted) => {
      const own = found.filter(({ part }) => isOf(part, wanted));
      const invoiceIds = new Set(own.map(({ part }) => part.invoiceId));
      return {
        differences: own.map(({ difference }) => difference),
        payments: payments.filter(({ invoiceId }) => invoiceIds.has(invoiceId)),
      };
    },
  };
}

const isOf = (part: InvoicePart, { subscriptionId, accountIds, month }: Wanted): boolean =>
  part.month === month &&
  (subscriptionId === null
    ? part.apiAccountId !== null && accountIds.includes(part.apiAccountId)
    : part.subscriptionId === subscriptionId);
