import { beforeAll, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { anOrganization } from "@/lib/testing/organization";
import { match, usedBooks } from "@/lib/testing/used-books";
import { NONE, USAGE_GROUPS, type UsageFilter, usageRowFilter } from "@/lib/usage/schema";
import { getUsage, listUsageRows } from "@/lib/usage/service";

let ctx: Ctx;
let books: Awaited<ReturnType<typeof usedBooks>>;
const OCTOBER = { from: "2026-10", to: "2026-10" };

beforeAll(async () => {
  ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  books = await usedBooks(ctx);
});

const usage = (changes: Partial<UsageFilter>) =>
  getUsage(ctx, { ...OCTOBER, groupBy: "product", ...changes });
const costs = async (changes: Partial<UsageFilter>) =>
  (await usage(changes)).groups.map(({ group, costs: [cost] }) => [group?.name, cost?.cost]);
const rows = async (asked: object) =>
  (await listUsageRows(ctx, usageRowFilter.parse({ ...OCTOBER, ...asked }))).data.map(
    ({ day, cost }) => `${day} ${cost}`,
  );

test("use counts for products by the classification of its day, and no nano is lost", async () => {
  // 60 % of 100.01; 40 % of it and all of 50.00; what people used through dev.
  expect(await costs({})).toEqual([
    ["Search", "90.004"],
    ["Checkout", "60.006"],
    [undefined, "78"],
  ]);
});

test("whatever it is grouped by, it comes to the same", async () => {
  for (const groupBy of USAGE_GROUPS) {
    const { total, groups } = await usage({ groupBy });
    expect(total.costs).toEqual([{ costKind: "metered", currency: "USD", cost: "228.01" }]);
    const sum = groups.reduce((all, { costs: [cost] }) => all + Number(cost?.cost), 0);
    expect(sum).toBeCloseTo(228.01, 9);
  }
});

test("a product's figure leads to the rows of its accounts, on the days on which they counted for it", async () => {
  const { checkout, search } = books.products;
  expect(await rows({ productId: checkout })).toEqual(["2026-10-03 100.01"]);
  expect(await rows({ productId: search })).toEqual(["2026-10-03 100.01", "2026-10-20 50"]);
  expect(await rows({ productId: NONE })).toHaveLength(6);
  expect(await rows({ memberId: NONE })).toHaveLength(2);
  expect(await rows({ apiAccountId: NONE })).toEqual([]);
  expect(await rows({ day: "2026-10-09" })).toHaveLength(2);
  expect(await rows({})).toHaveLength(8);
});

test("the trend has twelve months to date, or the days of the month", async () => {
  const november = await usage({ from: "2026-11", to: "2026-11" });
  expect(november.periods).toHaveLength(12);
  expect(november.groups).toEqual([]);
  expect(november.total.trend.costs).toEqual([
    { costKind: "metered", currency: "USD", costs: [...Array(10).fill("0"), "228.01", "0"] },
  ]);
  const { periods, total, groups } = await usage({ groupBy: "day" });
  expect([periods[0], periods.at(-1)]).toEqual(["2026-10-01", "2026-10-31"]);
  expect(total.trend.costs[0]?.costs[8]).toBe("3");
  expect(groups.map(({ group }) => group?.id).slice(0, 2)).toEqual(["2026-10-03", "2026-10-05"]);
});

test("a name that changes hands shows to each the days that were theirs", async () => {
  await match(ctx, "ben-key", books.members.dan, "2026-10-07");
  expect(await rows({ memberId: books.members.ben })).toEqual(["2026-10-06 20"]);
  expect((await rows({ memberId: books.members.dan })).sort()).toEqual([
    "2026-10-07 5",
    "2026-10-09 1",
    "2026-10-09 2",
  ]);
});
