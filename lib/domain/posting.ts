import { allocate } from "./allocate";
import { basisOf, shareByClassification, shareByShares, shareByUsage, UNCLASSIFIED } from "./api-sharing";
import type { Books } from "./books";
import { type Draw, drawOfCharge } from "./credit-grant";
import type { Currency } from "./currency";
import { invariant } from "./errors";
import { convert, type ExchangeRate, requireRate } from "./exchange-rate";
import { expectedCharges } from "./expected-charges";
import type { BillingModel, Charge, Invoice, Subscription } from "./facts";
import type { Amount, EntryBasis, LedgerEntry, Target } from "./ledger-entry";
import { usageBelow } from "./metered";
import { money } from "./money";
import { monthOf, periodOfMonth } from "./month";
import { byMonth, daysIn, type Period } from "./period";
import { bearersOf, prepaidParts } from "./prepaid";
import { holdersAbove, namedHolder } from "./seat-holders";
import { shareBySeats } from "./seat-sharing";

/** Where the cost of a line goes, whoever's amount it is: the line's own, its tax, or a credit on it. */
type Line = Pick<
  Charge,
  "id" | "subscriptionId" | "planId" | "apiAccountId" | "memberId" | "outOfScope" | "shares"
> & {
  readonly billingModel: BillingModel;
  readonly period: Period;
  readonly currency: Currency;
};

/** What every entry of an amount has in common. */
type Posting = { readonly invoice: Invoice; readonly charge: Charge; readonly rate: ExchangeRate | null };

type Part = { readonly target: Target; readonly weight: number | bigint; readonly seatDays: number | null };

/**
 * The ledger entries of one invoice: each charge is converted once, then split over lines (tax and unlinked credits),
 * over the months of its period by days, and over the targets of each month. The entries of a charge sum to the
 * charge, so those of the invoice sum to the invoice.
 *
 * @throws DomainError `rate_missing`, when there is no rate for the invoice's currency on its issue date
 */
export function postInvoice(invoice: Invoice, books: Books): LedgerEntry[] {
  const { currency, issueDate } = invoice;
  const rate =
    currency === books.baseCurrency
      ? null
      : requireRate(books.rates, { from: currency, to: books.baseCurrency, date: issueDate });
  const amountOf = (minor: number): Amount => ({
    costMinor: minor,
    baseCostMinor: rate ? convert(money(minor, currency), rate).minor : minor,
  });

  const entries = invoice.charges.flatMap((charge) =>
    postCharge({ invoice, charge, rate }, amountOf(charge.billedCostMinor), books),
  );
  return [...entries, ...postNotReimbursed(invoice, rate, amountOf, books)];
}

function postCharge(posting: Posting, amount: Amount, books: Books): LedgerEntry[] {
  const { charge, invoice } = posting;
  if (charge.outOfScope) return [balancing(posting, "out_of_scope", amount)];
  switch (charge.chargeCategory) {
    case "tax":
      return postTax(posting, amount, books);
    case "credit":
      return postCredit(posting, amount, books);
    case "usage":
    case "purchase":
    case "adjustment":
      return spread(posting, lineOf(charge, invoice), amount, books);
  }
}

/** The recoverable share is kept outside the lines; the rest follows the lines that it taxes. */
function postTax(posting: Posting, amount: Amount, books: Books): LedgerEntry[] {
  const { charge, invoice } = posting;
  const recoverable = charge.recoverableBasisPoints;
  const [kept, rest] = split(amount, [recoverable, 10_000 - recoverable]);
  invariant(kept !== undefined && rest !== undefined, "a split in two has two parts");

  const lines = linesFollowed(charge, invoice);
  return [
    ...(isNothing(kept) ? [] : [balancing(posting, "recoverable_tax", kept)]),
    ...(lines.length > 0
      ? follow(posting, lines, rest, books)
      : spread(posting, lineOf(charge, invoice), rest, books)),
  ];
}

/**
 * A credit follows what it names, in its own stated period, else in its issue month. One that names nothing is spread
 * over the invoice's lines, where it counts as they do unless it states a period.
 */
function postCredit(posting: Posting, amount: Amount, books: Books): LedgerEntry[] {
  const { charge, invoice } = posting;
  const linked = charge.subscriptionId !== null || charge.apiAccountId !== null || charge.shares.length > 0;
  if (linked) return spread(posting, lineOf(charge, invoice), amount, books);

  const lines = linesFollowed(charge, invoice);
  if (lines.length === 0) return spread(posting, lineOf(charge, invoice), amount, books);
  const period = charge.chargePeriod ?? (charge.follows.length > 0 ? issueMonth(invoice) : null);
  return follow(posting, lines, amount, books, period);
}

/** What a member paid but did not get back is no cost: the difference is spread over the lines. */
function postNotReimbursed(
  invoice: Invoice,
  rate: ExchangeRate | null,
  amountOf: (minor: number) => Amount,
  books: Books,
): LedgerEntry[] {
  if (invoice.reimbursedMinor === null || invoice.reimbursedMinor === invoice.billedCostMinor) return [];
  const difference = amountOf(invoice.reimbursedMinor - invoice.billedCostMinor);
  const lines = usageAndPurchases(invoice);
  return split(difference, weightsOf(lines)).flatMap((part, index) => {
    const charge = lines[index];
    invariant(charge !== undefined, "a split has a part for each line");
    const posting = { invoice, rate, charge };
    if (charge.outOfScope) return [balancing(posting, "out_of_scope", part)];
    return spread(posting, lineOf(charge, invoice), part, books);
  });
}

/** Splits an amount over other lines by what they cost, and posts each part as if it were that line's. */
function follow(
  posting: Posting,
  lines: readonly Charge[],
  amount: Amount,
  books: Books,
  period: Period | null = null,
): LedgerEntry[] {
  return split(amount, weightsOf(lines)).flatMap((part, index) => {
    const followed = lines[index];
    invariant(followed !== undefined, "a split has a part for each line");
    if (followed.outOfScope) return [balancing(posting, "out_of_scope", part)];
    const line = lineOf(followed, posting.invoice);
    return spread(posting, period ? { ...line, period } : line, part, books);
  });
}

/** The absolute cost of each line; equal weights when all are zero. */
function weightsOf(lines: readonly Charge[]): number[] {
  const weights = lines.map((line) => Math.abs(line.billedCostMinor));
  return weights.some((weight) => weight > 0) ? weights : lines.map(() => 1);
}

function linesFollowed(charge: Charge, invoice: Invoice): Charge[] {
  if (charge.follows.length === 0) return usageAndPurchases(invoice);
  return invoice.charges.filter((line) => charge.follows.includes(line.id));
}

const usageAndPurchases = ({ charges }: Invoice): Charge[] =>
  charges.filter(({ chargeCategory }) => chargeCategory === "usage" || chargeCategory === "purchase");

const issueMonth = (invoice: Invoice): Period => periodOfMonth(monthOf(invoice.issueDate));

function lineOf(charge: Charge, invoice: Invoice): Line {
  const metered = charge.chargeCategory === "usage" || charge.apiAccountId !== null;
  return {
    ...charge,
    billingModel: metered ? "metered" : "flat",
    period: charge.chargePeriod ?? issueMonth(invoice),
    currency: invoice.currency,
  };
}

/** Spreads an amount over the months of the line's period by days, and over the targets of each month. */
function spread(posting: Posting, line: Line, amount: Amount, books: Books): LedgerEntry[] {
  if (isNothing(amount) && line.subscriptionId === null) return [];
  const draw = drawOfCharge(line.id, books.credits);
  if (draw) return spreadPrepaid(posting, line, amount, { draw, books });
  const months = byMonth(line.period);
  const perMonth = split(
    amount,
    months.map(({ part }) => daysIn(part)),
  );
  const postsOf = targetsOf(line, books);
  return months.flatMap(({ month, part }, index) => {
    const { basis, parts } = postsOf(part);
    const amounts = split(
      perMonth[index] ?? { costMinor: 0, baseCostMinor: 0 },
      parts.map(({ weight }) => weight),
    );
    return parts.flatMap(({ target, seatDays }, place) => {
      const share = amounts[place];
      if (share === undefined || (isNothing(share) && !seatDays)) return [];
      return [{ ...entry(posting, line, share), ...target, kind: "cost" as const, month, basis, seatDays }];
    });
  });
}

/**
 * Buying credit is no cost yet: the amount is opened as prepaid in the month of the invoice, and what is drawn or
 * expires becomes cost in its month, beside a counterpart that takes it out of what is prepaid.
 */
function spreadPrepaid(
  posting: Posting,
  line: Line,
  amount: Amount,
  { draw, books }: { draw: Draw; books: Books },
): LedgerEntry[] {
  const parts = prepaidParts(draw, amount, books.today).flatMap((part) => {
    const { month, days, apiAccountId } = part;
    const own = { ...line, apiAccountId, period: days, billingModel: "metered" as const };
    const entryOf = (share: Amount) => ({
      ...entry(posting, own, share),
      month,
      billingMonth: month,
      seatDays: null,
    });
    const targets = bearersOf(part, line.shares, books);
    const basis = basisOf(targets);
    const shares = split(
      part.amount,
      targets.map(({ weight }) => weight),
    );
    const drawn = targets.flatMap(({ target }, index) => {
      const share = shares[index];
      return share && !isNothing(share)
        ? [{ ...entryOf(share), ...target, kind: "cost" as const, basis }]
        : [];
    });
    if (drawn.length === 0) return [];
    const counterpart = {
      costMinor: 0 - part.amount.costMinor,
      baseCostMinor: 0 - part.amount.baseCostMinor,
    };
    return [
      ...drawn,
      { ...entryOf(counterpart), ...UNCLASSIFIED, kind: "prepaid_drawn" as const, basis: "direct" as const },
    ];
  });
  return [balancing(posting, "prepaid", amount), ...parts];
}

/** Who bears a line's cost in one month, and how that was found. */
function targetsOf(
  line: Line,
  books: Books,
): (part: Period) => { basis: EntryBasis; parts: readonly Part[] } {
  const { memberships, subscriptions, apiAccounts } = books;
  const withoutSeats = (targets: readonly { target: Target; weight: number | bigint }[]) => ({
    basis: basisOf(targets),
    parts: targets.map(({ target, weight }) => ({ target, weight, seatDays: null })),
  });
  if (line.shares.length > 0) return (part) => withoutSeats(shareByShares(line.shares, part, memberships));

  const subscription = line.subscriptionId ? subscriptions.get(line.subscriptionId) : undefined;
  if (subscription) {
    const { memberId, planId, period } = line;
    if (memberId !== null) return (part) => withoutSeats(namedHolder(subscription, memberId, part, books));
    const upgrades = upgradesOf(subscription, books, period);
    return (part) => {
      const above = line.billingModel === "metered" ? holdersAbove(subscription, part, books) : [];
      if (above.length > 0) return { ...withoutSeats(above), basis: "usage" };
      return {
        basis: "seat_days",
        parts: shareBySeats({ subscription, planId, chargePeriod: period, part, memberships, upgrades }),
      };
    };
  }
  const account = line.apiAccountId ? apiAccounts.get(line.apiAccountId) : undefined;
  if (account) {
    const { memberId } = line;
    return (days) => {
      const used = memberId === null ? usageBelow(account, { days, currency: line.currency }, books) : [];
      const byUsage = shareByUsage(used, apiAccounts, memberships);
      if (byUsage.length > 0) return { ...withoutSeats(byUsage), basis: "usage" };
      return withoutSeats(shareByClassification(account, apiAccounts, { days, memberships, memberId }));
    };
  }
  invariant(
    line.subscriptionId === null && line.apiAccountId === null,
    "a charge's contract is loaded with it",
  );
  return () => withoutSeats([{ target: { ...UNCLASSIFIED, memberId: line.memberId }, weight: 1 }]);
}

function upgradesOf(subscription: Subscription, { prorationRules }: Books, period: Period) {
  return expectedCharges(subscription, prorationRules, period.end).filter(
    (row) => row.kind === "upgrade" && row.period.end > period.start,
  );
}

/** An entry outside the lines, in the month of the invoice. */
function balancing(
  posting: Posting,
  kind: "recoverable_tax" | "out_of_scope" | "prepaid",
  amount: Amount,
): LedgerEntry {
  const line = lineOf(posting.charge, posting.invoice);
  const month = monthOf(posting.invoice.issueDate);
  return { ...entry(posting, line, amount), ...UNCLASSIFIED, kind, month, basis: "direct", seatDays: null };
}

function entry({ invoice, charge, rate }: Posting, line: Line, amount: Amount) {
  return {
    ...amount,
    billingMonth: monthOf(invoice.issueDate),
    billingModel: line.billingModel,
    chargeCategory: charge.chargeCategory,
    state: "billed" as const,
    serviceProviderId: invoice.serviceProviderId,
    subscriptionId: line.subscriptionId,
    planId: line.planId,
    apiAccountId: line.apiAccountId,
    invoiceId: invoice.id,
    chargeId: charge.id,
    chargePeriod: line.period,
    selfAssessed: charge.selfAssessed,
    currency: invoice.currency,
    rate: rate?.rate ?? null,
    rateDate: rate?.date ?? null,
  };
}

/** Both sides of an amount, split by the same weights. */
export function split(amount: Amount, weights: readonly (number | bigint)[]): Amount[] {
  const base = allocate(amount.baseCostMinor, weights);
  return allocate(amount.costMinor, weights).map((costMinor, index) => ({
    costMinor,
    baseCostMinor: base[index] ?? 0,
  }));
}

export const isNothing = ({ costMinor, baseCostMinor }: Amount): boolean =>
  costMinor === 0 && baseCostMinor === 0;
