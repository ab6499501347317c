import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadBooks } from "@/lib/books/data";
import type { Db } from "@/lib/db/client";
import { lineageOf } from "@/lib/domain/api-sharing";
import type { ExpectedCost, ForecastReach } from "@/lib/domain/expected-cost";
import type { PriceBook } from "@/lib/domain/model-price";
import { isOfUse, type ScenarioChange, type UseChange } from "@/lib/domain/scenario";
import { factorOfUse, ONE } from "@/lib/domain/scenario-use";
import { NO_USE_TEXT, unpricedModelText } from "@/lib/domain/scenario-words";
import type { FactorOf } from "@/lib/forecast/bearers";
import { meteredCosts } from "@/lib/forecast/metered";
import { loadMetered, type MeteredFacts } from "@/lib/forecast/metered-facts";
import { findProviders } from "@/lib/forecast/touched-data";
import { loadPricesOfModels } from "@/lib/model-prices/data";
import { findUsedModels, type UsedModelOf } from "@/lib/scenarios/effect-data";

type Effect = { readonly costs: readonly ExpectedCost[]; readonly untold: readonly string[] };

const NOTHING: Effect = { costs: [], untold: [] };

/** What scenarios change in the metered use, from facts that are loaded once for all of them. */
export async function effectsOnUse(
  db: Db,
  ctx: Ctx,
  scenarios: readonly (readonly ScenarioChange[])[],
  reach: ForecastReach,
): Promise<Effect[]> {
  const changes = scenarios.map((scenario) => scenario.filter(isOfUse));
  if (changes.flat().length === 0) return scenarios.map(() => NOTHING);

  const posted = await loadBooks(db, ctx, { invoices: [], subscriptionIds: [] });
  const of = { subscriptionIds: [], apiAccountIds: [], unmatchedOf: [] };
  const serviceProviderIds = await findProviders(db, ctx, "all");
  const facts = await loadMetered(db, ctx, { ...of, serviceProviderIds }, { posted, reach });
  if (!facts) return scenarios.map(() => NOTHING);

  const used = await findUsedModels(db, ctx);
  const models = changes.flat().flatMap((change) => (change.kind === "model" ? [change.toModel] : []));
  const book = await loadPricesOfModels(db, ctx, [
    ...new Set([...used.map(({ model }) => model), ...models]),
  ]);
  const real = meteredCosts(facts).costs;
  return changes.map((own) => {
    if (own.length === 0) return NOTHING;
    const { factorOf, untold } = factors(own, { facts, used, book });
    const { costs } = meteredCosts({ ...facts, factorOf });
    return { costs: [...costs, ...real.map(negated)], untold: [...untold].sort() };
  });
}

const negated = (cost: ExpectedCost): ExpectedCost => ({
  ...cost,
  costMinor: 0 - cost.costMinor,
  baseCostMinor: 0 - cost.baseCostMinor,
});

type Known = {
  readonly facts: MeteredFacts;
  readonly used: readonly UsedModelOf[];
  readonly book: PriceBook;
};

/** By what each use changes, and what could not be told along the way. */
function factors(changes: readonly UseChange[], { facts, used, book }: Known) {
  const { reach, books } = facts;
  const mixes = Map.groupBy(used, keyOf);
  const made = new Map<string, bigint>();
  const untold = new Set<string>();
  const factorOf: FactorOf = (of, productId, month) => {
    // Use beyond a contract's seats is no use of an account.
    if (of.subscriptionId !== null) return ONE;
    const key = [keyOf(of), productId, month].join(" ");
    const known = made.get(key);
    if (known !== undefined) return known;
    const account = of.apiAccountId === null ? undefined : books.apiAccounts.get(of.apiAccountId);
    const lineage = account ? lineageOf(account, books.apiAccounts).map(({ id }) => id) : [];
    const mix = mixes.get(keyOf(of)) ?? [];
    const place = { lineage, productId, month };
    const { factor, unpriced, noUse } = factorOfUse(mix, changes, { place, book, day: reach.today });
    for (const model of unpriced) untold.add(unpricedModelText(model));
    if (noUse) untold.add(NO_USE_TEXT);
    made.set(key, factor);
    return factor;
  };
  return { factorOf, untold };
}

const keyOf = (of: Pick<UsedModelOf, "serviceProviderId" | "apiAccountId" | "currency">): string =>
  [of.serviceProviderId, of.apiAccountId, of.currency].join(" ");
