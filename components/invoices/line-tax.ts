import type { LineValues } from "@/components/invoices/invoice-values";
import { basisPointsOf, percentText } from "@/lib/domain/tax";

/** A share as it is typed, blank for none. */
export const percentOf = (basisPoints: number | null | undefined): string =>
  basisPoints ? percentText(basisPoints) : "";

/** What a line says of tax; only a tax has a rate, comes back or is self-assessed. */
export function taxOf({
  chargeCategory,
  recoverable,
  selfAssessed,
  taxTreatment,
  taxRate,
  taxCode,
}: LineValues) {
  const tax = chargeCategory === "tax";
  const usual = selfAssessed ? ("reverse_charge" as const) : ("standard" as const);
  return {
    recoverableBasisPoints: basisPointsOf(recoverable),
    selfAssessed,
    taxTreatment: tax ? usual : taxTreatment || null,
    taxRateBasisPoints: tax && taxRate.trim() !== "" ? basisPointsOf(taxRate) : null,
    taxCode: taxCode.trim() || null,
  };
}
