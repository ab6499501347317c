import { allocateWhole } from "./allocate";
import { classificationRuns } from "./api-sharing";
import type { ApiAccount } from "./facts";
import type { Period } from "./period";

/** Days in which the use of an account counts for products in the same shares. */
export type ProductRun = {
  readonly apiAccountId: string;
  readonly run: Period;
  readonly shares: readonly ProductShare[];
};

/** A part of an account's use, in basis points; null: of no product. */
export type ProductShare = { readonly productId: string | null; readonly basisPoints: number };

/** For which products every account's use counts on which of these days: its own classification or its nearest ancestor's. */
export function productRuns(accounts: ReadonlyMap<string, ApiAccount>, days: Period): ProductRun[] {
  return [...accounts.values()].flatMap((account) =>
    classificationRuns(account, accounts, days).map(({ run, shares }) => ({
      apiAccountId: account.id,
      run,
      shares: byProduct(shares),
    })),
  );
}

/** Amounts split by shares, each so that its parts sum to it. One record for each share, in their order. */
export function splitByShares<Name extends string>(
  amounts: Readonly<Record<Name, bigint>>,
  shares: readonly ProductShare[],
): Record<Name, bigint>[] {
  const weights = shares.map(({ basisPoints }) => basisPoints);
  const parts = shares.map(() => ({ ...amounts }));
  for (const name of Object.keys(amounts) as Name[]) {
    for (const [index, part] of allocateWhole(amounts[name], weights).entries()) {
      Object.assign(parts[index] ?? {}, { [name]: part });
    }
  }
  return parts;
}

function byProduct(shares: readonly ProductShare[]): ProductShare[] {
  return [...Map.groupBy(shares, ({ productId }) => productId)].map(([productId, of]) => ({
    productId,
    basisPoints: of.reduce((sum, { basisPoints }) => sum + basisPoints, 0),
  }));
}
