import { beforeEach, describe, expect, test } from "vitest";

import { accountInput } from "@/lib/accounts/schema";
import { createAccount } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { transact } from "@/lib/db/client";
import { changeInvoice, postInvoice, voidInvoice } from "@/lib/invoices/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, invoiceFactsOf, usageCharge } from "@/lib/testing/invoices";
import { expectRebuilt } from "@/lib/testing/kept-ledger";
import { anOrganization } from "@/lib/testing/organization";

// Whose forecast a change of an invoice makes anew, counted in rows: one that is made anew gets another id.

const KEYS = 12;

let ctx: Ctx;
let books: SomeBooks;
let keys: string[];
beforeEach(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
  keys = [];
  for (let index = 0; index < KEYS; index++) keys.push(await aKey(`key ${index}`));
  const lines = [...keys, books.accounts.prod, books.accounts.trial].map((id) => usageCharge(id, 31_00));
  await postInvoice(ctx, anInvoice(books, { charges: lines }));
});

/** Below "dev". */
async function aKey(name: string): Promise<string> {
  const { anthropic } = books.providers;
  const account = { name, kind: "key", serviceProviderId: anthropic, parentId: books.accounts.dev };
  const { id } = await createAccount(ctx, accountInput.parse(account));
  return id;
}

/** The ids of all rows of the forecast, by the account or contract that they are of. */
async function rowsByOwner(): Promise<Map<string, string>> {
  const of = { organizationId: ctx.organization.id };
  const rows = await transact(of, async (db) => [
    ...(await db.meteredForecast.findMany({ where: of })),
    ...(await db.expectedCost.findMany({ where: of })),
  ]);
  const owners = Map.groupBy(rows, (row) => row.apiAccountId ?? row.subscriptionId ?? "nobody");
  return new Map(
    [...owners].map(([owner, own]) => [
      owner,
      own
        .map(({ id }) => id)
        .sort()
        .join(" "),
    ]),
  );
}

/** Whose rows are others afterwards, or gone. */
async function madeAnew(work: () => Promise<unknown>): Promise<string[]> {
  const before = await rowsByOwner();
  await work();
  const after = await rowsByOwner();
  const owners = new Set([...before.keys(), ...after.keys()]);
  return [...owners].filter((owner) => before.get(owner) !== after.get(owner)).sort();
}

const next = (charges: ReturnType<typeof usageCharge>[]) => anInvoice(books, { number: "INV-2", charges });

describe("the forecast that an invoice makes anew", () => {
  test("is of the one account that it charges, out of fourteen", async () => {
    const [first = ""] = keys;
    expect((await rowsByOwner()).size).toBe(KEYS + 2 + 1);
    expect(await madeAnew(() => postInvoice(ctx, next([usageCharge(first, 5_00)])))).toEqual([first]);
    await expectRebuilt(ctx);
  });

  test("is of all below an account that it charges, whose days it covers", async () => {
    const { dev } = books.accounts;
    const anew = await madeAnew(() => postInvoice(ctx, next([usageCharge(dev, 5_00)])));
    expect(anew).toEqual([dev, ...keys].sort());
    await expectRebuilt(ctx);
  });

  test("is of a contract alone when it bills seats", async () => {
    const anew = await madeAnew(() => postInvoice(ctx, anInvoice(books, { number: "INV-2" })));
    expect(anew).toEqual([books.subscriptions.claudeTeam]);
    await expectRebuilt(ctx);
  });

  test("is of what it charged before as well, also of a line of nothing", async () => {
    const [first = "", second = "", third = ""] = keys;
    const { id, version } = await postInvoice(ctx, next([usageCharge(first, 5_00), usageCharge(second, 0)]));
    const changed = invoiceFactsOf(books, { number: "INV-2", charges: [usageCharge(third, 5_00)] });
    expect(await madeAnew(() => changeInvoice(ctx, { id, version, ...changed }))).toEqual(
      [first, second, third].sort(),
    );
    await expectRebuilt(ctx);
  });

  test("is of what a voided one charged", async () => {
    const [first = ""] = keys;
    const { id, version } = await postInvoice(ctx, next([usageCharge(first, 5_00)]));
    const input = { id, version, reason: "Twice" };
    expect(await madeAnew(() => voidInvoice(ctx, input))).toEqual([first]);
    await expectRebuilt(ctx);
  });
});
