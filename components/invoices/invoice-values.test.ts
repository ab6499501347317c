import { describe, expect, test } from "vitest";

import { formPathOf } from "@/components/invoices/form-path";
import {
  BLANK_LINE,
  blankInvoice,
  fromDraft,
  fromInvoice,
  inCurrency,
  sumOfLines,
  toBody,
} from "@/components/invoices/invoice-values";
import { linkOf, targetOf } from "@/components/invoices/line-target";
import { usualTax } from "@/components/invoices/usual-tax";
import { type Invoice, invoiceFacts } from "@/lib/invoices/schema";

const ID = (digit: number) => `01a207b8-0000-7000-8000-00000000000${digit}`;
const usd = (minor: number) => ({ minor, currency: "USD" });

describe("what a line is for", () => {
  test.each([
    { subscriptionId: ID(1), planId: ID(2), apiAccountId: null, outOfScope: false },
    { subscriptionId: ID(1), planId: null, apiAccountId: null, outOfScope: false },
    { subscriptionId: null, planId: null, apiAccountId: ID(3), outOfScope: false },
    { subscriptionId: null, planId: null, apiAccountId: null, outOfScope: true },
    { subscriptionId: null, planId: null, apiAccountId: null, outOfScope: false },
  ])("comes back from its choice: %j", (link) => expect(linkOf(targetOf(link))).toEqual(link));
});

test("an entered invoice becomes the request that enters it again", () => {
  const invoice: Invoice = {
    id: ID(1),
    type: "invoice",
    number: "API-10",
    state: "posted",
    serviceProvider: { id: ID(2), name: "Anthropic" },
    issueDate: "2026-11-01",
    dueDate: null,
    billedCost: usd(13_306),
    version: 3,
    purchaseOrder: null,
    paidBy: { member: { id: ID(3), name: "Ada" }, reimbursed: usd(13_000) },
    note: "",
    void: null,
    createdAt: "2026-11-01T09:00:00Z",
    rest: null,
    charges: [
      {
        id: ID(4),
        position: 0,
        chargeCategory: "tax",
        description: "VAT",
        chargePeriod: null,
        quantity: null,
        unitPrice: null,
        billedCost: usd(13_306),
        subscription: null,
        plan: null,
        apiAccount: { id: ID(5), name: "prod" },
        outOfScope: false,
        member: null,
        shares: [],
        follows: [],
        recoverableBasisPoints: 6_250,
        selfAssessed: false,
        taxTreatment: "standard",
        taxRateBasisPoints: 2_100,
        taxCode: "V21",
        countsAs: [],
      },
    ],
  };
  expect(invoiceFacts.parse(toBody(fromInvoice(invoice)))).toMatchObject({
    number: "API-10",
    serviceProviderId: ID(2),
    billedCost: usd(13_306),
    paidBy: { memberId: ID(3), reimbursed: usd(13_000) },
    charges: [
      {
        apiAccountId: ID(5),
        recoverableBasisPoints: 6_250,
        billedCost: usd(13_306),
        taxTreatment: "standard",
        taxRateBasisPoints: 2_100,
        taxCode: "V21",
      },
    ],
  });
});

describe("a provider's usual tax", () => {
  const vat = { rateBasisPoints: 2_100, recoverableBasisPoints: 6_200, code: "RC21" };
  const values = { ...blankInvoice("USD"), charges: [{ ...BLANK_LINE, billedCost: usd(100_000) }] };

  test("is a line on what was typed, which the buyer owes under reverse charge", () => {
    const line = usualTax({ ...vat, treatment: "reverse_charge" }, values);
    expect(line).toMatchObject({
      billedCost: usd(21_000),
      selfAssessed: true,
      recoverable: "62",
      taxRate: "21",
    });
    const body = toBody({ ...values, charges: [...values.charges, ...(line ? [line] : [])] });
    expect(body.billedCost).toEqual(usd(100_000));
    expect(body.charges?.[1]).toMatchObject({
      recoverableBasisPoints: 6_200,
      taxTreatment: "reverse_charge",
      taxRateBasisPoints: 2_100,
      taxCode: "RC21",
    });
  });

  test("is none where nothing is taxed", () => {
    expect(usualTax(null, values)).toBeNull();
    expect(usualTax({ ...vat, treatment: "exempt" }, values)).toBeNull();
  });
});

describe("the total", () => {
  const values = {
    ...blankInvoice("USD"),
    charges: [
      { ...BLANK_LINE, billedCost: usd(1_000) },
      { ...BLANK_LINE, billedCost: usd(210), selfAssessed: true },
      BLANK_LINE,
    ],
  };
  test("is what the lines ask for, without tax that the buyer owes, when it is not typed", () => {
    expect(sumOfLines(values)).toEqual(usd(1_000));
    expect(toBody(values).billedCost).toEqual(usd(1_000));
    expect(toBody({ ...values, total: usd(999) }).billedCost).toEqual(usd(999));
  });
  test("keeps its digits in a currency with as many places, and is typed again in another", () => {
    expect(inCurrency(values, "EUR").charges[0]?.billedCost).toEqual({ minor: 1_000, currency: "EUR" });
    expect(inCurrency(values, "JPY").charges[0]?.billedCost).toBeNull();
  });
});

test("a draft opens however far it came, and whatever is in it", () => {
  expect(fromDraft({}, "USD")).toEqual(blankInvoice("USD"));
  const broken = {
    number: 5,
    total: "much",
    charges: [{ description: "Seats", billedCost: { minor: 0.5 } }, 7],
  };
  expect(fromDraft(broken, "USD")).toMatchObject({ number: "", total: null });
  expect(fromDraft({ ...blankInvoice("EUR"), number: "A-1" }, "USD")).toMatchObject({
    number: "A-1",
    currency: "EUR",
  });
});

test.each([
  ["charges.2.billedCost", "charges.2.billedCost"],
  ["charges.0.planId", "charges.0.target"],
  ["charges.0.chargePeriod.end", "charges.0.chargePeriod"],
  ["charges.1.recoverableBasisPoints", "charges.1.recoverable"],
  ["billedCost", "total"],
  ["paidBy.reimbursed", "reimbursed"],
  ["number", "number"],
])("a fault at %s stands at %s", (path, place) => expect(formPathOf(path)).toBe(place));
