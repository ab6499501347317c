import { beforeEach, describe, expect, test } from "vitest";

import { classify } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { createPlanPrice } from "@/lib/catalogue/service";
import { write } from "@/lib/db/client";
import { ensureModelPrices } from "@/lib/model-prices/data";
import { createProduct } from "@/lib/products/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { usd } from "@/lib/testing/invoices";
import { anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { type WorkloadBody, workloadInput } from "@/lib/workloads/schema";
import { changeWorkload, createWorkload, listWorkloads, removeWorkload } from "@/lib/workloads/service";

// Where a workload belongs, at the prices of 24 November 2026.

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
  await write(ctx, (db) => ensureModelPrices(db, ctx));
  await createPlanPrice(ctx, {
    ...{ id: books.plans.standard, startsOn: "2026-01-01", billingInterval: "month" as const },
    ...{ unitPrice: usd(2_500), source: "https://claude.com/pricing" },
  });
});

const triage = (changes: Partial<WorkloadBody> = {}): WorkloadBody => ({
  name: "Triage of tickets",
  planId: books.plans.standard,
  answers: {
    watchedBy: "nobody",
    startedBy: "queue",
    needs: ["structured_output"],
    bill: "lowest",
    // Claude Haiku 4.5 at 1.00 in and 5.00 out a million tokens: 200 M in, 30 M out, 200.00 + 150.00.
    steps: [
      {
        ...{ model: "claude-haiku-4-5", requestsPerMonth: 100_000, inputTokens: 2_000, outputTokens: 300 },
        ...{ cachedPercent: 0, batch: false },
      },
    ],
    people: 4,
  },
  ...changes,
});

const create = (body: WorkloadBody) => createWorkload(ctx, workloadInput.parse(body));

describe("the workload guide", () => {
  test("says where it belongs, why, what each side costs, and which account to use", async () => {
    const { id: productId } = await createProduct(ctx, { name: "Support desk", endsOn: null });
    await classify(ctx, {
      id: books.accounts.prod,
      startsOn: "2026-06-01",
      shares: [
        {
          ...{ purpose: "product_running" as const, basisPoints: 10_000, productId },
          ...{ teamId: books.teams.growth, memberId: null },
        },
      ],
    });
    const workload = await create(triage({ productId }));
    expect(workload).toMatchObject({
      verdict: "api",
      atRisk: false,
      apiCost: usd(35_000),
      seatsCost: usd(10_000),
      product: { name: "Support desk" },
      apiAccounts: [{ id: books.accounts.prod, name: "prod" }],
      subscriptions: [{ id: books.subscriptions.claudeTeam, name: "Claude Team" }],
    });
    expect(workload.reasons.map(({ text }) => text)).toEqual([
      "A queue or an event starts it: that is programmatic use.",
      "Nobody watches while it runs: a seat is for a person at work.",
      "Output in a fixed structure: only the API has it.",
    ]);
  });

  test("is advised on anew with today's prices, not with those of the day on which it was described", async () => {
    const { id } = await create(triage());
    await createPlanPrice(ctx, {
      ...{ id: books.plans.standard, startsOn: "2026-12-01", billingInterval: "month" as const },
      ...{ unitPrice: usd(3_000), source: "https://claude.com/pricing" },
    });
    const later = { ...ctx, now: new Date("2026-12-02T12:00:00Z") };
    const [before] = (await listWorkloads(ctx, { limit: 50 })).data;
    const [after] = (await listWorkloads(later, { limit: 50 })).data;
    expect([before?.id, before?.seatsCost, after?.seatsCost]).toEqual([id, usd(10_000), usd(12_000)]);
  });

  test("a price that is not known is missing, never 0", async () => {
    const { answers } = triage();
    const steps = answers.steps.map((step) => ({ ...step, model: "some-model-1" }));
    expect(await create(triage({ planId: null, answers: { ...answers, steps } }))).toMatchObject({
      apiCost: null,
      seatsCost: null,
    });
  });

  test("names are taken once, a stale change is refused, and what is thrown away is gone", async () => {
    const { id, version } = await create(triage());
    await expectRefusal(create(triage()), "name_taken");
    const changed = await changeWorkload(ctx, {
      ...workloadInput.parse(triage({ name: "Triage", note: "Since June." })),
      id,
      version,
    });
    expect(changed).toMatchObject({ name: "Triage", note: "Since June.", version: version + 1 });
    await expectRefusal(removeWorkload(ctx, { id, version }), "stale_version");
    await removeWorkload(ctx, { id, version: changed.version });
    expect((await listWorkloads(ctx, { limit: 50 })).data).toEqual([]);
  });
});
