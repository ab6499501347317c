import { describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { listLedger } from "@/lib/entries/service";
import { postInvoice } from "@/lib/invoices/service";
import { ledgerInput } from "@/lib/ledger/schema";
import { importEcbRates } from "@/lib/rates/ecb";
import { rateInput } from "@/lib/rates/schema";
import { createRate, listRates } from "@/lib/rates/service";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { createSubscription } from "@/lib/subscriptions/service";
import { someBooks } from "@/lib/testing/books";
import { anInvoice, usageCharge } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// The file of the European Central Bank, taken into the books.

const FILE = `Date,USD,JPY,GBP,
2026-11-20,1.1600,180.00,0.8800,
2026-10-30,1.1593,178.15,0.8789,
2026-10-29,1.1640,177.27,N/A,
2025-11-03,1.1500,177.00,0.8700,
`;
const bytes = (text = FILE) => new TextEncoder().encode(text);
const commit = (ctx: Ctx, text?: string) => importEcbRates(ctx, { mode: "commit" }, bytes(text));

const ctx0 = () => anOrganization({ booksStart: "2026-01", now: new Date("2026-11-24T12:00:00Z") });

/** A contract in yen: 10,000 JPY a month since October. */
async function yenContract(ctx: Ctx) {
  const books = await someBooks(ctx);
  await createSubscription(
    ctx,
    subscriptionInput.parse({
      name: "Yen",
      serviceProviderId: books.providers.cursor,
      teamId: books.teams.growth,
      billingInterval: "month",
      billingAnchor: "2026-10-01",
      terms: [
        {
          planId: books.plans.cursorTeams,
          startsOn: "2026-10-01",
          seats: 1,
          unitPrice: { minor: 10_000, currency: "JPY" },
        },
      ],
      assignments: [],
    }),
  );
  return books;
}

const octoberOf = async (ctx: Ctx, serviceProviderId: string) =>
  (await listLedger(ctx, ledgerInput.parse({ month: "2026-10", serviceProviderId }))).total.minor;

describe("the bank's file", () => {
  test("brings the pairs that the books need, from when they can, and posts what was missing", async () => {
    const ctx = await ctx0();
    const { providers } = await yenContract(ctx);
    expect(await octoberOf(ctx, providers.cursor)).toBe(0);

    const pair = { from: "JPY", to: "USD", added: 3, kept: 0, firstDay: "2026-10-29", lastDay: "2026-11-20" };
    const preview = await importEcbRates(ctx, { mode: "preview" }, bytes());
    expect(preview).toEqual({ committed: false, pairs: [pair], unpublished: [] });
    expect((await listRates(ctx, { limit: 50 })).data).toEqual([]);

    expect(await commit(ctx)).toEqual({ committed: true, pairs: [pair], unpublished: [] });
    // 1.1593 / 178.15 = 0.006507437553; 10,000 JPY of October at the rate of the 30th are 65.07 USD.
    expect(await octoberOf(ctx, providers.cursor)).toBe(6_507);
    expect((await listRates(ctx, { limit: 50 })).data[1]).toMatchObject({
      date: "2026-10-30",
      rate: "0.006507437553",
      source: "European Central Bank",
    });
  });

  test("overwrites nothing that a person entered, and changes nothing the second time", async () => {
    const ctx = await ctx0();
    const { providers } = await yenContract(ctx);
    await createRate(ctx, rateInput.parse({ date: "2026-10-30", from: "JPY", to: "USD", rate: "0.007" }));
    expect((await commit(ctx)).pairs).toMatchObject([{ added: 2, kept: 1 }]);
    expect(await octoberOf(ctx, providers.cursor)).toBe(7_000);

    const before = await listRates(ctx, { limit: 50 });
    expect((await commit(ctx)).pairs).toMatchObject([{ added: 0, kept: 3, firstDay: null }]);
    expect(await listRates(ctx, { limit: 50 })).toEqual(before);
  });

  test("reaches back to the week before the first foreign invoice", async () => {
    const ctx = await ctx0();
    const books = await someBooks(ctx);
    await createRate(ctx, rateInput.parse({ date: "2025-11-09", from: "GBP", to: "USD", rate: "1.3" }));
    const line = { ...usageCharge(books.accounts.prod, 0), billedCost: { minor: 10_000, currency: "GBP" } };
    const billedCost = { minor: 10_000, currency: "GBP" };
    await postInvoice(ctx, anInvoice(books, { issueDate: "2025-11-10", charges: [line], billedCost }));
    expect((await commit(ctx)).pairs).toMatchObject([{ from: "GBP", added: 3, firstDay: "2025-11-03" }]);
  });

  test("says which currencies the bank does not publish, and takes one that is asked for", async () => {
    const ctx = await anOrganization({ baseCurrency: "KWD" });
    expect(await importEcbRates(ctx, { mode: "commit", currency: "USD" }, bytes())).toEqual({
      committed: true,
      pairs: [],
      unpublished: ["KWD"],
    });
    const euro = await anOrganization({ baseCurrency: "EUR" });
    const { pairs } = await importEcbRates(euro, { mode: "commit", currency: "USD" }, bytes());
    expect(pairs).toMatchObject([{ from: "USD", to: "EUR", added: 3 }]);
  });

  test("is refused whole when it is another file, or a cell of it cannot be read", async () => {
    const ctx = await ctx0();
    await yenContract(ctx);
    await expectRefusal(commit(ctx, "Day,Amount\n1,2\n"), "invalid_input", "file");
    await expectRefusal(commit(ctx, FILE.replace("178.15", "many")), "invalid_input", "file.3.JPY");
    expect((await listRates(ctx, { limit: 50 })).data).toEqual([]);
    await expectRefusal(commit(await anActor(ctx, { roles: ["lead"] })), "forbidden");
  });
});
