import { describe, expect, test } from "vitest";

import { allowanceOf, poolMonth } from "./allowance-pool";
import { minorOfNano, nanoOfMinor } from "./decimal";
import type { CreditGrant } from "./facts";

/** GitHub includes 1,900 credits of one cent in a seat and month: 19.00. */
const COPILOT: CreditGrant = {
  id: "copilot",
  kind: "allowance",
  serviceProviderId: "github",
  amountMinor: 1_900,
  currency: "USD",
  apiAccountId: null,
  subscriptionId: "copilot",
  pooled: true,
  startsOn: "2026-06-01",
  expiresOn: null,
  chargeId: null,
};
const cents = (nano: bigint | undefined) => minorOfNano(nano ?? 0n, 2);
const use = (credits: Record<string, number>) =>
  new Map(Object.entries(credits).map(([holder, minor]) => [holder, nanoOfMinor(minor, 2)]));

/** 31,000 credits: 5,000 and 4,000 of two, 1,900 each of ten, 1,500 each of the last two. */
const USED = use({
  ada: 5_000,
  ben: 4_000,
  ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`at the share ${index}`, 1_900])),
  cem: 1_500,
  dia: 1_500,
});

describe("an allowance that a plan includes", () => {
  test("is shared by all seats of a pool; what is beyond it goes by what each used above one share", () => {
    const month = poolMonth(COPILOT, 14, USED);
    // 14 x 1,900 = 26,600 included; 31,000 - 26,600 = 4,400 beyond: 44.00.
    expect(cents(month.includedNano)).toBe(26_600);
    expect(cents(month.usedNano)).toBe(31_000);
    expect(cents(month.overNano)).toBe(4_400);
    expect([...month.aboveNano].map(([holder, nano]) => [holder, cents(nano)])).toEqual([
      ["ada", 3_100],
      ["ben", 2_100],
    ]);
  });

  test("is each holder's own without a pool", () => {
    // 3,100 and 2,100 above the share, though four others left 800 of theirs.
    expect(cents(poolMonth({ ...COPILOT, pooled: false }, 14, USED).overNano)).toBe(5_200);
  });

  test("charges nothing while it suffices", () => {
    expect(poolMonth(COPILOT, 14, use({ ada: 26_600 })).overNano).toBe(0n);
    expect(cents(poolMonth(COPILOT, 14, use({ ada: 26_601 })).overNano)).toBe(1);
  });

  test("is the one of the month; of several the one that began last", () => {
    const raised = { ...COPILOT, id: "raised", startsOn: "2026-08-01", amountMinor: 3_900 };
    const ended = { ...COPILOT, expiresOn: "2026-07-01" };
    expect(allowanceOf("copilot", "2026-05", [COPILOT])).toBeNull();
    expect(allowanceOf("copilot", "2026-08", [raised, COPILOT])?.id).toBe("raised");
    expect(allowanceOf("copilot", "2026-07", [raised, ended])).toBeNull();
    expect(allowanceOf("cursor", "2026-08", [COPILOT])).toBeNull();
  });
});
