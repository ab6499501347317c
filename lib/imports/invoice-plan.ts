import type { Ctx } from "@/lib/auth/ctx";
import { type InvoiceLineFact, type RowError, RowProblem } from "@/lib/connectors/connector";
import { product } from "@/lib/connectors/styled-cells";
import { type Currency, fractionDigits } from "@/lib/domain/currency";
import { divideHalfEven, minorOfNano, parseDecimal } from "@/lib/domain/decimal";
import { DomainError } from "@/lib/domain/errors";
import { requireRate } from "@/lib/domain/exchange-rate";
import { assertInvoice, sumOfCharges } from "@/lib/domain/invoice";
import { INPUT_MINOR_MAX, type Money, money, toDecimal } from "@/lib/domain/money";
import { nameKey } from "@/lib/domain/name-matching";
import { indexByName, onlyOne } from "@/lib/imports/by-name";
import type { Outcome } from "@/lib/imports/entered";
import type { InvoiceBooks, KnownAccount, KnownInvoice, KnownPlan } from "@/lib/imports/invoices-data";
import { CHARGES_MAX, type InvoiceBody, type InvoiceFacts, invoiceFacts } from "@/lib/invoices/schema";

/** What the lines of a file bring, before any of it is entered. */
export type InvoicePlan = {
  readonly outcomes: readonly Outcome[];
  readonly errors: readonly RowError[];
  readonly invoices: readonly InvoiceFacts[];
};

type Charge = InvoiceBody["charges"][number];
type Lines = readonly [InvoiceLineFact, ...InvoiceLineFact[]];

type State = {
  readonly ctx: Ctx;
  readonly books: InvoiceBooks;
  readonly providersCalled: (typed: string) => InvoiceBooks["providers"];
  readonly contractsCalled: (typed: string) => InvoiceBooks["contracts"];
  readonly plansCalled: (typed: string) => readonly KnownPlan[];
  readonly accountsCalled: (typed: string) => readonly KnownAccount[];
  readonly entered: ReadonlyMap<string, KnownInvoice>;
};

/** The currencies in which the lines are, other than the base currency. */
export function foreignCurrencies(ctx: Ctx, facts: readonly InvoiceLineFact[]): Currency[] {
  const currencies = new Set(facts.flatMap(({ currency }) => currency ?? []));
  currencies.delete(ctx.organization.baseCurrency);
  return [...currencies];
}

/** Reads the lines into invoices and compares these with the books; a line at fault leaves an error. */
export function planInvoices(ctx: Ctx, facts: readonly InvoiceLineFact[], books: InvoiceBooks): InvoicePlan {
  const state: State = {
    ctx,
    books,
    providersCalled: indexByName(books.providers, ({ name }) => [name]),
    contractsCalled: indexByName(books.contracts, ({ name }) => [name]),
    plansCalled: indexByName(books.plans, ({ name }) => [name]),
    accountsCalled: indexByName(books.accounts, ({ name, externalId }) => [name, externalId]),
    entered: new Map(
      books.invoices.map((invoice) => [numberKey(invoice.serviceProviderId, invoice.number), invoice]),
    ),
  };
  const outcomes: Outcome[] = [];
  const errors: RowError[] = [];
  const invoices: InvoiceFacts[] = [];
  for (const [first, ...rest] of Map.groupBy(facts, invoiceKey).values()) {
    if (!first) continue;
    const found = planInvoice(state, [first, ...rest]);
    errors.push(...found.errors);
    if (found.invoice) invoices.push(found.invoice);
    if (found.errors.length === 0) outcomes.push(...[first, ...rest].map(() => found.outcome));
  }
  return { outcomes, errors, invoices };
}

const invoiceKey = ({ serviceProvider, number }: InvoiceLineFact): string =>
  numberKey(nameKey(serviceProvider), number);
const numberKey = (provider: string, number: string): string => `${provider} ${number.trim().toLowerCase()}`;

type Planned = {
  readonly outcome: Outcome;
  readonly errors: readonly RowError[];
  readonly invoice: InvoiceFacts | null;
};

function planInvoice(state: State, lines: Lines): Planned {
  const errors: RowError[] = [];
  /** Runs a step of one line; what is wrong with it stays with the line. */
  const at = <T>({ line }: { readonly line: number }, step: () => T): T | null => {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      errors.push({ line, column: error.column, message: error.message });
      return null;
    }
  };
  const [first, ...rest] = lines;
  const provider = at(first, () => providerOf(state, first));
  const currency = first.currency ?? state.ctx.organization.baseCurrency;
  for (const line of rest) at(line, () => assertSameHeader(line, first));
  const charges = lines.flatMap(
    (line) => at(line, () => chargeOf(state, line, { provider, currency })) ?? [],
  );
  const tax = at(lines.find((line) => line.tax !== null) ?? first, () => taxOf(lines, currency));
  if (provider === null || errors.length > 0) return { outcome: "new", errors, invoice: null };

  const parsed = at(first, () => parse(lines, bodyOf(provider, lines, [...charges, ...(tax ?? [])])));
  if (parsed === null || !parsed.invoice) {
    return { outcome: "new", errors: [...errors, ...(parsed?.errors ?? [])], invoice: null };
  }
  const { invoice } = parsed;
  const known = state.entered.get(numberKey(provider, invoice.number));
  if (known) {
    at(first, () => assertSameInvoice(known, invoice));
    return { outcome: "unchanged", errors, invoice: null };
  }
  at(first, () => assertRate(state, invoice));
  return { outcome: "new", errors, invoice: errors.length > 0 ? null : invoice };
}

function providerOf({ providersCalled }: State, { serviceProvider: typed }: InvoiceLineFact): string {
  return onlyOne(providersCalled(typed), { typed, column: "service_provider", what: "provider" }).id;
}

/** The lines of one invoice agree on what is said once for all of it; a line may leave it out. */
function assertSameHeader(line: InvoiceLineFact, first: InvoiceLineFact): void {
  const fault = (column: string, what: string) =>
    new RowProblem(column, `Line ${first.line} of the same invoice has another ${what}. Make them equal.`);
  if (line.issueDate !== first.issueDate) throw fault("issue_date", "issue date");
  if (line.currency !== null && line.currency !== first.currency) throw fault("currency", "currency");
  if (line.dueDate !== null && line.dueDate !== first.dueDate) throw fault("due_date", "due date");
}

type Context = { readonly provider: string | null; readonly currency: Currency };

function chargeOf(state: State, line: InvoiceLineFact, { provider, currency }: Context): Charge {
  const contract =
    line.subscription === null
      ? null
      : onlyOne(state.contractsCalled(line.subscription), {
          typed: line.subscription,
          column: "subscription",
          what: "subscription",
        });
  const { chargeCategory, description, chargePeriod, quantity, unitPrice } = line;
  return {
    chargeCategory,
    description,
    chargePeriod,
    quantity,
    unitPrice,
    billedCost: amountOf(line, currency),
    subscriptionId: contract?.id ?? null,
    planId: planIdOf(state, line, contract),
    apiAccountId: accountIdOf(state, line, provider),
  };
}

function planIdOf(
  { plansCalled }: State,
  { plan: typed }: InvoiceLineFact,
  contract: { readonly serviceProviderId: string; readonly name: string } | null,
): string | null {
  if (typed === null) return null;
  if (contract === null) throw new RowProblem("subscription", "Name the subscription that the plan is of.");
  const sold = plansCalled(typed).filter((plan) => plan.serviceProviderId === contract.serviceProviderId);
  return onlyOne(sold, { typed, column: "plan", what: `plan of the provider of ${contract.name}` }).id;
}

/** By name or by the provider's id; where several providers have one of the name, the invoice's own counts. */
function accountIdOf(
  { accountsCalled }: State,
  line: InvoiceLineFact,
  provider: string | null,
): string | null {
  const typed = line.apiAccount;
  if (typed === null) return null;
  const found = accountsCalled(typed);
  const own = found.filter(({ serviceProviderId }) => serviceProviderId === provider);
  return onlyOne(own.length > 0 ? own : found, { typed, column: "api_account", what: "API account" }).id;
}

function amountOf({ billedCost, quantity, unitPrice }: InvoiceLineFact, currency: Currency): Money {
  // Only what was multiplied is rounded: an amount in a file that is finer than the currency is a mistake.
  const multiplied = unitPrice !== null && product(quantity ?? "1", unitPrice, null) === billedCost;
  return moneyOf(nanoOf(billedCost, "amount"), { currency, column: "amount", rounded: multiplied });
}

/** In thousand millionths, as finely as any amount is kept. */
function nanoOf(text: string, column: string): bigint {
  const decimal = parseDecimal(text);
  if (decimal === null) throw new RowProblem(column, TOO_LARGE);
  const { digits, scale } = decimal;
  return scale <= 9 ? digits * 10n ** BigInt(9 - scale) : divideHalfEven(digits, 10n ** BigInt(scale - 9));
}

const TOO_LARGE = "This is more than the books can hold. Correct it.";

function moneyOf(
  nano: bigint,
  { currency, column, rounded }: { currency: Currency; column: string; rounded: boolean },
): Money {
  const digits = fractionDigits(currency);
  if (!rounded && nano % 10n ** BigInt(9 - digits) !== 0n) {
    throw new RowProblem(column, `${currency} has ${digits} decimals. Round this, or correct the currency.`);
  }
  const minor = minorOfNano(nano, digits);
  if (Math.abs(minor) > INPUT_MINOR_MAX) throw new RowProblem(column, TOO_LARGE);
  return money(minor, currency);
}

/** The taxes that stand beside the lines, as one charge that follows all of them; none where they sum to nothing. */
function taxOf(lines: readonly InvoiceLineFact[], currency: Currency): Charge[] {
  const sum = lines.reduce((total, { tax }) => total + (tax === null ? 0n : nanoOf(tax, "tax")), 0n);
  if (sum === 0n) return [];
  const billedCost = moneyOf(sum, { currency, column: "tax", rounded: false });
  return [{ chargeCategory: "tax", description: "Tax", billedCost }];
}

function bodyOf(serviceProviderId: string, [first]: Lines, charges: Charge[]): InvoiceBody {
  const currency = charges[0]?.billedCost.currency ?? "";
  const total = sumOfCharges(
    charges.map(({ billedCost }) => ({ billedCost, selfAssessed: false })),
    currency,
  );
  return {
    type: total.minor < 0 ? "credit_note" : "invoice",
    number: first.number,
    serviceProviderId,
    issueDate: first.issueDate,
    dueDate: first.dueDate,
    billedCost: total,
    charges,
  };
}

/** The invoice as the service takes it, or what is wrong with which line. */
function parse(lines: Lines, body: InvoiceBody): { invoice: InvoiceFacts | null; errors: RowError[] } {
  if (body.charges.length > CHARGES_MAX) {
    throw new RowProblem(
      null,
      `An invoice has at most ${CHARGES_MAX} lines, its tax included. Sum some of them up.`,
    );
  }
  const parsed = invoiceFacts.safeParse(body);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => errorAt(lines, path.join("."), message));
    return { invoice: null, errors };
  }
  try {
    assertInvoice(parsed.data);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fields = Object.entries(error.details.fields ?? { "": error.message });
    return { invoice: null, errors: fields.map(([path, message]) => errorAt(lines, path, message)) };
  }
  return { invoice: parsed.data, errors: [] };
}

/** The column of our template for each field of an invoice or a charge. */
const COLUMNS: Readonly<Record<string, string>> = {
  number: "invoice_number",
  issueDate: "issue_date",
  dueDate: "due_date",
  billedCost: "amount",
  chargeCategory: "category",
  description: "description",
  chargePeriod: "period_start",
  quantity: "quantity",
  unitPrice: "unit_price",
  subscriptionId: "subscription",
  planId: "plan",
  apiAccountId: "api_account",
};

function errorAt(lines: Lines, path: string, message: string): RowError {
  const [, position, ofCharge] = /^charges\.(\d+)\.(\w+)/.exec(path) ?? [];
  const field = ofCharge ?? path.split(".")[0] ?? "";
  const line = position === undefined ? lines[0] : lines[Number(position)];
  // The charge behind the last line is the sum of the taxes.
  if (line === undefined) return { line: lines[0].line, column: "tax", message };
  return { line: line.line, column: COLUMNS[field] ?? null, message };
}

function assertSameInvoice(known: KnownInvoice, { billedCost, issueDate }: InvoiceFacts): void {
  if (known.currency !== billedCost.currency || known.billedCostMinor !== billedCost.minor) {
    const [there, here] = [money(known.billedCostMinor, known.currency), billedCost].map(
      (amount) => `${toDecimal(amount)} ${amount.currency}`,
    );
    const message = `This invoice is already entered with another total: ${there}, here ${here}. Change it in the books, or leave it out of the file.`;
    throw new RowProblem("amount", message);
  }
  if (known.issueDate === issueDate) return;
  const message = `This invoice is already entered with another issue date: ${known.issueDate}. Change it in the books, or leave it out of the file.`;
  throw new RowProblem("issue_date", message);
}

function assertRate({ ctx, books }: State, { billedCost, issueDate }: InvoiceFacts): void {
  const { baseCurrency } = ctx.organization;
  if (billedCost.currency === baseCurrency) return;
  try {
    requireRate(books.rates, { from: billedCost.currency, to: baseCurrency, date: issueDate });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new RowProblem("currency", error.message);
  }
}
