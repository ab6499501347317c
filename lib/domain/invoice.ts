import { addMonths } from "./calendar-date";
import type { Currency } from "./currency";
import { DomainError } from "./errors";
import type { ChargeCategory, InvoiceType } from "./facts";
import { type Money, money, sumMinor, toDecimal } from "./money";
import type { Period } from "./period";
import type { TaxTreatment } from "./tax";

/** A line of an invoice as it was entered. */
export type EnteredCharge = {
  readonly chargeCategory: ChargeCategory;
  readonly chargePeriod: Period | null;
  /** As printed, decimal text. */
  readonly quantity: string | null;
  readonly billedCost: Money;
  readonly subscriptionId: string | null;
  readonly planId: string | null;
  readonly apiAccountId: string | null;
  readonly memberId: string | null;
  readonly outOfScope: boolean;
  readonly shares: readonly { readonly basisPoints: number }[];
  /** Places in the list of charges, from 0. */
  readonly follows: readonly number[];
  readonly recoverableBasisPoints: number;
  readonly selfAssessed: boolean;
  readonly taxTreatment: TaxTreatment | null;
  readonly taxRateBasisPoints: number | null;
};

/** An invoice as it was entered. */
export type EnteredInvoice = {
  readonly type: InvoiceType;
  readonly issueDate: string;
  readonly dueDate: string | null;
  readonly billedCost: Money;
  readonly paidBy: { readonly reimbursed: Money | null } | null;
  readonly charges: readonly EnteredCharge[];
};

/** Path of an input field to what is wrong with it. */
export type Faults = Readonly<Record<string, string>>;

const CHARGE_PERIOD_MONTHS_MAX = 60;
const SEATS_MAX = 100_000;
const WHOLE_BASIS_POINTS = 10_000;

/**
 * Refuses an invoice that cannot be true: several currencies, lines that do not make its total, a line that
 * contradicts itself.
 *
 * @throws DomainError `currency_mismatch`, `invoice_unbalanced`, `invalid_input`, each naming the fields at fault
 */
export function assertInvoice(invoice: EnteredInvoice): void {
  const foreign = foreignAmounts(invoice);
  if (Object.keys(foreign).length > 0) {
    const { currency } = invoice.billedCost;
    throw new DomainError("currency_mismatch", `Every amount of this invoice is in ${currency}.`, {
      fields: foreign,
    });
  }
  const faults = invoiceFaults(invoice);
  if (Object.keys(faults).length > 0) {
    throw new DomainError("invalid_input", "Some fields are not valid.", { fields: faults });
  }
  assertBalanced(invoice);
}

/** The amounts that are not in the invoice's currency. */
function foreignAmounts({ billedCost: { currency }, charges, paidBy }: EnteredInvoice): Faults {
  const message = `This invoice is in ${currency}.`;
  const faults: Record<string, string> = {};
  charges.forEach(({ billedCost }, index) => {
    if (billedCost.currency !== currency) faults[`charges.${index}.billedCost`] = message;
  });
  if (paidBy?.reimbursed && paidBy.reimbursed.currency !== currency) faults["paidBy.reimbursed"] = message;
  return faults;
}

/** What is wrong with the fields of an invoice, its currencies and its sum apart; empty when nothing is. */
export function invoiceFaults(invoice: EnteredInvoice): Faults {
  const { type, issueDate, dueDate, billedCost, paidBy, charges } = invoice;
  const faults: Record<string, string> = {};
  if (type !== "credit_note" && billedCost.minor < 0) {
    faults.billedCost = "Only a credit note is negative in total.";
  }
  if (dueDate !== null && dueDate < issueDate) faults.dueDate = "The due date is before the issue date.";
  if (paidBy?.reimbursed && paidBy.reimbursed.minor < 0) {
    faults["paidBy.reimbursed"] = "What was paid back is not negative.";
  }
  charges.forEach((charge, index) => {
    for (const [field, message] of Object.entries(chargeFaults(charge, charges))) {
      faults[`charges.${index}.${field}`] = message;
    }
  });
  return faults;
}

function chargeFaults(charge: EnteredCharge, charges: readonly EnteredCharge[]): Faults {
  return {
    ...linkFaults(charge),
    ...amountFaults(charge),
    ...taxFaults(charge),
    ...followFaults(charge, charges),
  };
}

/** A tax is asked for or self-assessed; what is exempt has none, and only a tax has a rate of its own. */
function taxFaults(charge: EnteredCharge): Faults {
  const { chargeCategory, selfAssessed, taxTreatment, taxRateBasisPoints } = charge;
  if (chargeCategory !== "tax") {
    return taxRateBasisPoints === null ? {} : { taxRateBasisPoints: "Only a tax has a rate." };
  }
  if (taxTreatment === "exempt" || taxTreatment === "outside_scope") {
    return { taxTreatment: "A tax line is standard or reverse charge. Take it out where there is no tax." };
  }
  if (taxTreatment !== null && selfAssessed !== (taxTreatment === "reverse_charge")) {
    return { taxTreatment: "Reverse charge is self-assessed, and nothing else is." };
  }
  return {};
}

/** A line belongs to one thing, and says for which days and for whom. */
function linkFaults(charge: EnteredCharge): Faults {
  const { chargeCategory, chargePeriod, subscriptionId, planId, apiAccountId, outOfScope, shares } = charge;
  const faults: Record<string, string> = {};
  if (Number(subscriptionId !== null) + Number(apiAccountId !== null) + Number(outOfScope) > 1) {
    faults[apiAccountId === null ? "outOfScope" : "apiAccountId"] =
      "A line belongs to one contract or one API account, or is out of scope.";
  }
  if (planId !== null && subscriptionId === null) faults.planId = "Name the contract that the plan is of.";
  if (chargePeriod === null && isMain(chargeCategory) && !outOfScope) {
    faults.chargePeriod = "Say for which days this was charged.";
  }
  if (chargePeriod !== null && chargePeriod.end > addMonths(chargePeriod.start, CHARGE_PERIOD_MONTHS_MAX)) {
    faults.chargePeriod = "A charge covers at most five years.";
  }
  if (shares.length > 0 && charge.memberId !== null) {
    faults.shares = "Name one member, or give shares, but not both.";
  } else if (shares.length > 0 && sumMinor(shares.map(basisPointsOf)) !== WHOLE_BASIS_POINTS) {
    faults.shares = "The shares sum to 100 %.";
  }
  return faults;
}

const basisPointsOf = ({ basisPoints }: { readonly basisPoints: number }): number => basisPoints;

function amountFaults(charge: EnteredCharge): Faults {
  const { chargeCategory, billedCost, subscriptionId, quantity } = charge;
  const faults: Record<string, string> = {};
  if (chargeCategory === "credit" && billedCost.minor > 0)
    faults.billedCost = "A credit is negative or zero.";
  if (subscriptionId !== null && chargeCategory === "purchase" && quantity !== null && !isSeats(quantity)) {
    faults.quantity = "Seats are a whole number.";
  }
  if (chargeCategory !== "tax") {
    const message = "Only a tax can be recovered or self-assessed.";
    if (charge.recoverableBasisPoints > 0) faults.recoverableBasisPoints = message;
    if (charge.selfAssessed) faults.selfAssessed = message;
  }
  return faults;
}

function isSeats(quantity: string): boolean {
  const seats = Number(quantity);
  return Number.isInteger(seats) && Math.abs(seats) <= SEATS_MAX;
}

/** A tax or credit follows usage and purchase lines; nothing else follows anything. */
function followFaults({ chargeCategory, follows }: EnteredCharge, charges: readonly EnteredCharge[]): Faults {
  if (follows.length === 0) return {};
  if (chargeCategory !== "tax" && chargeCategory !== "credit") {
    return { follows: "Only a tax or a credit follows other lines." };
  }
  if (new Set(follows).size < follows.length) return { follows: "A line is named twice." };
  const followed = follows.map((position) => charges[position]);
  if (followed.some((line) => line === undefined || !isMain(line.chargeCategory))) {
    return { follows: "Follow usage and purchase lines of this invoice." };
  }
  return {};
}

const isMain = (category: ChargeCategory): boolean => category === "usage" || category === "purchase";

/**
 * What the lines of an invoice ask for: their sum, without tax that the buyer assesses itself.
 *
 * @param charges in the invoice's currency
 */
export function sumOfCharges(
  charges: readonly Pick<EnteredCharge, "billedCost" | "selfAssessed">[],
  currency: Currency,
): Money {
  const asked = charges.filter(({ selfAssessed }) => !selfAssessed);
  return money(sumMinor(asked.map(({ billedCost }) => billedCost.minor)), currency);
}

function assertBalanced({ billedCost, charges }: EnteredInvoice): void {
  const sum = sumOfCharges(charges, billedCost.currency);
  if (sum.minor === billedCost.minor) return;
  const [lines, total] = [sum, billedCost].map((amount) => `${toDecimal(amount)} ${amount.currency}`);
  throw new DomainError("invoice_unbalanced", `The lines sum to ${lines}, the invoice says ${total}.`, {
    fields: { billedCost: `The lines sum to ${lines}, not ${total}.` },
  });
}
