import { fractionDigits } from "@/lib/domain/currency";
import { minorOfNano } from "@/lib/domain/decimal";
import { type ExpectedCharge, expectedCharges } from "@/lib/domain/expected-charges";
import type { ForecastReach } from "@/lib/domain/expected-cost";
import type { ProrationRule, Subscription } from "@/lib/domain/facts";
import { contractText, methodText } from "@/lib/domain/forecast-words";
import { type ListPrice, proposedTerms, withTerms } from "@/lib/domain/list-price";
import { money } from "@/lib/domain/money";
import { type Month, monthOf, periodOfMonth } from "@/lib/domain/month";
import type { Named } from "@/lib/fields/schema";
import type { ActualSum, ExpectedSum, MeteredRow, NamedAccount, NamedContract } from "@/lib/forecast/data";
import { figuresOf } from "@/lib/forecast/figures";
import { isOnlyRoot, LOCALE } from "@/lib/forecast/limits";
import type { AccountForecast, ForecastContract } from "@/lib/forecast/schema";

type Sums = {
  readonly actuals: readonly ActualSum[];
  readonly expected: readonly ExpectedSum[];
  readonly metered: readonly MeteredRow[];
};

type Names = {
  readonly contracts: readonly NamedContract[];
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly rules: ReadonlyMap<string, ProrationRule>;
  readonly prices: readonly ListPrice[];
  readonly accounts: readonly NamedAccount[];
  readonly providerNames: ReadonlyMap<string, string>;
};

type Scope = Names & {
  readonly currency: string;
  readonly until: Month;
  readonly reach: ForecastReach;
  readonly months: readonly Month[];
  /** Whether the actor sees all of each account. */
  readonly all: boolean;
};

/** A contract with what the seats of the running month are charged at most. */
type Told = ForecastContract & {
  readonly charges: readonly ExpectedCharge[];
  readonly beyondSeats: Named | null;
};

/** Every contract that came to something or is expected to: seats, account trees, and what is on neither. */
export function forecastContracts(sums: Sums, scope: Scope): Told[] {
  const keyOf = keys(scope.accounts);
  const groups = {
    actuals: Map.groupBy(sums.actuals, keyOf),
    expected: Map.groupBy(sums.expected, keyOf),
    metered: Map.groupBy(sums.metered, keyOf),
  };
  const of = (key: string): Sums => ({
    actuals: groups.actuals.get(key) ?? [],
    expected: groups.expected.get(key) ?? [],
    metered: groups.metered.get(key) ?? [],
  });
  const some = ({ actuals, expected, metered }: Sums) =>
    actuals.length + expected.length + (scope.all ? metered.length : 0) > 0;

  const seats = scope.contracts
    .filter(({ id }) => scope.all || some(of(id)))
    .map((contract) => seatContract(contract, of(contract.id), scope));
  const trees = scope.accounts
    .filter(({ id, parentId }) => parentId === null && some(of(id)))
    .map((account) => ({ ...accountTree(account, of(account.id), scope), charges: [], beyondSeats: null }));
  const others = [...scope.providerNames]
    .map(([id, name]) => ({ serviceProvider: { id, name }, own: of(id) }))
    .filter(({ own }) => some(own))
    .map(({ serviceProvider, own }) => ({
      kind: "other" as const,
      contract: null,
      serviceProvider,
      ...figuresOf(own, scope.months, scope),
      accounts: own.metered.map((row) => accountForecast(row, scope)),
      seats: null,
      text: "Charged, or used, on no contract and no account.",
      charges: [],
      beyondSeats: null,
    }));
  return [...seats, ...trees, ...others];
}

/** Whose a sum is: the contract's, the account's at the top of its tree, else the provider's. */
function keys(accounts: readonly NamedAccount[]) {
  const parents = new Map(accounts.map(({ id, parentId }) => [id, parentId]));
  const rootOf = (id: string): string => {
    const parent = parents.get(id);
    return parent ? rootOf(parent) : id;
  };
  const only = new Map(
    accounts
      .filter((account) => isOnlyRoot(account, accounts))
      .map((root) => [root.serviceProvider.id, root.id]),
  );
  return (of: Pick<MeteredRow, "serviceProviderId" | "subscriptionId" | "apiAccountId">): string => {
    if (of.subscriptionId !== null) return of.subscriptionId;
    return of.apiAccountId === null
      ? (only.get(of.serviceProviderId) ?? of.serviceProviderId)
      : rootOf(of.apiAccountId);
  };
}

function seatContract(contract: NamedContract, own: Sums, scope: Scope): Told {
  const { id, name, serviceProvider, renewsOn, plans } = contract;
  const { rules, prices, reach, subscriptions } = scope;
  const subscription = subscriptions.get(id);
  const until = { today: reach.today, until: reach.end };
  const ofPlans = prices.filter(({ planId }) => plans.some((plan) => plan.id === planId));
  const proposals = subscription ? proposedTerms({ ...subscription, renewsOn }, ofPlans, until) : [];
  const proposed = subscription && withTerms(subscription, proposals);
  const names = new Map(plans.map((plan) => [plan.id, plan.name]));
  const listed = new Map(proposals.map((term) => [`${term.planId} ${term.startsOn}`, term.listedOn]));
  const changes = (proposed?.terms ?? [])
    .filter(({ startsOn }) => startsOn > reach.today)
    .sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
    .map(({ planId, startsOn, seats, unitPriceMinor, currency }) => ({
      plan: names.get(planId) ?? name,
      startsOn,
      seats,
      unitPrice: money(unitPriceMinor, currency),
      listedOn: listed.get(`${planId} ${startsOn}`) ?? null,
    }));
  const beyond = own.metered.length > 0;
  const words = {
    changes,
    endsOn: subscription?.endsOn ?? null,
    renewsOn,
    asBilled: plans.every((plan) => rules.get(plan.id) === "as_billed"),
    beyondSeats: beyond,
  };
  const monthEnd = periodOfMonth(monthOf(reach.today)).end;
  return {
    kind: "subscription",
    contract: { id, name },
    serviceProvider,
    ...figuresOf(own, scope.months, scope),
    accounts: own.metered.map((row) => accountForecast(row, scope)),
    seats: words,
    text: contractText(words, LOCALE),
    charges: proposed ? expectedCharges(proposed, rules, monthEnd) : [],
    beyondSeats: beyond ? { id, name } : null,
  };
}

function accountTree({ id, name, serviceProvider }: NamedAccount, own: Sums, scope: Scope): ForecastContract {
  const accounts = own.metered.map((row) => accountForecast(row, scope));
  return {
    kind: "api_account",
    contract: { id, name },
    serviceProvider,
    ...figuresOf(own, scope.months, scope),
    accounts,
    seats: null,
    text:
      accounts.length === 0
        ? "Nothing was used or charged for a quarter, so nothing is expected."
        : "Each account by the method that came closest on its own past.",
  };
}

function accountForecast(
  {
    errorBasisPoints,
    days,
    year: _,
    serviceProviderId: __,
    subscriptionId: ___,
    apiAccountId,
    ...row
  }: MeteredRow,
  { accounts, all }: Scope,
): AccountForecast {
  const account = accounts.find(({ id }) => id === apiAccountId);
  const words = { ...row, errorPercent: errorBasisPoints === null ? null : errorBasisPoints / 100 };
  const nano = days.reduce((sum, { costNano }) => sum + costNano, 0n);
  return {
    ...words,
    account: account ? { id: account.id, name: account.name } : null,
    month: all ? money(minorOfNano(nano, fractionDigits(row.currency)), row.currency) : null,
    text: methodText(words),
  };
}
