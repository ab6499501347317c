import { BLANK_LINE, type InvoiceValues, type LineValues } from "@/components/invoices/invoice-values";
import { percentOf } from "@/components/invoices/line-tax";
import { money, sumMinor } from "@/lib/domain/money";
import { type TaxDefaults, taxLine } from "@/lib/domain/tax";

/** The usual tax of a provider as a line, on what was typed so far; null where there is none. */
export function usualTax(
  defaults: TaxDefaults | null,
  { charges, currency }: Pick<InvoiceValues, "charges" | "currency">,
): LineValues | null {
  const taxed = charges.filter(({ chargeCategory }) => chargeCategory !== "tax");
  const tax = taxLine(defaults, sumMinor(taxed.map(({ billedCost }) => billedCost?.minor ?? 0)));
  if (tax === null) return null;
  return {
    ...BLANK_LINE,
    chargeCategory: "tax",
    description: tax.description,
    billedCost: tax.amountMinor ? money(tax.amountMinor, currency) : null,
    recoverable: percentOf(tax.recoverableBasisPoints),
    selfAssessed: tax.selfAssessed,
    taxTreatment: tax.taxTreatment,
    taxRate: percentOf(tax.taxRateBasisPoints),
    taxCode: tax.taxCode ?? "",
  };
}
