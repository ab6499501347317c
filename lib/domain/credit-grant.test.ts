import { describe, expect, test } from "vitest";

import { amountNano, burnDownDate, drawDown, drawnNano } from "./credit-grant";
import { minorOfNano, nanoOfMinor } from "./decimal";
import type { ApiAccount, CreditGrant } from "./facts";
import type { MeteredDay } from "./metered";

const grant = (changes: Partial<CreditGrant> = {}): CreditGrant => ({
  id: "grant",
  kind: "purchase",
  serviceProviderId: "anthropic",
  amountMinor: 10_000,
  currency: "USD",
  apiAccountId: null,
  subscriptionId: null,
  pooled: false,
  startsOn: "2026-01-01",
  expiresOn: null,
  chargeId: null,
  ...changes,
});
/** What an account used on a day, in cents. */
const used = (day: string, minor: number, changes: Partial<MeteredDay> = {}): MeteredDay => ({
  day,
  serviceProviderId: "anthropic",
  apiAccountId: "prod",
  memberId: null,
  currency: "USD",
  costNano: nanoOfMinor(minor, 2),
  ...changes,
});
const account = (id: string, parentId: string | null): [string, ApiAccount] => [
  id,
  { id, parentId, serviceProviderId: "anthropic", classifications: [] },
];
const ACCOUNTS = new Map([account("root", null), account("prod", "root"), account("other", null)]);

const cents = (days: readonly MeteredDay[]) => minorOfNano(drawnNano({ used: days }), 2);
function drawn(grants: readonly CreditGrant[], usage: readonly MeteredDay[]) {
  const { draws, rest } = drawDown(grants, usage, ACCOUNTS);
  return { ...Object.fromEntries(draws.map((draw) => [draw.grant.id, cents(draw.used)])), rest: cents(rest) };
}

describe("drawing from credit", () => {
  test("takes the oldest expiry first, and what never expires last", () => {
    const grants = [
      grant({ id: "never", amountMinor: 1_000 }),
      grant({ id: "april", amountMinor: 300, expiresOn: "2026-04-01" }),
      grant({ id: "march", amountMinor: 500, expiresOn: "2026-03-01", kind: "gift" }),
    ];
    // 9.00 in February: 5.00 of what expires first, 3.00 of the next, 1.00 of the last.
    expect(drawn(grants, [used("2026-02-10", 900)])).toEqual({ march: 500, april: 300, never: 100, rest: 0 });
    // 14.00 in March, when the first pays no more: 3.00, then 10.00, and 1.00 is left to be paid.
    expect(drawn(grants, [used("2026-03-10", 1_400)])).toEqual({
      march: 0,
      april: 300,
      never: 1_000,
      rest: 100,
    });
  });

  test("begins on its day, and ends before the day on which it expires, the last of February of a leap year too", () => {
    const leap = grant({ startsOn: "2028-02-01", expiresOn: "2028-03-01" });
    const usage = [used("2028-01-31", 100), used("2028-02-29", 200), used("2028-03-01", 400)];
    expect(drawn([leap], usage)).toEqual({ grant: 200, rest: 500 });
  });

  test("is of one account with what is below it, or of the provider's whole use", () => {
    const usage = [used("2026-02-01", 100), used("2026-02-01", 200, { apiAccountId: "other" })];
    const unmatched = used("2026-02-01", 400, { apiAccountId: null });
    expect(drawn([grant({ apiAccountId: "root" })], [...usage, unmatched])).toEqual({
      grant: 100,
      rest: 600,
    });
    expect(drawn([grant()], [...usage, unmatched])).toEqual({ grant: 700, rest: 0 });
  });

  test("pays in its own currency alone, and an allowance of a plan for no metered use", () => {
    const usage = [used("2026-02-01", 100, { currency: "EUR" }), used("2026-02-02", 200)];
    expect(drawn([grant({ kind: "allowance", subscriptionId: "copilot" })], usage)).toEqual({ rest: 300 });
    expect(drawn([grant({ currency: "EUR" })], usage)).toEqual({ grant: 100, rest: 200 });
  });

  test("gives back what is taken back, to what paid last, and no more than was drawn", () => {
    const grants = [grant({ id: "a", amountMinor: 300, expiresOn: "2026-06-01" }), grant({ id: "b" })];
    // 5.00 used: 3.00 and 2.00. 4.00 taken back: 2.00 to the second, 2.00 to the first.
    expect(drawn(grants, [used("2026-02-01", 500), used("2026-02-02", -400)])).toEqual({
      a: 100,
      b: 0,
      rest: 0,
    });
    expect(drawn(grants, [used("2026-02-01", 100), used("2026-02-02", -400)])).toEqual({
      a: 0,
      b: 0,
      rest: -300,
    });
  });

  test("counts yen and fils of a dinar as they are", () => {
    // 10,000 JPY are 10,000 of the smallest unit, 50.000 KWD are 50,000 of them.
    expect(amountNano(grant({ currency: "JPY", amountMinor: 10_000 }))).toBe(10_000_000_000_000n);
    expect(amountNano(grant({ currency: "KWD", amountMinor: 50_000 }))).toBe(50_000_000_000n);
  });
});

describe("the day on which credit is used up", () => {
  const usage = Array.from({ length: 28 }, (_, index) =>
    used(`2026-02-${String(index + 1).padStart(2, "0")}`, 100),
  );
  const date = (balance: number, changes: Partial<CreditGrant> = {}, today = "2026-02-28") =>
    burnDownDate(nanoOfMinor(balance, 2), usage, grant(changes), today);

  test("follows the run rate of the last four weeks", () => {
    // 28.00 in 28 days: 1.00 a day. 3.00 last three more days, 3.01 four.
    expect(date(300)).toBe("2026-03-03");
    expect(date(301)).toBe("2026-03-04");
    // A fortnight later 14.00 were used in the last 28 days: 0.50 a day, so that 3.00 last six days.
    expect(date(300, {}, "2026-03-14")).toBe("2026-03-20");
  });

  test("follows what was used since it began, when that is less", () => {
    // Since 22 February 7.00 in 7 days.
    expect(date(300, { startsOn: "2026-02-22" })).toBe("2026-03-03");
  });

  test("is not told when nothing is used, nothing is left, or it expires before", () => {
    expect(date(300, {}, "2026-06-01")).toBeNull();
    expect(date(0)).toBeNull();
    expect(date(300, { expiresOn: "2026-03-03" })).toBeNull();
    expect(date(300, { expiresOn: "2026-03-04" })).toBe("2026-03-03");
  });
});
