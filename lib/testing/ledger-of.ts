import { postEstimates } from "@/lib/domain/estimates";
import type { LedgerEntry } from "@/lib/domain/ledger-entry";
import type { MeteredCharge } from "@/lib/domain/metered";
import { postCreditEstimates, postMeteredEstimates, withCredits } from "@/lib/domain/metered-estimates";
import { monthOf, periodOfMonth } from "@/lib/domain/month";
import { postInvoice } from "@/lib/domain/posting";
import type { SeatFee } from "@/lib/domain/seat-coverage";
import type { RandomFacts } from "@/lib/testing/random-facts";

/** The seat fees invoiced on a contract. */
export function feesOf({ invoices }: RandomFacts, subscriptionId: string): SeatFee[] {
  return invoices.flatMap(({ charges }) =>
    charges.flatMap(({ chargePeriod, ...charge }) =>
      charge.subscriptionId === subscriptionId && charge.chargeCategory === "purchase" && chargePeriod
        ? [{ ...charge, chargePeriod }]
        : [],
    ),
  );
}

/** The usage charges of the provider whose accounts are used. */
export function meteredCharges({ invoices }: RandomFacts): MeteredCharge[] {
  return invoices
    .filter(({ serviceProviderId }) => serviceProviderId === "provider-a")
    .flatMap(({ charges, issueDate }) =>
      charges
        .filter(
          ({ chargeCategory, subscriptionId, outOfScope }) =>
            chargeCategory === "usage" && subscriptionId === null && !outOfScope,
        )
        .map(({ apiAccountId, chargePeriod }) => ({
          apiAccountId,
          period: chargePeriod ?? periodOfMonth(monthOf(issueDate)),
        })),
    );
}

/** Every entry that random facts give. */
export function ledgerOf(facts: RandomFacts): LedgerEntry[] {
  const { invoices } = facts;
  const books = withCredits(facts.books, new Map([["provider-a", meteredCharges(facts)]]));
  return [
    ...invoices.flatMap((invoice) => postInvoice(invoice, books)),
    ...[...books.subscriptions.values()].flatMap((each) =>
      postEstimates(each, feesOf(facts, each.id), books),
    ),
    ...postMeteredEstimates(books.usage, meteredCharges(facts), books),
    ...postCreditEstimates("provider-a", books),
  ];
}
