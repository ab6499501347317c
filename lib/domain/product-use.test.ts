import { describe, expect, test } from "vitest";

import type { ApiAccount } from "./facts";
import { productRuns, splitByShares } from "./product-use";

const share = (productId: string | null, basisPoints: number) => ({
  productId,
  basisPoints,
  purpose: "product_running" as const,
  teamId: "growth",
  memberId: null,
});
const ROOT: ApiAccount = {
  id: "root",
  parentId: null,
  serviceProviderId: "anthropic",
  classifications: [
    { startsOn: "2026-01-01", shares: [share("checkout", 6_000), share(null, 3_000), share(null, 1_000)] },
  ],
};
const KEY: ApiAccount = {
  ...ROOT,
  id: "key",
  parentId: "root",
  classifications: [{ startsOn: "2026-10-16", shares: [share("search", 10_000)] }],
};
const OCTOBER = { start: "2026-10-01", end: "2026-11-01" };

describe("productRuns", () => {
  test("takes the nearest ancestor's classification until the account has one of its own", () => {
    const runs = productRuns(new Map([ROOT, KEY].map((account) => [account.id, account])), OCTOBER);
    const inherited = [
      { productId: "checkout", basisPoints: 6_000 },
      { productId: null, basisPoints: 4_000 },
    ];
    expect(runs).toEqual([
      { apiAccountId: "root", run: OCTOBER, shares: inherited },
      { apiAccountId: "key", run: { start: "2026-10-01", end: "2026-10-16" }, shares: inherited },
      {
        apiAccountId: "key",
        run: { start: "2026-10-16", end: "2026-11-01" },
        shares: [{ productId: "search", basisPoints: 10_000 }],
      },
    ]);
  });

  test("is of no product before the first classification", () => {
    const [run] = productRuns(new Map([["root", ROOT]]), { start: "2025-12-01", end: "2026-01-01" });
    expect(run?.shares).toEqual([{ productId: null, basisPoints: 10_000 }]);
  });
});

test("splitByShares loses nothing, however large", () => {
  const shares = [
    { productId: "a", basisPoints: 3_333 },
    { productId: "b", basisPoints: 3_333 },
    { productId: null, basisPoints: 3_334 },
  ];
  const costNano = 10n ** 19n + 1n;
  const parts = splitByShares({ costNano, requests: 2n }, shares);
  expect(parts.map(({ requests }) => requests)).toEqual([1n, 0n, 1n]);
  expect(parts.reduce((sum, part) => sum + part.costNano, 0n)).toBe(costNano);
});
