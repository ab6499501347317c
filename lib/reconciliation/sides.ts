import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadContracts, loadProrationRules, loadSeatFees } from "@/lib/books/data";
import { loadRates } from "@/lib/books/rates-data";
import {
  type CoveredAccount,
  type CoveredContract,
  findCoveredAccounts,
  findCoveredSubscriptions,
} from "@/lib/coverage/data";
import type { Db } from "@/lib/db/client";
import { allocate } from "@/lib/domain/allocate";
import { addDays, type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { type Currency, fractionDigits } from "@/lib/domain/currency";
import { minorOfNano } from "@/lib/domain/decimal";
import { estimatedAmount } from "@/lib/domain/estimated-amount";
import { uncoveredCharges } from "@/lib/domain/estimates";
import type { ExchangeRate } from "@/lib/domain/exchange-rate";
import type { ExpectedCharge } from "@/lib/domain/expected-charges";
import type { Subscription } from "@/lib/domain/facts";
import type { Amount } from "@/lib/domain/ledger-entry";
import { sumMinor } from "@/lib/domain/money";
import { type Month, monthOf } from "@/lib/domain/month";
import type { ForeseenSeats, ForeseenUse, SeatChange, Sides } from "@/lib/domain/reconciliation";
import { seatsInForce } from "@/lib/domain/seat-ledger";
import {
  type BilledLine,
  findBilledLines,
  findKnownUse,
  findOpenUse,
  findPublishedPrices,
  findUse,
  type OpenUse,
  type UseSum,
} from "@/lib/reconciliation/data";
import { findSettled, type Settled } from "@/lib/reconciliation/settled";

/** A contract with everything that is known of it in a month; `sides` is null while a rate is missing. */
export type ContractSides = {
  readonly kind: "subscription" | "api_account";
  readonly contract: CoveredContract;
  readonly sides: Sides | null;
  readonly expected: readonly ExpectedCharge[];
  readonly use: readonly UseSum[];
  readonly billed: readonly BilledLine[];
  readonly settled: Settled["payments"];
};

type Loaded = {
  readonly month: Month;
  readonly baseCurrency: Currency;
  readonly today: CalendarDate;
  readonly rates: readonly ExchangeRate[];
  readonly use: readonly UseSum[];
  readonly open: readonly OpenUse[];
};

/** Every contract that the books know, with its sides in a month. */
export async function loadSides(db: Db, ctx: Ctx, month: Month): Promise<ContractSides[]> {
  const subscriptions = await findCoveredSubscriptions(db, ctx);
  const accounts = await findCoveredAccounts(db, ctx);
  const ids = subscriptions.map(({ id }) => id);
  const contracts = await loadContracts(db, ctx, ids);
  const rules = await loadProrationRules(db, ctx, [...contracts.values()]);
  const fees = await loadSeatFees(db, ctx, ids);
  const prices = await findPublishedPrices(db, ctx, [...rules.keys()]);
  const lines = await findBilledLines(db, ctx, month);
  const settled = await findSettled(db, ctx, lines);
  const use = await findUse(db, ctx, month);
  const loaded: Loaded = {
    month,
    baseCurrency: ctx.organization.baseCurrency,
    today: utcDateOf(ctx.now),
    use,
    open: await findOpenUse(db, ctx, month),
    rates: await loadRates(db, ctx, currenciesOf([...contracts.values()], use)),
  };
  const ofProvider = Map.groupBy(subscriptions, ({ serviceProvider }) => serviceProvider.id);
  const inBooks = month >= ctx.organization.booksStart;

  const seats = subscriptions.map((contract): ContractSides => {
    const facts = contracts.get(contract.id);
    const billed = lines.filter(({ subscriptionId }) => subscriptionId === contract.id);
    const uncovered =
      facts && inBooks
        ? uncoveredCharges(facts, fees.get(contract.id) ?? [], {
            prorationRules: rules,
            today: loaded.today,
          }).filter(({ expected }) => monthOf(expected.period.start) === month)
        : [];
    const foreseen = uncovered.map((row) => foreseenSeats(row, loaded));
    const only = ofProvider.get(contract.serviceProvider.id)?.length === 1;
    const onTop = only
      ? use.filter((sum) => sum.kind === "on_top" && sum.serviceProviderId === contract.serviceProvider.id)
      : [];
    const paid = settled.of({ subscriptionId: contract.id, accountIds: [], month });
    return {
      kind: "subscription",
      contract,
      expected: uncovered.map(({ expected }) => expected),
      use: onTop,
      billed,
      settled: paid.payments,
      sides: whole(foreseen, foreseenUse(onTop, [], null, loaded), {
        billed,
        settled: paid.differences,
        changes: facts ? seatChanges(facts) : [],
        prices: prices.filter(({ billingInterval }) => billingInterval === facts?.billingInterval),
      }),
    };
  });
  const metered: ContractSides[] = [];
  for (const account of accounts) metered.push(await accountSides(db, ctx, account, lines, settled, loaded));
  return [...seats, ...metered];
}

async function accountSides(
  db: Db,
  ctx: Ctx,
  account: CoveredAccount,
  lines: readonly BilledLine[],
  settled: Settled,
  loaded: Loaded,
): Promise<ContractSides> {
  const { month } = loaded;
  const isOwn = ({ serviceProviderId, apiAccountId }: Pick<UseSum, "serviceProviderId" | "apiAccountId">) =>
    apiAccountId === null
      ? account.only && serviceProviderId === account.serviceProvider.id
      : account.accountIds.includes(apiAccountId);
  const billed = lines.filter(
    ({ subscriptionId, apiAccountId }) =>
      subscriptionId === null && apiAccountId !== null && account.accountIds.includes(apiAccountId),
  );
  const own = loaded.use.filter((sum) => sum.kind === "metered" && isOwn(sum));
  // Credit is bought before it is used: its invoice says nothing of what was known of the use.
  const enteredAt = billed
    .filter(({ prepaid }) => !prepaid)
    .reduce<Date | null>((last, line) => later(last, line.enteredAt), null);
  // What was known of one of several trees is not told apart.
  const known =
    account.only && enteredAt
      ? await findKnownUse(db, ctx, { serviceProviderId: account.serviceProvider.id, month, at: enteredAt })
      : null;
  const paid = settled.of({ subscriptionId: null, accountIds: account.accountIds, month });
  return {
    kind: "api_account",
    contract: account,
    expected: [],
    use: own,
    billed,
    settled: paid.payments,
    sides: whole([], foreseenUse(own, loaded.open.filter(isOwn), known, loaded), {
      billed,
      settled: paid.differences,
      changes: [],
      prices: [],
    }),
  };
}

const later = (a: Date | null, b: Date): Date => (a !== null && a > b ? a : b);

/** The sides, if everything that is foreseen has a rate. */
function whole(
  seats: readonly (ForeseenSeats | null)[],
  use: readonly (ForeseenUse | null)[],
  rest: Omit<Sides, "seats" | "use">,
): Sides | null {
  const known = seats.filter((row) => row !== null);
  const used = use.filter((row) => row !== null);
  if (known.length < seats.length || used.length < use.length) return null;
  return { seats: known, use: used, ...rest };
}

type Row = ReturnType<typeof uncoveredCharges>[number];

function foreseenSeats(
  { expected, uncoveredSeatDays, coveredSeatDays }: Row,
  { month, ...books }: Loaded,
): ForeseenSeats | null {
  const converted = estimatedAmount(expected.amountMinor, expected.currency, month, books);
  if (converted === null) return null;
  const uncovered = sumMinor(uncoveredSeatDays.values());
  const covered = sumMinor(coveredSeatDays.values());
  const part = (minor: number): number =>
    uncovered + covered === 0 ? minor : (allocate(minor, [uncovered, covered])[0] ?? 0);
  const { costMinor, baseCostMinor } = converted.amount;
  return {
    ...expected,
    amount: converted.amount,
    open: { costMinor: part(costMinor), baseCostMinor: part(baseCostMinor) },
  };
}

/** By currency; each account's use is rounded once, as its estimate is. */
function foreseenUse(
  use: readonly UseSum[],
  open: readonly OpenUse[],
  known: readonly { readonly currency: Currency; readonly costNano: bigint }[] | null,
  { month, ...books }: Loaded,
): (ForeseenUse | null)[] {
  const byCurrency = Map.groupBy(use, ({ currency }) => currency);
  return [...byCurrency].map(([currency, sums]) => {
    const digits = fractionDigits(currency);
    const costMinor = sumMinor(sums.map(({ costNano }) => minorOfNano(costNano, digits)));
    const amountOf = (isCovered: boolean) =>
      add(
        open
          .filter((row) => row.currency === currency && row.covered === isCovered)
          .map(({ amount }) => amount),
      );
    const [standing, covered] = [amountOf(false), amountOf(true)];
    const charged = costMinor - standing.costMinor - covered.costMinor;
    const rest = estimatedAmount(charged, currency, month, books);
    if (rest === null) return null;
    const told = known?.find((one) => one.currency === currency);
    return {
      currency,
      amount: add([standing, covered, rest.amount]),
      open: standing,
      covered,
      knownMinor: known ? minorOfNano(told?.costNano ?? 0n, digits) : null,
    };
  });
}

const add = (amounts: readonly Amount[]): Amount => ({
  costMinor: sumMinor(amounts.map(({ costMinor }) => costMinor)),
  baseCostMinor: sumMinor(amounts.map(({ baseCostMinor }) => baseCostMinor)),
});

function seatChanges(contract: Subscription): SeatChange[] {
  const days = new Set(contract.terms.map(({ startsOn }) => startsOn));
  if (contract.endsOn !== null) days.add(contract.endsOn);
  const planIds = [...new Set(contract.terms.map(({ planId }) => planId))];
  return [...days].flatMap((day) =>
    planIds.flatMap((planId) => {
      const before = seatsInForce(contract, planId, addDays(day, -1));
      const seats = seatsInForce(contract, planId, day) - before;
      return seats === 0 ? [] : [{ planId, day, seats }];
    }),
  );
}

const currenciesOf = (contracts: readonly Subscription[], use: readonly UseSum[]): Currency[] => [
  ...new Set([
    ...contracts.flatMap(({ terms }) => terms.map(({ currency }) => currency)),
    ...use.map(({ currency }) => currency),
  ]),
];
