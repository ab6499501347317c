import { describe, expect, test } from "vitest";

import {
  assertInvoice,
  type EnteredCharge,
  type EnteredInvoice,
  invoiceFaults,
  sumOfCharges,
} from "./invoice";
import { money } from "./money";

const usd = (minor: number) => money(minor, "USD");

/** A seat fee of $125.00 for October; each test changes the one thing it is about. */
function aCharge(changes: Partial<EnteredCharge> = {}): EnteredCharge {
  return {
    chargeCategory: "purchase",
    chargePeriod: { start: "2026-10-01", end: "2026-11-01" },
    quantity: "5",
    billedCost: usd(12_500),
    subscriptionId: "claude-team",
    planId: "team-standard",
    apiAccountId: null,
    memberId: null,
    outOfScope: false,
    shares: [],
    follows: [],
    recoverableBasisPoints: 0,
    selfAssessed: false,
    taxTreatment: null,
    taxRateBasisPoints: null,
    ...changes,
  };
}

const aTax = (changes: Partial<EnteredCharge> = {}) =>
  aCharge({
    chargeCategory: "tax",
    chargePeriod: null,
    quantity: null,
    subscriptionId: null,
    planId: null,
    billedCost: usd(1_275),
    ...changes,
  });

/** An invoice that holds, whose total is what its lines ask for unless a test says otherwise. */
function anInvoice(changes: Partial<EnteredInvoice> = {}): EnteredInvoice {
  const charges = changes.charges ?? [aCharge()];
  return {
    type: "invoice",
    issueDate: "2026-10-31",
    dueDate: null,
    billedCost: sumOfCharges(charges, "USD"),
    paidBy: null,
    charges,
    ...changes,
  };
}

const ONE_SHARE = { basisPoints: 10_000 };

describe("what an invoice may say", () => {
  test.each<{ name: string; invoice: EnteredInvoice }>([
    { name: "one line that makes the total", invoice: anInvoice() },
    { name: "tax that follows a line", invoice: anInvoice({ charges: [aCharge(), aTax({ follows: [0] })] }) },
    {
      name: "self-assessed tax, which the total leaves out",
      invoice: anInvoice({
        billedCost: usd(100_000),
        charges: [
          aCharge({ billedCost: usd(100_000) }),
          aTax({ billedCost: usd(21_000), selfAssessed: true, recoverableBasisPoints: 6_200 }),
        ],
      }),
    },
    {
      name: "a credit, for unused seats or on nothing",
      invoice: anInvoice({
        charges: [
          aCharge(),
          aCharge({ billedCost: usd(-6_452), quantity: "5" }),
          aTax({ chargeCategory: "credit", billedCost: usd(-100) }),
          aTax({ chargeCategory: "credit", billedCost: usd(0) }),
        ],
      }),
    },
    {
      name: "a credit note that is negative in total",
      invoice: anInvoice({ type: "credit_note", charges: [aCharge({ billedCost: usd(-12_500) })] }),
    },
    {
      name: "a line out of scope without days",
      invoice: anInvoice({
        charges: [aCharge({ chargePeriod: null, subscriptionId: null, planId: null, outOfScope: true })],
      }),
    },
    {
      name: "a fraction of something that is not seats",
      invoice: anInvoice({
        charges: [aCharge({ chargeCategory: "usage", subscriptionId: null, planId: null, quantity: "0.25" })],
      }),
    },
    {
      name: "whole seats with decimal places",
      invoice: anInvoice({ charges: [aCharge({ quantity: "5.00" })] }),
    },
    {
      name: "five years to the day",
      invoice: anInvoice({
        charges: [aCharge({ chargePeriod: { start: "2024-02-29", end: "2029-02-28" } })],
      }),
    },
    {
      name: "shares that make the whole",
      invoice: anInvoice({ charges: [aCharge({ shares: [ONE_SHARE] })] }),
    },
    { name: "due on the day of issue", invoice: anInvoice({ dueDate: "2026-10-31" }) },
    { name: "a member who got a part back", invoice: anInvoice({ paidBy: { reimbursed: usd(10_000) } }) },
  ])("takes $name", ({ invoice }) => {
    expect(() => assertInvoice(invoice)).not.toThrow();
  });

  const withCharge = (changes: Partial<EnteredCharge>) => anInvoice({ charges: [aCharge(changes)] });

  test.each<{ name: string; invoice: EnteredInvoice; field: string }>([
    {
      name: "an invoice that is negative in total",
      invoice: withCharge({ billedCost: usd(-1) }),
      field: "billedCost",
    },
    { name: "due before it is issued", invoice: anInvoice({ dueDate: "2026-10-30" }), field: "dueDate" },
    {
      name: "a negative reimbursement",
      invoice: anInvoice({ paidBy: { reimbursed: usd(-1) } }),
      field: "paidBy.reimbursed",
    },
    {
      name: "a purchase without days",
      invoice: withCharge({ chargePeriod: null }),
      field: "charges.0.chargePeriod",
    },
    {
      name: "usage without days",
      invoice: withCharge({ chargeCategory: "usage", chargePeriod: null }),
      field: "charges.0.chargePeriod",
    },
    {
      name: "more than five years",
      invoice: withCharge({ chargePeriod: { start: "2024-01-01", end: "2029-01-02" } }),
      field: "charges.0.chargePeriod",
    },
    {
      name: "a positive credit",
      invoice: anInvoice({ charges: [aCharge(), aTax({ chargeCategory: "credit", billedCost: usd(1) })] }),
      field: "charges.1.billedCost",
    },
    {
      name: "a contract and an account",
      invoice: withCharge({ apiAccountId: "prod" }),
      field: "charges.0.apiAccountId",
    },
    {
      name: "a contract and out of scope",
      invoice: withCharge({ outOfScope: true }),
      field: "charges.0.outOfScope",
    },
    {
      name: "a plan of nothing",
      invoice: withCharge({ subscriptionId: null }),
      field: "charges.0.planId",
    },
    { name: "half a seat", invoice: withCharge({ quantity: "2.5" }), field: "charges.0.quantity" },
    { name: "a million seats", invoice: withCharge({ quantity: "1000000" }), field: "charges.0.quantity" },
    {
      name: "shares that leave something over",
      invoice: withCharge({ shares: [{ basisPoints: 9_999 }] }),
      field: "charges.0.shares",
    },
    {
      name: "shares beside a named member",
      invoice: withCharge({ shares: [ONE_SHARE], memberId: "ada" }),
      field: "charges.0.shares",
    },
    {
      name: "a purchase that follows",
      invoice: anInvoice({ charges: [aCharge(), aCharge({ follows: [0] })] }),
      field: "charges.1.follows",
    },
    {
      name: "a tax that follows itself",
      invoice: anInvoice({ charges: [aCharge(), aTax({ follows: [1] })] }),
      field: "charges.1.follows",
    },
    {
      name: "a tax that follows a line that is not there",
      invoice: anInvoice({ charges: [aCharge(), aTax({ follows: [2] })] }),
      field: "charges.1.follows",
    },
    {
      name: "a tax that follows one line twice",
      invoice: anInvoice({ charges: [aCharge(), aTax({ follows: [0, 0] })] }),
      field: "charges.1.follows",
    },
    {
      name: "a purchase that is recovered",
      invoice: withCharge({ recoverableBasisPoints: 1 }),
      field: "charges.0.recoverableBasisPoints",
    },
    {
      name: "a rate of what is no tax",
      invoice: withCharge({ taxRateBasisPoints: 2_100 }),
      field: "charges.0.taxRateBasisPoints",
    },
    {
      name: "a tax that is exempt",
      invoice: anInvoice({ charges: [aCharge(), aTax({ taxTreatment: "exempt" })] }),
      field: "charges.1.taxTreatment",
    },
    {
      name: "reverse charge that the invoice asks for",
      invoice: anInvoice({ charges: [aCharge(), aTax({ taxTreatment: "reverse_charge" })] }),
      field: "charges.1.taxTreatment",
    },
    {
      name: "a standard tax that is self-assessed",
      invoice: anInvoice({ charges: [aCharge(), aTax({ taxTreatment: "standard", selfAssessed: true })] }),
      field: "charges.1.taxTreatment",
    },
    {
      name: "a purchase that is self-assessed",
      invoice: withCharge({ selfAssessed: true }),
      field: "charges.0.selfAssessed",
    },
  ])("refuses $name", ({ invoice, field }) => {
    expect(Object.keys(invoiceFaults(invoice))).toEqual([field]);
    expect(() => assertInvoice(invoice)).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        details: { fields: { [field]: expect.any(String) } },
      }),
    );
  });
});

describe("currency and total", () => {
  test("every amount is in the invoice's currency", () => {
    const foreign = money(100, "EUR");
    const invoice = anInvoice({
      billedCost: usd(12_500),
      paidBy: { reimbursed: foreign },
      charges: [aCharge(), aCharge({ billedCost: foreign })],
    });
    expect(() => assertInvoice(invoice)).toThrow(
      expect.objectContaining({
        code: "currency_mismatch",
        details: {
          fields: {
            "charges.1.billedCost": "This invoice is in USD.",
            "paidBy.reimbursed": "This invoice is in USD.",
          },
        },
      }),
    );
  });

  test("a cent too much is refused, and both sums are named", () => {
    expect(() => assertInvoice(anInvoice({ billedCost: usd(12_501) }))).toThrow(
      expect.objectContaining({
        code: "invoice_unbalanced",
        message: "The lines sum to 125.00 USD, the invoice says 125.01 USD.",
        details: { fields: { billedCost: "The lines sum to 125.00 USD, not 125.01 USD." } },
      }),
    );
  });
});
