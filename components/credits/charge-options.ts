"use client";

import { useQuery } from "@tanstack/react-query";

import { useLocale } from "@/components/ui/reader";
import { creditChargesQuery } from "@/lib/credit-grants/queries";
import type { CreditCharge } from "@/lib/credit-grants/schema";
import { moneyText } from "@/lib/domain/money-text";

/** The lines that may have bought a credit, the one that did among them. */
export function useChargeOptions(serviceProviderId: string | null, bought: CreditCharge | null) {
  const locale = useLocale();
  const query = useQuery({
    ...creditChargesQuery(serviceProviderId ?? ""),
    enabled: serviceProviderId !== null,
  });
  const choices = (query.data ?? []).map(({ id, description, invoice, billedCost }) => ({
    value: id,
    label: `${invoice.number}: ${description}, ${moneyText(billedCost, locale, { withCurrency: true })}`,
  }));
  if (!bought) return choices;
  return [{ value: bought.id, label: `${bought.invoice.number}: ${bought.description}` }, ...choices];
}
