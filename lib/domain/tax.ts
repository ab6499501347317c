import { divideHalfEven } from "./decimal";

/**
 * How a line is taxed. `standard`: the invoice asks for the tax. `reverse_charge`: the buyer owes it, and assesses it
 * itself. `exempt` and `outside_scope`: there is none.
 */
export const TAX_TREATMENTS = ["standard", "reverse_charge", "exempt", "outside_scope"] as const;
export type TaxTreatment = (typeof TAX_TREATMENTS)[number];

/** How a provider's invoices are usually taxed; shares of a whole in basis points. */
export type TaxDefaults = {
  readonly treatment: TaxTreatment;
  readonly rateBasisPoints: number;
  /** What of the tax comes back. */
  readonly recoverableBasisPoints: number;
  /** As the tax return or the accounting calls it. */
  readonly code: string | null;
};

/** The tax of a line that an invoice is begun with. */
export type TaxLine = {
  readonly description: string;
  /** Null while the amount that is taxed is not known. */
  readonly amountMinor: number | null;
  readonly recoverableBasisPoints: number;
  readonly selfAssessed: boolean;
  readonly taxTreatment: TaxTreatment;
  readonly taxRateBasisPoints: number;
  readonly taxCode: string | null;
};

const WHOLE = 10_000n;

/** The tax on an amount, rounded half to even to the smallest unit. */
export const taxOn = (amountMinor: number, rateBasisPoints: number): number =>
  Number(divideHalfEven(BigInt(amountMinor) * BigInt(rateBasisPoints), WHOLE));

/**
 * The tax line of an invoice as it usually is.
 *
 * @param amountMinor what is taxed; null while it is not known
 * @returns null where there is no tax
 */
export function taxLine(defaults: TaxDefaults | null, amountMinor: number | null): TaxLine | null {
  if (defaults === null || defaults.rateBasisPoints === 0) return null;
  const { treatment, rateBasisPoints, recoverableBasisPoints, code } = defaults;
  if (treatment === "exempt" || treatment === "outside_scope") return null;
  const selfAssessed = treatment === "reverse_charge";
  return {
    description: `${selfAssessed ? "Reverse charge" : "Tax"} ${percentText(rateBasisPoints)} %`,
    amountMinor: amountMinor === null ? null : taxOn(amountMinor, rateBasisPoints),
    recoverableBasisPoints,
    selfAssessed,
    taxTreatment: treatment,
    taxRateBasisPoints: rateBasisPoints,
    taxCode: code,
  };
}

/** Basis points as percent: 2,100 are "21", 750 are "7.5". */
export const percentText = (basisPoints: number): string => String(basisPoints / 100);

/** A percentage as people type it, in basis points; 0 where it is none. */
export const basisPointsOf = (typed: string): number =>
  Math.round(Number(typed.replace(",", ".")) * 100) || 0;
