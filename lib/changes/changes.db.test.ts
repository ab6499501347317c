import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

import { classify } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { getBudget } from "@/lib/budget/service";
import { getChanges } from "@/lib/changes/service";
import type { Purpose } from "@/lib/domain/facts";
import { createProduct } from "@/lib/products/service";
import { addTerm } from "@/lib/subscriptions/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { enterBase, remainingSteps } from "@/lib/testing/enter-facts";
import { importFile } from "@/lib/testing/imports";
import { usd } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { randomFacts } from "@/lib/testing/random-facts";

// What changed since the month before, against PostgreSQL. Today is Tuesday, 24 November 2026.

const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
});

const used = (rows: readonly string[]) =>
  importFile(ctx, "costs.csv", HEADER + rows.map((row) => `${row}\n`).join(""));

/** Amounts and their currencies stay on one line on a screen. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

async function lineOf(purpose: Purpose, month: string, who = ctx) {
  const { lines } = await getChanges(who, { month });
  return lines.find((line) => line.purpose === purpose)!;
}

describe("what changed", () => {
  test("seats, in the month in which they came and in the next", async () => {
    // 5 seats at 25.00 from 1 October; 7 from 1 November.
    await addTerm(ctx, {
      id: books.subscriptions.claudeTeam,
      planId: books.plans.standard,
      startsOn: "2026-11-01",
      seats: 7,
      unitPrice: usd(2_500),
    });
    const october = await lineOf("developer_leverage", "2026-10");
    expect(october).toMatchObject({ before: usd(0), after: usd(12_500), difference: usd(12_500) });
    expect(plain(october.text)).toBe(
      "Developer leverage is up 125.00 USD on September 2026. Claude Team (Team Standard): is new.",
    );
    const november = await lineOf("developer_leverage", "2026-11");
    expect(november.rows).toMatchObject([
      {
        name: "Claude Team (Team Standard)",
        difference: usd(5_000),
        effects: [{ kind: "seats", amount: usd(5_000), text: "2 more seats (5 to 7)" }],
      },
    ]);
  });

  test("a product that moved to a larger model, on the day on which it did", async () => {
    const { id: productId } = await createProduct(ctx, { name: "Checkout assistant", endsOn: null });
    await classify(ctx, {
      id: books.accounts.prod,
      startsOn: "2026-01-01",
      shares: [
        {
          ...{ purpose: "product_running" as const, basisPoints: 10_000, productId },
          ...{ teamId: books.teams.growth, memberId: null },
        },
      ],
    });
    // No tokens are told, so cost by the meter stands for use: 60.00 in September, all Haiku; in October 60.00 of Haiku
    // and 90.00 of Opus: 2.5 times the use.
    await used([
      "2026-09-03,Claude Haiku 4.5,prod,,message,output,60",
      "2026-10-03,Claude Haiku 4.5,prod,,message,output,60",
      "2026-10-09,Claude Opus 4.5,prod,,message,output,50",
      "2026-10-12,Claude Opus 4.5,prod,,message,output,40",
    ]);
    const line = await lineOf("product_running", "2026-10");
    expect(plain(line.text)).toBe(
      "Product running is up 90.00 USD on September 2026. Checkout assistant: 2.5 times the use.",
    );
    expect(line.rows).toMatchObject([
      { product: { name: "Checkout assistant" }, before: usd(6_000), after: usd(15_000) },
    ]);
  });

  test("with tokens told, the model and its first day", async () => {
    const row = (day: string, model: string, output: number) => `${day},${model},prod,0,0,0,0,${output}`;
    await importFile(
      ctx,
      "tokens.csv",
      [
        "usage_date_utc,model_version,workspace,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens",
        row("2026-09-03", "claude-haiku-4-5-20251001", 10_000_000),
        row("2026-10-03", "claude-haiku-4-5-20251001", 5_000_000),
        row("2026-10-09", "claude-opus-4-5-20251101", 5_000_000),
      ].join("\n"),
    );
    // September: 10 M tokens of Haiku at 5.00 a million, 50.00. October: 5 M at 5.00 and 5 M of Opus at 25.00, 150.00.
    // As many tokens, no price changed: all of it is the mix.
    const line = await lineOf("product_running", "2026-10");
    expect(line.rows).toMatchObject([
      { name: "prod", difference: usd(10_000), effects: [{ kind: "mix", amount: usd(10_000) }] },
    ]);
    expect(line.rows[0]?.effects[0]?.text).toMatch(
      /^moved to .*opus-4-5.* on 9 Oct 2026 \(0 to 83 % of its cost\)$/,
    );
  });

  test("a lead is told of what the teams that they lead cost, and not what all of an account did", async () => {
    await used([
      "2026-09-03,Claude Haiku 4.5,prod,,message,output,60",
      "2026-10-03,Claude Haiku 4.5,prod,,message,output,90",
    ]);
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
    const { lines } = await getChanges(lead, { month: "2026-10" });
    expect(lines.map(({ purpose, rows }) => [purpose, rows.length])).toEqual([
      ["developer_leverage", 0],
      ["product_running", 1],
    ]);
    expect(lines[1]?.rows[0]?.effects).toMatchObject([
      { kind: "amount", amount: usd(3_000), text: "more was charged" },
    ]);
  });

  test("explains the difference of the budget's lines to the cent, whatever was entered", async () => {
    await fc.assert(
      fc.asyncProperty(randomFacts, async (facts) => {
        const base = await anOrganization({ booksStart: facts.books.booksStart });
        const own = { ...base, now: new Date(`${facts.books.today}T12:00:00Z`) };
        for (const step of remainingSteps(own, facts, await enterBase(own, facts))) await step();
        const budget = await getBudget(own, {
          ...{ from: "2026-01", to: "2026-12", basis: "effective" as const, groupBy: [] },
        });
        for (const [index, { month }] of budget.total.months.entries()) {
          if (index === 0) continue;
          const { lines } = await getChanges(own, { month });
          for (const { purpose, difference, rows } of lines) {
            const months = budget.lines.find((line) => line.purpose === purpose)?.months ?? [];
            const actual = (at: number) => months[at]?.actual.minor ?? 0;
            expect(difference.minor).toBe(actual(index) - actual(index - 1));
            const effects = rows.flatMap((row) => row.effects);
            expect(effects.reduce((sum, { amount }) => sum + amount.minor, 0)).toBe(difference.minor);
          }
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});
