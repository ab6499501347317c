import fc from "fast-check";
import { expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { addDays } from "@/lib/domain/calendar-date";
import { readLedger } from "@/lib/ledger/read";
import { changeThings } from "@/lib/testing/change-facts";
import { enterBase, type Ids, remainingSteps, type Step } from "@/lib/testing/enter-facts";
import { at, expectRebuilt, keptLedger } from "@/lib/testing/kept-ledger";
import { anOrganization } from "@/lib/testing/organization";
import { type RandomFacts, randomFacts } from "@/lib/testing/random-facts";

// The ledger and the forecast that are kept change by change against those that are made anew from the facts.

const RUNS = 6;
const TIMEOUT_MS = 120_000;

/** Enters the facts in an order; the ledger is brought up to date before anything is in it, so that nothing else does. */
async function enter(facts: RandomFacts, order: (steps: Step[]) => Step[]): Promise<{ ctx: Ctx; ids: Ids }> {
  const ctx = at(await anOrganization({ booksStart: facts.books.booksStart }), facts.books.today);
  await readLedger(ctx, async () => {});
  const ids = await enterBase(ctx, facts);
  for (const step of order(remainingSteps(ctx, facts, ids))) await step();
  return { ctx, ids };
}

const shuffled = (seed: number) => (steps: Step[]) =>
  steps
    .map((step, index) => ({ step, rank: Math.imul(seed + index * 7_919, 2_654_435_761) >>> 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ step }) => step);

test(
  "what is kept change by change is what a rebuild makes, in whatever order it was entered",
  async () => {
    const picks = fc.array(fc.nat(10_000), { minLength: 8, maxLength: 18 });
    await fc.assert(
      fc.asyncProperty(randomFacts, fc.nat(), picks, fc.nat(40), async (facts, seed, changes, days) => {
        const plain = await enter(facts, (steps) => steps);
        const { ctx, ids } = await enter(facts, shuffled(seed));
        expect(await keptLedger(ctx)).toEqual(await keptLedger(plain.ctx));
        await expectRebuilt(plain.ctx);

        await changeThings(ctx, facts, ids, changes);
        await expectRebuilt(ctx);

        // Some days later, whoever looks first brings the estimates along.
        const later = at(ctx, addDays(facts.books.today, days));
        await readLedger(later, async () => {});
        await expectRebuilt(later);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  TIMEOUT_MS,
);
